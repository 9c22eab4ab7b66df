import {
  Button,
  type ButtonProps,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components'
import type { ReactNode } from 'react'

interface ConfirmButtonProps {
  /** The words on the button, and on the one that confirms. */
  label: string
  title: string
  /** What will be gone. */
  children: ReactNode
  icon?: NonNullable<ButtonProps['icon']>
  size?: 'small' | 'medium'
  disabled?: boolean
  onConfirm: () => void
}

/** A button for what cannot be undone: asks once, naming what will happen. */
export function ConfirmButton({ label, title, children, onConfirm, ...button }: ConfirmButtonProps) {
  return (
    <Dialog modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button {...button}>{label}</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Keep it</Button>
            </DialogTrigger>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary" onClick={onConfirm}>
                {label}
              </Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
