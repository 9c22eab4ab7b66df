import { readFileSync } from 'node:fs'
import type { RuleResult, RuleViolation } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { expect, test } from 'vitest'
import { diffReports } from '../../diff/diff-reports.ts'
import { healthy } from '../sample-reports.ts'

type Element = (tag: string, attributes: null, ...children: readonly unknown[]) => string

/** An element as its text, blocks on lines of their own and tags in brackets. */
const el: Element = (tag, _attributes, ...children) => {
  const text = children.filter((child) => typeof child === 'string').join('')
  if (tag.startsWith('span.tag')) return `[${text}] `
  return /^(?:span|code)/.test(tag) ? text : `${text.trimEnd()}\n`
}

/** The page's module, run as the page runs it, on a difference of two builds. */
function shown(before: readonly RuleResult[], after: readonly RuleResult[]): string[] {
  const file = new URL('../../../client/report/rule-changes.js', import.meta.url)
  const body = readFileSync(file, 'utf8')
    .replaceAll(/^import .*\n/gm, '')
    .replaceAll(/^export /gm, '')
  const make = new Function('el', 'plainId', 'counted', 'formatBytes', `${body}\nreturn ruleChanges`)
  const counted = (count: number, noun: string): string => `${count} ${noun}s`
  const ruleChanges = make(el, (id: string) => id, counted, formatBytes) as (rules: object) => string[]
  const { rules } = diffReports({ ...healthy, rules: before }, { ...healthy, rules: after })
  return ruleChanges(rules).join('').split('\n').filter(Boolean)
}

const violation = (subject: string, bytes?: number): RuleViolation => ({
  message: `\`${subject}\` must be lazy.`,
  chain: [],
  subject,
  ...(bytes === undefined ? {} : { bytes }),
})
const lazy = (status: RuleResult['status'], ...violations: RuleViolation[]): RuleResult => ({
  rule: 'lazy',
  status,
  violations,
})

test('shows what breaks a rule now, what no longer does, and whether it holds', () => {
  expect(shown([lazy('pass')], [lazy('fail', violation('src/a.ts', 18_400))])).toEqual([
    'Rules that changed',
    '[broken] rule lazy',
    '1 new',
    'new src/a.ts must be lazy. 18.4 kB brotli',
  ])
  expect(shown([lazy('fail', violation('a'), violation('b'))], [lazy('fail', violation('b'), violation('c'))])).toEqual(
    ['Rules that changed', '[still broken] rule lazy', '1 new, 1 gone', 'new c must be lazy.', 'gone a must be lazy.'],
  )
  expect(shown([lazy('fail', violation('a'))], [lazy('pass')])).toContain('[holds again] rule lazy')
})

test('says when only the severity changed, and folds many', () => {
  expect(shown([lazy('fail', violation('a'))], [lazy('warn', violation('a'))])).toEqual([
    'Rules that changed',
    '[warning] rule lazy',
    'The same violations are judged otherwise.',
  ])
  const many = Array.from({ length: 8 }, (_, at) => violation(`m${at}`))
  expect(shown([lazy('pass')], [lazy('warn', ...many)]).find((line) => line.includes('more'))).toBe('3 more violations')
})

test('names rules that one of the builds was not held to in a line, and says nothing without changes', () => {
  const [a, b] = [lazy('pass'), { ...lazy('fail', violation('x')), rule: 'tinyChunks' }]
  expect(shown([a], [b])).toEqual([
    'Rules that changed',
    'Not judged in the baseline: tinyChunks.',
    'Judged in the baseline only: lazy.',
  ])
  expect(shown([a, b], [a, b])).toEqual([])
})
