import { describe, expect, test } from 'vitest'
import { needsOf, wasteOf } from './route-needs.ts'
import { fakeReport } from './testing/fake-report.ts'

describe('wasteOf', () => {
  const needs = needsOf(
    fakeReport(
      [
        ['1.js', 'a', 1],
        ['2.js', 'b', 1],
        ['3.js', 'c', 1],
      ],
      { '/': ['1.js', '2.js'], '/c': ['3.js'] },
    ),
  )

  test('charges modules that other routes need, not the glue of the bundler', () => {
    const built = fakeReport([['x.js', 'abc', 30]], { '/': ['x.js'] })
    expect(wasteOf(built, '/', needs)).toEqual({ bytes: 10, modules: [{ id: 'c', brotli: 10 }], unknown: 0 })
  })

  test('keeps apart what no route is known to need', () => {
    expect(wasteOf(fakeReport([['x.js', 'az', 30]], { '/': ['x.js'] }), '/', needs)).toMatchObject({
      bytes: 0,
      unknown: 10,
    })
  })

  test('refuses a route that only one build has', () => {
    expect(() => wasteOf(fakeReport([], { '/z': [] }), '/z', needs)).toThrow(/not a route of both/)
  })
})
