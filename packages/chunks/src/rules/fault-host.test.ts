import { describe, expect, it } from 'vitest'
import type { DescribedFault } from '../verify/describe-fault.ts'
import { faultHost } from './fault-host.ts'
import type { RuleOptions, Suppression } from './options.ts'
import { resolveRules } from './resolve-rules.ts'

const early: DescribedFault = {
  kind: 'early',
  harmful: true,
  subject: 'node_modules/chart/index.js',
  names: ['node_modules/chart/index.js', 'chart', 'assets/vendor-1234.js', 'vendor'],
  about: '`chart`',
  what: 'runs with src/main.js',
  lines: [],
  besides: [],
  chain: [],
  advice: 'Leave it out.',
}
const today = '2026-11-21'
const host = (options: RuleOptions = {}) => faultHost(resolveRules(options), () => today)
const accept = (until: string): Suppression => ({ rule: 'execution', subject: 'vendor', reason: 'goes', until })

describe('faultHost', () => {
  it('ends the build by default, and not where the rule only warns', () => {
    expect(host().ends(early)).toBe(true)
    expect(host({ execution: 'error' }).ends(early)).toBe(true)
    expect(host({ execution: 'warn' }).ends(early)).toBe(false)
    expect(host({ circular: 'off' }).ends(early)).toBe(true)
  })

  it('lets pass what is ignored, or suppressed to this day', () => {
    expect(host({ execution: { ignore: ['chart'] } }).ends(early)).toBe(false)
    expect(host({ execution: { ignore: ['charts'] } }).ends(early)).toBe(true)
    expect(host({ suppress: [accept(today)] }).ends(early)).toBe(false)
    expect(host({ suppress: [accept('2026-11-20')] }).ends(early)).toBe(true)
  })

  it('hands over what was found in an output once', () => {
    const faults = host()
    faults.take('client', [early])
    expect(faults.fetch('client')).toEqual([early])
    expect(faults.fetch('client')).toEqual([])
  })
})
