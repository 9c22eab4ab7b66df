import { expect, test } from 'vitest'
import { checkSameGroups } from './check-same-groups.ts'

const refusal = (before: Record<string, string[]> | undefined, now: Record<string, string[]>): string => {
  try {
    checkSameGroups('plan.json', { settings: before === undefined ? {} : { groups: before } }, now)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

test('passes the groups that the plan was made for', () => {
  expect(refusal({ a: ['x'], b: ['y', 'z'] }, { a: ['x'], b: ['y', 'z'] })).toBe('')
  expect(refusal(undefined, {})).toBe('')
})

test('names what is new, gone or other, and says what to do', () => {
  expect(refusal({ a: ['x'], b: ['y'] }, { b: ['y', 'z'], c: ['x'] })).toBe(
    '`plan.json` was made for other groups than `chunks.groups`; `b` has other patterns, `c` is new, `a` is gone. Make it anew with `paceline chunks plan`.',
  )
})

test('counts the order, which says who has a module that two match', () => {
  expect(refusal({ a: ['x'], b: ['x'] }, { b: ['x'], a: ['x'] })).toContain('; they stand in another order.')
})
