import { expect, test } from 'vitest'
import { errorsOf } from './errors-of.ts'

const pair = (gzip: number) => ({ gzip, brotli: gzip })

test('errorsOf is relative to the true size, either way, and counts what is exact and what is missing', () => {
  const truth = {
    files: new Map([['a', pair(100)]]),
    modules: new Map([
      ['x', pair(100)],
      ['y', pair(10)],
      ['z', pair(1)],
    ]),
  }
  const figures = {
    files: new Map([['a', pair(100)]]),
    modules: new Map([
      ['x', pair(150)],
      ['y', pair(5)],
    ]),
  }
  const { files, modules } = errorsOf(figures, truth)
  expect(files.gzip).toEqual({ median: 0, p90: 0, exact: 1, compared: 1, missing: 0 })
  expect(modules.brotli).toEqual({ median: 0.5, p90: 0.5, exact: 0, compared: 2, missing: 1 })
})

test('errorsOf refuses figures of which it knows no name: nothing compared is nothing proved', () => {
  const none = { files: new Map(), modules: new Map() }
  expect(() => errorsOf(none, { files: new Map([['a', pair(1)]]), modules: new Map() })).toThrow(/nothing of the build/)
})
