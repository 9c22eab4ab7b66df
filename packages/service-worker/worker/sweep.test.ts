import { expect, test } from 'vitest'
import type { ReleaseRecord } from './precache-store.ts'
import { planSweep } from './sweep.ts'

const record = (release: string, keys: string[], state: ReleaseRecord['state'] = 'ready'): ReleaseRecord => ({
  release,
  state,
  files: Object.fromEntries(keys.map((key) => [key, key])),
})

const three = [record('one', ['a', 'b']), record('two', ['b', 'c']), record('three', ['c', 'd'])]

test('deletes what only releases without a tab have', () => {
  const plan = planSweep(three, { own: 'three', live: new Set(['three']), isChanging: false })
  expect(plan).toEqual({ releases: ['one', 'two'], keys: ['a', 'b'] })
})

test('keeps the files of a release that a tab runs', () => {
  const plan = planSweep(three, { own: 'three', live: new Set(['one']), isChanging: false })
  expect(plan).toEqual({ releases: ['two'], keys: [] })
})

test('deletes nothing when nobody knows which tabs there are', () => {
  const plan = planSweep(three, { own: 'three', live: undefined, isChanging: false })
  expect(plan).toEqual({ releases: [], keys: [] })
})

test('keeps what a newer worker is storing', () => {
  const records = [record('one', ['a']), record('two', ['a', 'b'], 'installing')]
  expect(planSweep(records, { own: 'one', live: new Set(), isChanging: true }).releases).toEqual([])
  expect(planSweep(records, { own: 'one', live: new Set(), isChanging: false })).toEqual({
    releases: ['two'],
    keys: ['b'],
  })
})

test('works the same after a downgrade', () => {
  const plan = planSweep(three, { own: 'one', live: new Set(['one']), isChanging: false })
  expect(plan).toEqual({ releases: ['two', 'three'], keys: ['c', 'd'] })
})
