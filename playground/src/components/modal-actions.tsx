import type { ReactNode } from 'react'
import styles from './modal.module.css'

export function ModalActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>
}
