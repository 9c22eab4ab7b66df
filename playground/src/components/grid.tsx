import type { ReactNode } from 'react'
import styles from './grid.module.css'

/** Equal columns, as many as fit with at least `min` pixels each. */
export function Grid({
  min,
  as: Element = 'div',
  children,
}: {
  min: number
  as?: 'div' | 'dl' | 'ul'
  children: ReactNode
}) {
  return (
    <Element className={styles.grid} style={{ '--min': `${min}px` }}>
      {children}
    </Element>
  )
}
