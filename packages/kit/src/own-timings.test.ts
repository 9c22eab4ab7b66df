import { expect, test } from 'vitest'
import { isOnlyOwnTimings } from './own-timings.ts'

/** As Rolldown 1.2 words it. */
const warning = (...rows: string[]): string =>
  [
    'JavaScript callbacks ran for 7.4s. The build took 3.9s. Callbacks such as `closeBundle` run after the build ends.',
    'The slowest callbacks, timed inside each callback (the wait before a callback starts is excluded):',
    ...rows.map((row) => `  - ${row}`),
    'Additional callback time came from the callbacks below and from callbacks under 1s.',
    'See https://rolldown.rs/reference/InputOptions.checks#bundlertimings for more details.',
  ].join('\n')

const ours = ['plugin paceline:compress closeBundle (67%, 2.6s, 1 call)', 'plugin paceline:images load (3 calls)']

test('takes a warning about our own callbacks for ours', () => {
  expect(isOnlyOwnTimings({ code: 'PLUGIN_TIMINGS', message: warning(...ours) })).toBe(true)
})

test.each(['plugin vite:css transform (33%, 4.3s, 1 call)', 'codeSplitting groups[].name (12%, 1.3s, 90 calls)'])(
  'leaves a warning that also names %s',
  (other) => {
    expect(isOnlyOwnTimings({ code: 'PLUGIN_TIMINGS', message: warning(...ours, other) })).toBe(false)
  },
)

test('leaves a warning that names nobody, and other logs', () => {
  expect(isOnlyOwnTimings({ code: 'PLUGIN_TIMINGS', message: warning() })).toBe(false)
  expect(isOnlyOwnTimings({ code: 'SOURCEMAP_BROKEN', message: warning(...ours) })).toBe(false)
})
