import { Button } from '@fluentui/react-components'
import type { CreatedApiKey } from '../../../shared/api.ts'
import { notify } from '../../app/notices.ts'
import styles from './api-keys-page.module.css'

export function SecretOnce({ created, onDone }: { created: CreatedApiKey; onDone: () => void }) {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(created.secret)
      notify('Copied.')
    } catch {
      notify('The browser did not allow it. Select the key and copy it by hand.', 'problem')
    }
  }
  return (
    <div className={styles.secret} role="status">
      <p>
        This is the key for <b>{created.label}</b>. It is shown only now.
      </p>
      <code>{created.secret}</code>
      <Button size="small" onClick={() => void copy()}>
        Copy
      </Button>
      <Button size="small" appearance="subtle" onClick={onDone}>
        I have it
      </Button>
    </div>
  )
}
