import { type ReactNode, useId } from 'react'
import styles from './panel.module.css'

interface PanelProps {
  title?: string
  /** Beside the title, at the end of its line. */
  action?: ReactNode
  children: ReactNode
}

/** A region of a page with a heading of its own. */
export function Panel({ title, action, children }: PanelProps) {
  const id = useId()
  return (
    <section className={styles.panel} {...(title && { 'aria-labelledby': id })}>
      {title && (
        <div className={styles.head}>
          <h2 id={id}>{title}</h2>
          {action}
        </div>
      )}
      {children}
    </section>
  )
}
