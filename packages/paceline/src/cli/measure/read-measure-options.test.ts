import { expect, test } from 'vitest'
import { readMeasureOptions } from './read-measure-options.ts'
import type { MeasureOptions } from './read-measure-options.ts'

function read(given: Readonly<Record<string, string>>, isCompared: boolean): MeasureOptions {
  const invocation = { positionals: [], text: (name: string) => given[name], flag: (name: string) => name in given }
  return readMeasureOptions(invocation, isCompared)
}

const cases: readonly (readonly [
  what: string,
  given: Readonly<Record<string, string>>,
  compared: boolean,
  runs: number,
])[] = [
  ['a build alone', {}, false, 5],
  ['a baseline: counts and CPU time are what was asked for', {}, true, 0],
  ['a baseline and a profile to take times on', { profile: 'desktop' }, true, 5],
  ['a baseline and kinds of visits', { visits: 'cold,update' }, true, 5],
  ['a baseline, a profile and a number', { profile: 'desktop', runs: '3' }, true, 3],
]
test.each(cases)('%s', (_what, given, compared, runs) => {
  expect(read(given, compared).runs).toBe(runs)
})
