import { Button } from '@fluentui/react-components'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { DraftList } from './draft-list.tsx'
import styles from './offline-page.module.css'
import { useConnection } from './use-connection.ts'

const TEXT = {
  online: { title: 'Connected', text: 'The studio answers. Drafts on this device can be sent.' },
  unreachable: {
    title: 'The studio does not answer',
    text: 'This device is connected, but Lumen’s server is not there.',
  },
  offline: { title: 'No connection', text: 'Pages you have opened keep working, and so do your drafts.' },
  asking: { title: 'Asking the studio…', text: 'One moment.' },
}

function OfflinePage() {
  const { state, check } = useConnection()
  return (
    <>
      <PageHeader title="Offline" description="What this device has while the studio is out of reach." />
      <div className={styles.stack}>
        <div className={styles.picture} />
        <Panel>
          <div className={styles.state} data-state={state} role="status">
            <h2>{TEXT[state].title}</h2>
            <p>{TEXT[state].text}</p>
          </div>
          <div>
            <Button onClick={check}>Ask again</Button>
          </div>
        </Panel>
        <Panel title="Drafts on this device">
          <DraftList online={state === 'online'} />
        </Panel>
      </div>
    </>
  )
}

export { OfflinePage as Component }
