import { expect, test } from 'vitest'
import { errorCodes } from './errors.ts'
import { resolveSla, slaOf } from './sla.ts'

test('an SLA without anything has the documented limits', () => {
  const documented = { lcp: 2500, inp: 200, cls: 0.1, operations: { within: 5000, compliance: 0.95 } }
  expect(resolveSla(undefined)).toEqual({ ...documented, routes: {} })
  expect(resolveSla({ lcp: undefined, operations: { within: undefined } })).toEqual({ ...documented, routes: {} })
})

test('a route has its own limits, and those of the app where it has none', () => {
  const sla = resolveSla({ inp: 300, routes: { '/editor': { lcp: 4000, operations: { within: 9000 } } } })
  expect(slaOf(sla, '/editor')).toEqual({
    lcp: 4000,
    inp: 300,
    cls: 0.1,
    operations: { within: 9000, compliance: 0.95 },
  })
  expect(slaOf(sla, '/')).toMatchObject({ lcp: 2500, inp: 300, operations: { within: 5000 } })
  expect(slaOf(sla, 'constructor')).toMatchObject({ lcp: 2500 })
})

test.each([
  [{ lcpp: 1 }, 'Did you mean `lcp`?'],
  [{ operations: { compliance: 95 } }, 'must be at most 1'],
  [{ routes: { '/editor': { inp: 0 } } }, 'must be more than 0'],
])('%j is refused by name', (raw, message) => {
  expect(() => resolveSla(raw)).toThrow(message)
  try {
    resolveSla(raw)
  } catch (error) {
    expect(errorCodes(error)).toEqual(['PACELINE_OPTIONS_INVALID'])
  }
})
