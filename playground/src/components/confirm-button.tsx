import { Button, type ButtonProps } from '@fluentui/react-components'
import { type ReactNode, useRef } from 'react'
import { Modal } from './modal.tsx'
import { ModalActions } from './modal-actions.tsx'

interface ConfirmButtonProps {
  /** The words on the button, and on the one that confirms. */
  label: string
  title: string
  /** What will be gone. */
  children: ReactNode
  icon?: NonNullable<ButtonProps['icon']>
  disabled?: boolean
  onConfirm: () => void
}

/** A button for what cannot be undone: asks once, naming what will happen. */
export function ConfirmButton({ label, title, children, onConfirm, ...button }: ConfirmButtonProps) {
  const modal = useRef<HTMLDialogElement>(null)
  const confirm = (): void => {
    modal.current?.close()
    onConfirm()
  }
  return (
    <>
      <Button {...button} onClick={() => modal.current?.showModal()}>
        {label}
      </Button>
      <Modal ref={modal} title={title} role="alertdialog">
        <p>{children}</p>
        <ModalActions>
          <Button onClick={() => modal.current?.close()}>Keep it</Button>
          <Button appearance="primary" onClick={confirm}>
            {label}
          </Button>
        </ModalActions>
      </Modal>
    </>
  )
}
