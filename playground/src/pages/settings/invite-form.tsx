import { Button, Field, Input, Select } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import type { Member, Role } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { FormGrid } from '../../components/form-grid.tsx'
import styles from './team-page.module.css'

const EMPTY = { name: '', email: '', role: 'viewer' as Role }

export function InviteForm() {
  const [values, setValues] = useState(EMPTY)
  const invite = useSave({
    send: (input: typeof EMPTY) => api.post<Member>('/team', input),
    refreshes: ['team', 'billing'],
    done: `${values.name} is invited.`,
    onDone: () => setValues(EMPTY),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    invite.mutate(values)
  }
  return (
    <form onSubmit={submit} className={styles.invite}>
      <FormGrid>
        <Field label="Name" required>
          <Input
            maxLength={80}
            value={values.name}
            onChange={(_event, { value }) => setValues({ ...values, name: value })}
          />
        </Field>
        <Field label="E-mail" required>
          <Input
            type="email"
            maxLength={120}
            value={values.email}
            onChange={(_event, { value }) => setValues({ ...values, email: value })}
          />
        </Field>
        <Field label="Role">
          <Select value={values.role} onChange={(_event, { value }) => setValues({ ...values, role: value as Role })}>
            <option value="viewer">Viewer: may look and comment</option>
            <option value="editor">Editor: may change everything</option>
          </Select>
        </Field>
      </FormGrid>
      <Button type="submit" appearance="primary" disabled={invite.isPending}>
        Invite
      </Button>
    </form>
  )
}
