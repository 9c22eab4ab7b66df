import { expect, test } from 'vitest'
import type { OperationEvent, PageSla, Violation } from '../../src/page-api.ts'
import { slaCheck } from './watch-sla.ts'

const operations = { within: 5000, compliance: 0.95 }
const sla: PageSla = {
  limits: { lcp: 2500, cls: 0.1, operations },
  routes: [[/^\/editor$/, { lcp: 4000, operations: { within: 9000, compliance: 0.9 } }]],
}
const done = (ms: number, ok = true): OperationEvent => ({
  type: 'operation',
  operation: { name: 'save', kind: 'operation', ms, ok },
  route: 0,
})

test('a metric breaks the SLA of its path, and no other', () => {
  const check = slaCheck(sla)
  const lcp = { type: 'metric', name: 'lcp', value: 3000, route: 0, target: '#hero' } as const
  expect(check(lcp, '/')).toEqual([
    { kind: 'metric', name: 'lcp', value: 3000, limit: 2500, route: 0, target: '#hero' },
  ])
  expect(check(lcp, '/editor')).toEqual([])
  expect(check({ type: 'metric', name: 'fcp', value: 9999, route: 0 }, '/')).toEqual([])
  expect(check({ type: 'metric', name: 'cls', value: 0.1, route: 0 }, '/')).toEqual([])
})

test('an operation breaks it by being late and by failing', () => {
  const check = slaCheck(sla)
  expect(check(done(5000), '/')).toEqual([])
  expect(check(done(5001), '/')).toMatchObject([{ kind: 'operation', value: 5001, limit: 5000, failed: false }])
  expect(check(done(3, false), '/')).toMatchObject([{ kind: 'operation', failed: true }])
})

test('compliance is broken once it is a figure, and said when it falls', () => {
  const check = slaCheck(sla)
  const said: Violation[] = []
  for (let index = 0; index < 30; index++) {
    said.push(...check(done(index % 10 === 9 ? 6000 : 10), '/').filter(({ kind }) => kind === 'compliance'))
  }
  expect(said).toEqual([{ kind: 'compliance', name: 'operations', value: 18 / 20, limit: 0.95, route: 0 }])
})
