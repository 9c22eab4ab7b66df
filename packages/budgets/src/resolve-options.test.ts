import { errorCodes } from '@paceline/kit'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { BudgetsOptions } from './options.ts'
import { resolveBudgets } from './resolve-options.ts'

const failure = (options: unknown): { codes: string[]; message: string } => {
  try {
    resolveBudgets(options as BudgetsOptions)
  } catch (error) {
    return { codes: errorCodes(error), message: (error as Error).message }
  }
  throw new Error('the options were accepted')
}

describe('resolveBudgets', () => {
  it('only warns, on initial JavaScript and first loads, when nothing is said', () => {
    const { initial, routes, ...rest } = resolveBudgets(undefined)
    const byDefault = { encoding: 'brotli', severity: 'warn', written: false }
    expect(initial).toEqual({ ...byDefault, limit: 170_000 })
    expect(routes).toEqual({ '*': { firstLoad: { ...byDefault, limit: 512_000 } } })
    expect(rest).toEqual({ chunks: {}, packages: {}, files: {}, severity: 'error', strict: false, exempt: [] })
  })

  it('takes undefined as the default and false as off', () => {
    const names = [
      'initial',
      'css',
      'fonts',
      'images',
      'routes',
      'total',
      'sizeLimit',
      'baseline',
      'maxGrowth',
    ] as const
    const all = (value: undefined | false): BudgetsOptions => Object.fromEntries(names.map((name) => [name, value]))
    expect(resolveBudgets(all(undefined))).toEqual(resolveBudgets({}))
    expect(resolveBudgets(all(false))).toEqual({
      routes: {},
      chunks: {},
      packages: {},
      files: {},
      severity: 'error',
      strict: false,
      exempt: [],
    })
  })

  it('reads the example of the design', () => {
    const budgets = resolveBudgets({
      sizeLimit: '.size-limit.json',
      initial: '170 kB',
      routes: { '*': '250 kB', '/editor': { firstLoad: '400 kB', requests: 12, depth: 3 } },
      chunks: { 'react-vendor': { limit: '200 kB', encoding: 'raw' } },
      packages: { moment: '0 kB' },
      total: { limit: '1500 kB', encoding: 'raw' },
      images: '300 kB',
      severity: 'error',
      baseline: 'main',
      maxGrowth: '2 kB',
    })
    const error = { severity: 'error', written: true }
    expect(budgets).toEqual({
      sizeLimit: '.size-limit.json',
      initial: { ...error, limit: 170_000, encoding: 'brotli' },
      routes: {
        '*': { firstLoad: { ...error, limit: 250_000, encoding: 'brotli' } },
        '/editor': {
          firstLoad: { ...error, limit: 400_000, encoding: 'brotli' },
          requests: { ...error, limit: 12, encoding: 'brotli' },
          depth: { ...error, limit: 3, encoding: 'brotli' },
        },
      },
      chunks: { 'react-vendor': { ...error, limit: 200_000, encoding: 'raw' } },
      packages: { moment: { ...error, limit: 0, encoding: 'brotli' } },
      files: {},
      total: { ...error, limit: 1_500_000, encoding: 'raw' },
      images: { ...error, limit: 300_000, encoding: 'raw' },
      severity: 'error',
      baseline: 'main',
      growth: { ...error, limit: 2000, unit: 'bytes', encoding: 'brotli' },
      strict: false,
      exempt: [],
    })
  })

  it('gives every budget the global severity unless it has its own', () => {
    const { initial, css, routes } = resolveBudgets({
      severity: 'warn',
      initial: 1000,
      css: { limit: 1000, severity: 'error' },
      routes: { '/a': { navigation: { limit: 10 }, severity: 'error' } },
    })
    expect([initial?.severity, css?.severity]).toEqual(['warn', 'error'])
    expect(routes['/a']).toMatchObject({ navigation: { severity: 'error' } })
  })

  it('reads growth in per cent and files each by itself', () => {
    const { growth, files } = resolveBudgets({
      baseline: 'b.json',
      maxGrowth: { limit: '1.5%', encoding: 'gzip', severity: 'warn' },
      files: { 'assets/*.js': { each: '150 kB', encoding: 'gzip' }, '*.wasm': '1 MB' },
    })
    expect(growth).toEqual({ limit: 1.5, unit: 'percent', encoding: 'gzip', severity: 'warn', written: true })
    expect(files['assets/*.js']).toMatchObject({ each: true, limit: 150_000, encoding: 'gzip' })
    expect(files['*.wasm']).toMatchObject({ each: false, limit: 1_000_000, encoding: 'brotli' })
  })

  it('never writes into the caller’s object', () => {
    const options = Object.freeze({
      initial: Object.freeze({ limit: '1 kB' }),
      exempt: Object.freeze(['a']),
      strict: true,
    })
    expect(resolveBudgets(options).exempt).toEqual(['a'])
  })

  it('names an unknown option and the nearest known one', () => {
    const { codes, message } = failure({ intial: '170 kB', chunks: { a: { limt: 1 } } })
    expect(codes).toContain('PACELINE_OPTIONS_INVALID')
    expect(message).toContain('`budgets.intial` is not an option')
    expect(message).toContain('`budgets.chunks.a.limt` is not an option')
  })

  it('names a limit that is no size', () => {
    expect(failure({ initial: '170 kilos' })).toMatchObject({
      codes: ['PACELINE_SIZE_INVALID'],
      message: expect.stringContaining('`budgets.initial`'),
    })
    expect(failure({ routes: { '/x': { firstLoad: 'big' } } }).message).toContain("`budgets.routes['/x'].firstLoad`")
  })

  it.each([
    ['growth without a baseline', { maxGrowth: '1%' }, 'budgets.maxGrowth'],
    ['exemptions without strict', { exempt: ['a'] }, 'budgets.exempt'],
    ['a sum and a limit per file at once', { files: { '*': { limit: 1, each: 1 } } }, 'budgets.files.*'],
    ['a route without any limit', { routes: { '/a': {} } }, 'budgets.routes./a'],
    ['a zstd figure for a package', { packages: { a: { limit: 1, encoding: 'zstd' } } }, 'budgets.packages.a.encoding'],
    ['a limit of another kind', { initial: true }, 'budgets.initial'],
    ['an object without its limit', { chunks: { a: { encoding: 'raw' } } }, 'budgets.chunks.a.limit'],
    ['a fraction of a request', { routes: { '/a': { requests: 1.5 } } }, 'budgets.routes./a.requests'],
    ['a severity that does not exist', { severity: 'fatal' }, 'budgets.severity'],
  ])('refuses %s by name', (_what, options, name) => {
    const { codes, message } = failure(options)
    expect(codes).toContain('PACELINE_OPTIONS_INVALID')
    expect(message).toContain(`\`${name}\``)
  })

  it('types every option as optional', () => {
    expectTypeOf<object>().toExtend<BudgetsOptions>()
    expectTypeOf<BudgetsOptions['severity']>().toEqualTypeOf<'error' | 'warn' | undefined>()
  })
})
