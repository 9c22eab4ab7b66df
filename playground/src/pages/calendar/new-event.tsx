import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  Input,
  Select,
} from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { type FormEvent, useState } from 'react'
import type { CalendarEvent, EventKind } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { FormGrid } from '../../components/form-grid.tsx'

const KINDS: Record<EventKind, string> = {
  shoot: 'Shoot',
  deadline: 'Deadline',
  review: 'Review',
  meeting: 'Meeting',
}

export function NewEvent({ day }: { day: string }) {
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState('')
  const save = useSave({
    send: (event: Omit<CalendarEvent, 'id'>) => api.post<CalendarEvent>('/events', event),
    refreshes: ['events', 'dashboard', 'activity'],
    done: 'It is in the calendar.',
    onDone: () => setOpen(false),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string): string => String(data.get(name) ?? '').trim()
    const [startsAt, endsAt] = [text('from'), text('to')].map((time) =>
      new Date(`${text('day')}T${time}`).toISOString(),
    )
    if (startsAt! >= endsAt!) return setProblem('It ends before it starts.')
    setProblem('')
    save.mutate({
      title: text('title'),
      kind: text('kind') as EventKind,
      startsAt: startsAt!,
      endsAt: endsAt!,
      projectId: null,
      location: text('location'),
    })
  }
  return (
    <Dialog open={open} onOpenChange={(_event: unknown, data: { open: boolean }) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement>
        <Button appearance="primary" icon={<AddRegular />}>
          New event
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>New event</DialogTitle>
            <DialogContent>
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
                  <Input name="day" type="date" defaultValue={day} />
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
            </DialogContent>
            <DialogActions>
              <DialogTrigger disableButtonEnhancement>
                <Button>Cancel</Button>
              </DialogTrigger>
              <Button type="submit" appearance="primary" disabled={save.isPending}>
                Add it
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
