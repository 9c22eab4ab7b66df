import { Button } from '@fluentui/react-components'
import { Link } from 'react-router'
import type { Note } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { type Draft, dropDraft, useDrafts } from '../../app/drafts.ts'
import { formatRelative } from '../../app/format.ts'
import styles from './offline-page.module.css'

/** Notes that were changed here and not saved in the studio yet. */
export function DraftList({ online }: { online: boolean }) {
  const drafts = useDrafts()
  const send = useSave({
    send: ({ id, title, body }: Draft) => api.put<Note>(`/notes/${id}`, { title, body }),
    refreshes: ['notes', 'projects'],
    done: 'The draft is in the studio.',
    onDone: (_note, draft) => dropDraft(draft.id),
  })
  if (drafts.length === 0) return <p className={styles.quiet}>Everything you wrote is in the studio.</p>
  return (
    <ul className={styles.drafts}>
      {drafts.map((draft) => (
        <li key={draft.id}>
          <div>
            <Link to={`/notes/${draft.id}`}>{draft.title || 'Untitled'}</Link>
            <p className={styles.quiet}>Changed {formatRelative(draft.at)}</p>
          </div>
          <div className={styles.actions}>
            <Button disabled={!online || send.isPending} onClick={() => send.mutate(draft)}>
              Send
            </Button>
            <Button appearance="subtle" onClick={() => dropDraft(draft.id)}>
              Discard
            </Button>
          </div>
        </li>
      ))}
    </ul>
  )
}
