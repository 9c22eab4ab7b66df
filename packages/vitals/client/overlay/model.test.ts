import { expect, test } from 'vitest'
import type { PageLimits } from '../../src/page-api.ts'
import { emptyModel, moduleOf, rowsOf, withEvent } from './model.ts'

const limits: PageLimits = { lcp: 2500, inp: 200, cls: 0.1, operations: { within: 5000, compliance: 0.95 } }

test('vitals stand beside their limits, with what is behind them', () => {
  let model = withEvent(emptyModel, { type: 'metric', name: 'inp', value: 312.4, route: 0 }, limits, 'src/slow.ts')
  model = withEvent(model, { type: 'metric', name: 'cls', value: 0.05, route: 0 }, limits, '')
  expect(rowsOf(model, limits)).toEqual([
    { name: 'LCP', value: '–', limit: '2500 ms', isBroken: false, detail: '' },
    { name: 'INP', value: '312 ms', limit: '200 ms', isBroken: true, detail: 'src/slow.ts' },
    { name: 'CLS', value: '0.050', limit: '0.100', isBroken: false, detail: '' },
    { name: 'operations', value: '–', limit: '95 % in 5000 ms', isBroken: false, detail: '0 in all' },
  ])
})

test('operations are counted, and the latest are listed', () => {
  let model = emptyModel
  for (let index = 0; index < 8; index++) {
    const operation = { name: `save ${index}`, kind: 'operation', ms: 20, ok: index > 0 } as const
    model = withEvent(model, { type: 'operation', operation, route: 0 }, limits, '')
  }
  const rows = rowsOf(model, limits).filter(({ name }) => /operations|·/.test(name))
  expect(rows[0]).toMatchObject({ value: '88 %', isBroken: true, detail: '8 in all' })
  expect(rows.slice(1).map(({ name }) => name)).toEqual([7, 6, 5, 4, 3].map((index) => `· save ${index}`))
})

test('a script of the dev server is named by its module', () => {
  expect(moduleOf('http://localhost:5173/src/slow.ts?t=12', 'http://localhost:5173')).toBe('src/slow.ts')
  expect(moduleOf('https://cdn.example.com/x.js', 'http://localhost:5173')).toBe('https://cdn.example.com/x.js')
  expect(moduleOf(undefined, 'http://localhost:5173')).toBe('')
})
