import { Button } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { dismiss, useNotices } from '../app/notices.ts'
import styles from './notices.module.css'

export function Notices() {
  const notices = useNotices()
  return (
    <div role="status" className={styles.notices}>
      {notices.map(({ id, text, tone }) => (
        <div key={id} className={styles.notice} data-tone={tone}>
          <span>{text}</span>
          <Button
            size="small"
            appearance="transparent"
            icon={<DismissRegular />}
            aria-label="Dismiss"
            onClick={() => dismiss(id)}
          />
        </div>
      ))}
    </div>
  )
}
