import type { CalendarEvent, EventKind } from '../../../shared/api.ts'

/** What the form says, in the reader's own time zone; or what is wrong with it. */
export function toEvent(form: FormData): Omit<CalendarEvent, 'id'> | string {
  const text = (name: string): string => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const start = new Date(`${text('day')}T${text('from')}`)
  const end = new Date(`${text('day')}T${text('to')}`)
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime())) return 'Choose a day and two times.'
  if (end <= start) return 'It ends before it starts.'
  return {
    title: text('title'),
    kind: text('kind') as EventKind,
    startsAt: start.toISOString(),
    endsAt: end.toISOString(),
    projectId: null,
    location: text('location'),
  }
}
