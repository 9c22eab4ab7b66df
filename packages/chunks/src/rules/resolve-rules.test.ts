import { errorCodes, parseOptions } from '@paceline/kit'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { PlanOptions } from '../options.ts'
import type { RuleOptions } from './options.ts'
import { ruleEntries } from './options-schema.ts'
import { resolveRules } from './resolve-rules.ts'
import { ruleNames } from './rule-names.ts'

const refused = (options: unknown): string => {
  try {
    parseOptions('chunks', v.strictObject(ruleEntries), options)
    return ''
  } catch (error) {
    expect(errorCodes(error)).toContain('PACELINE_OPTIONS_INVALID')
    return (error as Error).message
  }
}
const contradiction = (options: RuleOptions & PlanOptions): string => {
  try {
    resolveRules(options)
    return ''
  } catch (error) {
    expect(errorCodes(error)).toContain('PACELINE_RULES_CONTRADICT')
    return (error as Error).message
  }
}

describe('resolveRules', () => {
  it('is on by default only for what is certainly wrong, as an error only for what breaks the page', () => {
    const rules = resolveRules()
    const on = ruleNames.filter((name) => rules[name].severity !== 'off')
    const expected = ['redundantDynamicImport', 'serverCode', 'devCode', 'duplicates', 'execution', 'circular']
    expect(on).toEqual(expected)
    expect(on.filter((name) => rules[name].severity === 'error')).toEqual(['execution'])
  })

  it('takes a rule with parameters for an error, false and undefined for what they say', () => {
    const rules = resolveRules({
      lazy: ['src/**'],
      tinyChunks: { below: '3 kB' },
      devCode: false,
      serverCode: undefined,
    })
    expect(rules.lazy).toEqual({ severity: 'error', ignore: [], modules: ['src/**'] })
    expect(rules.tinyChunks).toEqual({ severity: 'error', ignore: [], below: 3000 })
    expect([rules.devCode.severity, rules.serverCode.severity]).toEqual(['off', 'warn'])
  })

  it('turns a list of forbidden packages for routes into one for every route', () => {
    expect(resolveRules({ forbidden: { routes: ['moment'] } }).forbidden.routes).toEqual({ '*': [{ name: 'moment' }] })
  })

  it('leaves the options as they are', () => {
    const options = Object.freeze({
      lazy: Object.freeze(['src/**']),
      forbidden: Object.freeze({ initial: Object.freeze(['x']) }),
    })
    resolveRules(options)
    expect(options).toEqual({ lazy: ['src/**'], forbidden: { initial: ['x'] } })
  })

  it.each<[string, RuleOptions & PlanOptions, string]>([
    ['a layer that forbids itself', { layers: ['src/a/** may not import src/a/**'] }, 'may not import themselves'],
    [
      'siblings of which there is only one',
      { layers: ['src/features/** may not import each other'] },
      "Write 'src/features/*' to keep apart what lies in it",
    ],
    [
      'one directory beside a glob of siblings',
      { layers: [{ from: ['src/pages/*', 'src/app/'], to: 'each other' }] },
      "'src/app/' is one directory",
    ],
    [
      'two alternatives for one package',
      { forbidden: { initial: [{ name: 'moment', use: 'dayjs' }], all: [{ name: 'moment', use: 'date-fns' }] } },
      "two alternatives for 'moment': 'dayjs' and 'date-fns'",
    ],
    [
      'an alternative that is forbidden too',
      {
        forbidden: {
          all: [
            { name: 'moment', use: 'dayjs' },
            { name: 'dayjs', use: 'temporal' },
          ],
        },
      },
      "offers 'dayjs' instead of 'moment', and forbids it too",
    ],
    ['lazy and nowhere at once', { lazy: ['moment'], forbidden: { all: ['moment'] } }, "wants 'moment' loaded later"],
    [
      'what must be lazy and is ignored',
      { lazy: { modules: ['src/a/**', 'src/b/**'], ignore: ['./src/b/**'] } },
      "`chunks.lazy` names 'src/b/**' and ignores it",
    ],
    [
      'what is forbidden on a route and ignored by a glob',
      { forbidden: { routes: { '/a': ['@mui/icons'] }, ignore: ['@mui/*'] } },
      "`chunks.forbidden` names '@mui/icons' and ignores it",
    ],
    [
      'a package that is to be there once and ignored',
      { duplicates: { only: ['dep'], ignore: ['dep'] } },
      "names 'dep'",
    ],
    ['a rule that ignores everything', { unused: { ignore: ['**'] } }, '`chunks.unused` ignores everything'],
    [
      'a suppression for a rule that is off',
      { suppress: [{ rule: 'unused', subject: 'x', reason: 'y', until: '2027-01-31' }] },
      'which is off',
    ],
    [
      'a planner that may do what a rule forbids',
      { strategy: 'planned', maxInitialRequests: 12, requests: { initial: 8 } },
      'make 12 requests, `chunks.requests.initial` allows 8',
    ],
    [
      'more requests at first than on any route',
      { requests: { initial: 8, route: 4 } },
      '`chunks.requests.initial` allows 8, `chunks.requests.route` 4',
    ],
    [
      'the same of a planner',
      { strategy: 'planned', maxInitialRequests: 30, maxRouteRequests: 5 },
      '`chunks.maxInitialRequests` allows 30, `chunks.maxRouteRequests` 5',
    ],
  ])('refuses %s', (_what, options, text) => {
    expect(contradiction(options)).toContain(text)
  })

  it('accepts what looks like a contradiction and is none', () => {
    expect(contradiction({ layers: ['src/a/** may not import src/b/**', 'src/b/** may not import src/a/**'] })).toBe('')
    expect(contradiction({ layers: ['src/features/*/** may not import each other'] })).toBe('')
    expect(contradiction({ layers: [{ from: ['src/a/**', 'src/b/**'], to: 'each other' }] })).toBe('')
    expect(contradiction({ lazy: { modules: ['src/**'], ignore: ['src/*', 'src/a.ts'] } })).toBe('')
    expect(contradiction({ forbidden: { severity: 'off', all: ['dep'], ignore: ['dep'] } })).toBe('')
    expect(contradiction({ lazy: ['moment'], forbidden: { initial: ['moment'] } })).toBe('')
    expect(contradiction({ strategy: 'planned', requests: { initial: 8 } })).toBe('')
    expect(contradiction({ strategy: 'planned', maxRouteRequests: 5 })).toBe('')
  })
})

describe('the schema of the rules', () => {
  it('takes everything that the documentation shows', () => {
    const options: RuleOptions = {
      lazy: ['src/pages/**'],
      forbidden: {
        severity: 'warn',
        initial: ['moment', { name: 'lodash', use: 'lodash-es' }],
        routes: { '*': ['x'] },
        all: [],
      },
      duplicates: 'error',
      circular: { modules: true },
      depth: { max: 12 },
      requests: { initial: 6, route: 12 },
      tinyChunks: { below: '1 kB', ignore: ['polyfills'] },
      redundantDynamicImport: 'off',
      waterfalls: false,
      layers: [
        'src/features/* may not import each other',
        { from: 'src/a/**', to: ['src/b/**'], except: [], reason: 'y' },
      ],
      suppress: [{ rule: 'duplicates', subject: 'tslib', reason: 'waits for sdk 4', until: '2027-01-31' }],
    }
    expect(refused({ forbidden: { severity: 'off' } })).toBe('')
    expect(refused({ ...options, layers: [options.layers && (options.layers as string[])[0]] })).toBe('')
  })

  it.each<[string, unknown, string]>([
    ['an unknown parameter', { tinyChunks: { bellow: 3 } }, 'Did you mean `below`?'],
    ['an unknown severity', { duplicates: 'fatal' }, '`chunks.duplicates`'],
    ['requests that limit nothing', { requests: {} }, '`chunks.requests` allows everything'],
    ['packages of which none is forbidden', { forbidden: {} }, '`chunks.forbidden` forbids nothing'],
    [
      'the same in empty lists',
      { forbidden: { all: [], routes: { '/': [] }, ignore: ['react'] } },
      '`chunks.forbidden` forbids nothing',
    ],
    ['an empty list', { lazy: [] }, '`chunks.lazy` names nothing'],
    [
      'a sentence that is no layer rule',
      { layers: ['src/a imports src/b'] },
      'is no layer rule; received "src/a imports src/b"',
    ],
    [
      'a rule that does not exist',
      { suppress: [{ rule: 'duplicate', subject: 'a', reason: 'b', until: '2027-01-31' }] },
      "Did you mean 'duplicates'?",
    ],
    [
      'a suppression without a reason',
      { suppress: [{ rule: 'lazy', subject: 'a', reason: ' ', until: '2027-01-31' }] },
      'Say why',
    ],
    [
      'a suppression without an end',
      { suppress: [{ rule: 'lazy', subject: 'a', reason: 'b' }] },
      '`chunks.suppress.0.until` is missing',
    ],
    [
      'a day that does not exist',
      { suppress: [{ rule: 'lazy', subject: 'a', reason: 'b', until: '2027-02-30' }] },
      'is no day',
    ],
    ['a depth without a limit', { depth: {} }, '`chunks.depth.max` is missing'],
  ])('refuses %s by name', (_what, options, text) => {
    expect(refused(options)).toContain(text)
  })
})
