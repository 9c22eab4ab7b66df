import styles from './page-skeleton.module.css'

/** Holds the room of a page that is still arriving. */
export function PageSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading the page">
      <div className={styles.title} />
      <div className={styles.block} />
      <div className={styles.block} />
    </div>
  )
}
