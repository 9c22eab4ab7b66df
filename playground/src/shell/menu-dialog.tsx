import { Button } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { NavigationRegular } from '@fluentui/react-icons/svg/navigation'
import { useRef, useState } from 'react'
import { Brand } from './brand.tsx'
import styles from './menu-dialog.module.css'
import { Navigation } from './navigation.tsx'

/**
 * The navigation of narrow screens. The browser's own modal dialog keeps the focus inside, closes on Escape and gives
 * the focus back.
 */
export function MenuDialog() {
  const dialog = useRef<HTMLDialogElement>(null)
  const [opened, setOpened] = useState(false)
  const open = (): void => {
    setOpened(true)
    dialog.current?.showModal()
  }
  const close = (): void => dialog.current?.close()
  return (
    <div className={styles.menu}>
      <Button appearance="subtle" icon={<NavigationRegular />} aria-label="Open the menu" onClick={open} />
      <dialog ref={dialog} className={styles.dialog} aria-label="Menu">
        <div className={styles.head}>
          <Brand />
          <Button appearance="subtle" icon={<DismissRegular />} aria-label="Close the menu" onClick={close} />
        </div>
        {/* Most visits never open it. */}
        {opened && <Navigation onNavigate={close} />}
      </dialog>
    </div>
  )
}
