import type { ReactNode } from 'react'
import styles from './stat.module.css'

/** One figure with its name; `change` says how it moved. */
export function Stat({
  label,
  value,
  change,
  children,
}: {
  label: string
  value: string
  change?: string
  children?: ReactNode
}) {
  return (
    <div className={styles.stat}>
      <dt>{label}</dt>
      <dd>
        {value}
        {change && <span className={styles.change}>{change}</span>}
      </dd>
      {children}
    </div>
  )
}
