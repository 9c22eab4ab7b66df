import { Button, Field, Input, Select } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import type { ApiKey, CreatedApiKey } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import styles from './api-keys-page.module.css'

export function NewKeyForm({ onCreated }: { onCreated: (key: CreatedApiKey) => void }) {
  const [label, setLabel] = useState('')
  const [scope, setScope] = useState<ApiKey['scope']>('read')
  const create = useSave({
    send: (input: Pick<ApiKey, 'label' | 'scope'>) => api.post<CreatedApiKey>('/keys', input),
    refreshes: ['keys'],
    onDone: (key) => {
      setLabel('')
      onCreated(key)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (label.trim() !== '') create.mutate({ label, scope })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label="What it is for" required>
        <Input maxLength={60} value={label} onChange={(_event, { value }) => setLabel(value)} />
      </Field>
      <Field label="It may">
        <Select value={scope} onChange={(_event, { value }) => setScope(value as ApiKey['scope'])}>
          <option value="read">Read</option>
          <option value="write">Read and write</option>
        </Select>
      </Field>
      <Button type="submit" appearance="primary" disabled={label.trim() === '' || create.isPending}>
        Create
      </Button>
    </form>
  )
}
