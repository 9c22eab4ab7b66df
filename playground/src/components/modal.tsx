import { type ReactNode, type RefObject, useId } from 'react'
import styles from './modal.module.css'

interface ModalProps {
  /** Call `showModal()` and `close()` on it. */
  ref: RefObject<HTMLDialogElement | null>
  title: string
  /** `alertdialog` for what has to be answered before anything else. */
  role?: 'dialog' | 'alertdialog'
  children: ReactNode
}

/** The browser's own modal dialog: it keeps the focus, closes on Escape, and is gone when its page is. */
export function Modal({ ref, title, role = 'dialog', children }: ModalProps) {
  const id = useId()
  return (
    <dialog ref={ref} role={role} aria-labelledby={id} className={styles.modal}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {children}
    </dialog>
  )
}
