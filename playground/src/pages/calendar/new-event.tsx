import { Button, Field, Input, Select } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { type FormEvent, useRef, useState } from 'react'
import type { CalendarEvent, EventKind } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { FormGrid } from '../../components/form-grid.tsx'
import { Modal } from '../../components/modal.tsx'
import { ModalActions } from '../../components/modal-actions.tsx'
import { toEvent } from './to-event.ts'

const KINDS: Record<EventKind, string> = {
  shoot: 'Shoot',
  deadline: 'Deadline',
  review: 'Review',
  meeting: 'Meeting',
}

export function NewEvent({ day }: { day: string }) {
  const modal = useRef<HTMLDialogElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState('')
  const save = useSave({
    send: (event: Omit<CalendarEvent, 'id'>) => api.post<CalendarEvent>('/events', event),
    refreshes: ['events', 'dashboard', 'activity'],
    done: 'It is in the calendar.',
    onDone: () => {
      modal.current?.close()
      form.current?.reset()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const result = toEvent(new FormData(event.currentTarget))
    setProblem(typeof result === 'string' ? result : '')
    if (typeof result !== 'string') save.mutate(result)
  }
  return (
    <>
      <Button appearance="primary" icon={<AddRegular />} onClick={() => modal.current?.showModal()}>
        New event
      </Button>
      <Modal ref={modal} title="New event">
        <form ref={form} onSubmit={submit}>
          <FormGrid>
            <Field label="What" required>
              <Input name="title" maxLength={120} />
            </Field>
            <Field label="Kind">
              <Select name="kind">
                {Object.entries(KINDS).map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label="Day" required>
              <Input key={day} name="day" type="date" defaultValue={day} />
            </Field>
            <Field label="Where">
              <Input name="location" maxLength={120} />
            </Field>
            <Field label="From" required>
              <Input name="from" type="time" defaultValue="09:00" />
            </Field>
            <Field label="To" required {...(problem && { validationMessage: problem })}>
              <Input name="to" type="time" defaultValue="10:00" />
            </Field>
          </FormGrid>
          <ModalActions>
            <Button onClick={() => modal.current?.close()}>Cancel</Button>
            <Button type="submit" appearance="primary" disabled={save.isPending}>
              Add it
            </Button>
          </ModalActions>
        </form>
      </Modal>
    </>
  )
}
