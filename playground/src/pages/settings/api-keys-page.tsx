import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiKey, CreatedApiKey } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { read } from '../../api/queries.ts'
import { useSave } from '../../api/use-save.ts'
import { formatDate } from '../../app/format.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import styles from './api-keys-page.module.css'
import { NewKeyForm } from './new-key-form.tsx'
import { SecretOnce } from './secret-once.tsx'

function ApiKeysPage() {
  const query = useQuery(read<ApiKey[]>('/keys'))
  const [created, setCreated] = useState<CreatedApiKey | null>(null)
  const remove = useSave({
    send: (id: string) => api.delete(`/keys/${id}`),
    refreshes: ['keys'],
    done: 'The key is gone.',
  })
  return (
    <>
      <PageHeader title="API keys" description="For scripts and machines that work with the studio." />
      <div className={styles.stack}>
        <Panel title="New key">
          <NewKeyForm onCreated={setCreated} />
          {created && <SecretOnce created={created} onDone={() => setCreated(null)} />}
        </Panel>
        <QueryView
          query={query}
          label="Loading the keys"
          isEmpty={(keys) => keys.length === 0}
          empty={<EmptyState title="No key yet">A key is needed only if a program of yours talks to Lumen.</EmptyState>}
        >
          {(keys) => (
            <ul className={styles.keys}>
              {keys.map((key) => (
                <li key={key.id}>
                  <div>
                    <p>{key.label}</p>
                    <p className={styles.quiet}>
                      <code>{key.prefix}…</code>, {key.scope === 'read' ? 'may read' : 'may read and write'}, made{' '}
                      {formatDate(key.createdAt)}
                    </p>
                  </div>
                  <ConfirmButton
                    label="Delete"
                    title={`Delete “${key.label}”?`}
                    onConfirm={() => remove.mutate(key.id)}
                  >
                    Whatever uses this key stops working at once.
                  </ConfirmButton>
                </li>
              ))}
            </ul>
          )}
        </QueryView>
      </div>
    </>
  )
}

export { ApiKeysPage as Component }
