import styles from './note-editor.module.css'
import { outline } from './outline.ts'

export function Outline({ body }: { body: string }) {
  const headings = outline(body)
  return (
    <aside className={styles.outline} aria-label="Outline">
      <h2>Outline</h2>
      {headings.length === 0 ? (
        <p>Begin a line with # and it is listed here.</p>
      ) : (
        <ol className={styles.headings}>
          {headings.map((heading) => (
            <li key={heading.line} style={{ '--level': heading.level }}>
              {heading.text}
            </li>
          ))}
        </ol>
      )}
    </aside>
  )
}
