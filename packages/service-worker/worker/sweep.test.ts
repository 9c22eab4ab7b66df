import { afterEach, expect, test, vi } from 'vitest'
import type { ReleaseRecord } from './precache-store.ts'
import { beginRelease, planSweep, sweep } from './sweep.ts'

afterEach(() => vi.unstubAllGlobals())

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

test('deletes what no record has, unless a tab may need it', () => {
  const at = { own: 'three', live: new Set(['three']), isChanging: false, stored: new Set(['c', 'd', 'lost']) }
  const records = [record('three', ['c', 'd'])]
  expect(planSweep(records, at).keys).toEqual(['lost'])
  expect(planSweep(records, { ...at, isAnyUnknown: true }).keys).toEqual([])
  expect(planSweep(records, { ...at, isChanging: true }).keys).toEqual([])
  expect(planSweep(records, { ...at, live: undefined }).keys).toEqual([])
})

/** What is left of a store after a sweep. */
async function sweepStore(records: ReleaseRecord[], stored: string[], locks: string[]): Promise<[string[], string[]]> {
  vi.stubGlobal('navigator', {
    locks: {
      request: async (_: string, work: () => Promise<void>) => work(),
      query: async () => ({ held: locks.map((name) => ({ name })) }),
    },
  })
  const files = new Set(stored)
  const known = new Map(records.map((one) => [one.release, one]))
  const store = {
    scope: 'https://app.example/app/',
    keys: async () => new Set(files),
    records: async () => [...known.values()],
    saveRecord: async (one: ReleaseRecord) => void known.set(one.release, one),
    deleteRecord: async (release: string) => void known.delete(release),
    delete: async (key: string) => void files.delete(key),
  }
  await sweep(store, { installing: null, waiting: null }, record('two', ['b', 'c']))
  return [[...known.keys()], [...files]]
}

test('writes the record anew that the browser has deleted with everything else, and deletes what was left of others', async () => {
  const locks = ['paceline:/app/:two', 'paceline:/:one', 'paceline:check:/app/']
  expect(await sweepStore([], ['a', 'b'], locks)).toEqual([['two'], ['b']])
  expect(await sweepStore([record('one', ['a'])], ['a', 'b'], locks)).toEqual([['two'], ['b']])
})

test('keeps what a tab of a release without a record may need', async () => {
  expect(await sweepStore([], ['a', 'b'], ['paceline:/app/:one', 'paceline:/app/:two'])).toEqual([['two'], ['a', 'b']])
})

test('has deleted what it wanted to before a new worker looks for what is there', async () => {
  const waiting = new Map<string, Promise<unknown>>()
  const request = (name: string, work: () => Promise<unknown>): Promise<unknown> => {
    const done = (waiting.get(name) ?? Promise.resolve()).then(work)
    waiting.set(name, done)
    return done
  }
  vi.stubGlobal('navigator', { locks: { request, query: async () => ({ held: [] }) } })
  const done: string[] = []
  const store = {
    scope: 'https://app.example/app/',
    keys: async () => new Set(['a', 'b']),
    records: async () => [record('one', ['a', 'b']), record('two', ['b'])],
    saveRecord: async ({ release }: ReleaseRecord) => void done.push(`${release} begins`),
    deleteRecord: async () => {},
    delete: async (key: string) => void done.push(`${key} is deleted`),
  }
  const swept = sweep(store, { installing: null, waiting: null }, record('two', ['b']))
  await beginRelease(store, record('three', ['a'], 'installing'))
  await swept
  expect(done).toEqual(['a is deleted', 'three begins'])
})
