import type { ReactNode } from 'react'
import styles from './form-grid.module.css'

/** Fields side by side where there is room for two. */
export function FormGrid({ children }: { children: ReactNode }) {
  return <div className={styles.grid}>{children}</div>
}
