import styles from './initials.module.css'

/** A person's initials on a colour of their own. The name itself stands beside it, or labels what is around it. */
export function Initials({ name }: { name: string }) {
  const words = name.split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('')
  const hue = [...name].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % 5
  return (
    <span className={styles.initials} data-hue={hue} aria-hidden="true">
      {letters.toUpperCase()}
    </span>
  )
}
