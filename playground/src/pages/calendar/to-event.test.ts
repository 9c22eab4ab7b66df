import { expect, test } from 'vitest'
import { toEvent } from './to-event.ts'

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

const FIELDS = { title: ' Contact sheet ', kind: 'review', day: '2026-11-24', from: '09:30', to: '10:15', location: '' }

test('local times become moments', () => {
  expect(toEvent(form(FIELDS))).toEqual({
    title: 'Contact sheet',
    kind: 'review',
    startsAt: new Date(2026, 10, 24, 9, 30).toISOString(),
    endsAt: new Date(2026, 10, 24, 10, 15).toISOString(),
    projectId: null,
    location: '',
  })
})

test('an event that ends before it starts, or has no time, is refused in words', () => {
  expect(toEvent(form({ ...FIELDS, to: '09:00' }))).toBe('It ends before it starts.')
  expect(toEvent(form({ ...FIELDS, from: '' }))).toBe('Choose a day and two times.')
})
