import { Button, type ButtonProps } from '@fluentui/react-components'
import type { MouseEvent, ReactNode } from 'react'
import { useHref, useNavigate } from 'react-router'

interface ButtonLinkProps {
  to: string
  children: ReactNode
  appearance?: NonNullable<ButtonProps['appearance']>
  icon?: NonNullable<ButtonProps['icon']>
  size?: 'small' | 'medium' | 'large'
}

/** A link that looks like a button: opens in a new tab when asked to, and stays in the app otherwise. */
export function ButtonLink({ to, ...props }: ButtonLinkProps) {
  const href = useHref(to)
  const navigate = useNavigate()
  const onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void navigate(to)
  }
  return <Button as="a" href={href} onClick={onClick} {...props} />
}
