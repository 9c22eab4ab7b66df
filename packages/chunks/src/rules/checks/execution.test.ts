import { describe, expect, it } from 'vitest'
import type { DescribedFault } from '../../verify/describe-fault.ts'
import type { RuleOptions } from '../options.ts'
import { check } from '../testing/check-rule.ts'
import { sketchFacts } from '../testing/sketch-facts.ts'

const chain = [{ importer: 'src/a.ts', line: 4, importee: 'src/b.ts' }]
const circle = (harmful: boolean): DescribedFault => ({
  kind: 'cycle',
  harmful,
  subject: 'a.js',
  names: ['a.js', 'b.js'],
  about: '`a.js` → `b.js` → `a.js`',
  what: harmful ? '`src/b.ts` runs too early' : 'harmless',
  lines: ['a.js → b.js because src/a.ts:4 imports src/b.ts'],
  besides: ['it lies in b.js'],
  chain,
  advice: 'Put both into one chunk.',
})
const early: DescribedFault = {
  ...circle(true),
  kind: 'early',
  subject: 'src/b.ts',
  names: ['src/b.ts', 'b.js'],
  about: '`src/b.ts`',
  what: 'runs with src/main.ts, before its import()',
}

/** The two rules' words about a build with faults. */
function said(faults: readonly DescribedFault[], options: RuleOptions): Record<string, string[]> {
  const facts = sketchFacts(
    {
      modules: { 'src/main.ts': ['src/a.ts:1'], 'src/a.ts': ['src/b.ts:4'], 'src/b.ts': ['src/a.ts:7'] },
      chunks: { 'index.js': { 'src/main.ts': 1 }, 'a.js': { 'src/a.ts': 1 }, 'b.js': { 'src/b.ts': 5 } },
      chunkImports: { 'index.js': ['a.js'], 'a.js': ['b.js'], 'b.js': ['a.js'] },
    },
    { faults },
  )
  return { execution: check('execution', facts, options), circular: check('circular', facts, options) }
}

describe('execution', () => {
  it('tells of modules that run early with both chains and their bytes', () => {
    expect(said([early], { circular: 'off' })['execution']).toEqual([
      '`src/b.ts` runs with src/main.ts, before its import(); it lies in b.js. [src/a.ts:4] 5',
    ])
  })

  it('weighs a circle by its chunks, and a changed order by the module that runs too early', () => {
    const order: DescribedFault = { ...early, kind: 'order', names: ['src/b.ts', 'src/a.ts'] }
    expect(said([circle(true), order], { circular: 'off' })['execution']).toEqual([
      expect.stringMatching(/^`a\.js`.* \[src\/a\.ts:4\] 6$/),
      expect.stringMatching(/^`src\/b\.ts`.* \[src\/a\.ts:4\] 5$/),
    ])
  })

  it('holds when a circle is harmless, which circular tells with the reason', () => {
    expect(said([circle(false)], {})).toEqual({
      execution: [],
      circular: [
        'Chunks import each other in a circle: `a.js` → `b.js` → `a.js`; harmless. [src/a.ts:4 → src/b.ts:7] 6',
      ],
    })
  })
})

describe('a circle that breaks the page is told once', () => {
  it.each<[RuleOptions, 'execution' | 'circular']>([
    [{ execution: 'warn' }, 'execution'],
    [{ execution: 'warn', circular: 'off' }, 'execution'],
    [{ execution: 'warn', circular: 'error' }, 'circular'],
    [{ execution: 'off', circular: 'warn' }, 'circular'],
  ])('with %o by %s', (options, by) => {
    const { execution = [], circular = [] } = said([circle(true)], options)
    expect([execution.length, circular.length]).toEqual(by === 'execution' ? [1, 0] : [0, 1])
  })
})
