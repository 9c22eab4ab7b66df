import { Button, Field, Input } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import type { Integration } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { Panel } from '../../components/panel.tsx'

export function IntegrationCard({ integration }: { integration: Integration }) {
  const [account, setAccount] = useState('')
  const save = useSave({
    send: (next: string | null) => api.put<Integration>(`/integrations/${integration.id}`, { account: next }),
    refreshes: ['integrations', 'activity'],
    done: integration.connected ? `${integration.name} is disconnected.` : `${integration.name} is connected.`,
    onDone: () => setAccount(''),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate(account.trim())
  }
  return (
    <Panel title={integration.name}>
      <p>{integration.description}</p>
      {integration.connected ? (
        <>
          <p>
            Connected as <b>{integration.account}</b>
          </p>
          <div>
            <Button disabled={save.isPending} onClick={() => save.mutate(null)}>
              Disconnect
            </Button>
          </div>
        </>
      ) : (
        <form onSubmit={submit}>
          <Field label="Account or address" required>
            <Input maxLength={120} value={account} onChange={(_event, { value }) => setAccount(value)} />
          </Field>
          <p>
            <br />
            <Button type="submit" disabled={account.trim() === '' || save.isPending}>
              Connect
            </Button>
          </p>
        </form>
      )}
    </Panel>
  )
}
