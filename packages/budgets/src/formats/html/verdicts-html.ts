import type { BudgetResult, Explanation, ImportChain, RuleResult, RuleViolation } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { formatPlace, plainId } from '@paceline/build-graph'
import { byMargin, count, formatFigure, formatOver } from '../figures.ts'
import { formatAmount } from '../../terminal/format-amount.ts'
import { isSource } from '../locate.ts'
import { escapeHtml } from './escape-html.ts'

/** Rows of budgets that hold which are shown before the rest is folded. */
const FIRST = 15

/** Overruns with their explanations, then broken rules, then the rest in one table. Readable without scripts. */
export function verdictsHtml(budgets: readonly BudgetResult[], rules: readonly RuleResult[]): string {
  const over = [
    ...budgets.filter(({ status }) => status === 'fail'),
    ...budgets.filter(({ status }) => status === 'warn'),
  ]
  const rest = budgets.filter(({ status }) => status === 'pass' || status === 'exempt')
  const broken = rules.filter(({ status }) => status !== 'pass')
  const others = rulesRestHtml(rules)
  if (over.length + rest.length + broken.length === 0) {
    return (
      others +
      '<p class="soft">No budget was checked. Set <code>budgets</code> in the Vite config, or write a <code>.size-limit.json</code>.</p>'
    )
  }
  const told = new Map<string, string>()
  return [
    ...over.map((budget) => overrunHtml(budget, told)),
    ...[...broken.filter(({ status }) => status === 'fail'), ...broken.filter(({ status }) => status === 'warn')].map(
      ruleHtml,
    ),
    others,
    restHtml(rest, over.length === 0),
  ].join('\n')
}

/** @param told chains that stand open already → the budget they stand at */
function overrunHtml(budget: BudgetResult, told: Map<string, string>): string {
  const { name, limit, unit, status, explain } = budget
  const label = status === 'fail' ? 'over' : 'warning'
  return `<article class="card">
<div class="card-head"><span class="tag ${status}">${label}</span><h3>${escapeHtml(name)}</h3>
<span class="amount"><strong>${figure(budget)}</strong> <span class="soft">of ${formatAmount(limit, unit)}</span> <span class="${status === 'fail' ? 'up' : ''}">+${formatOver(budget)}</span></span></div>
${meterHtml(budget)}
${explain ? explanationHtml(explain, budget, told) : ''}
</article>`
}

function figure(budget: BudgetResult): string {
  return escapeHtml(formatFigure(budget.actual, budget))
}

/** The limit as a mark on the way to the figure. Lengths are SVG attributes, which a strict CSP allows. */
function meterHtml({ actual, limit, status }: BudgetResult): string {
  const most = Math.max(actual, limit)
  if (most <= 0) return ''
  const part = (value: number): string => ((100 * value) / most).toFixed(2)
  const within = Math.min(actual, limit)
  const over =
    actual > limit ? `<rect class="over" x="${part(limit)}%" width="${part(actual - limit)}%" height="10"/>` : ''
  const mark = limit > 0 && limit < most ? `<rect class="limit" x="${part(limit)}%" width="2" height="10"/>` : ''
  return `<svg class="meter ${status}" aria-hidden="true"><rect class="track" width="100%" height="10" rx="2"/><rect class="within" width="${part(within)}%" height="10" rx="2"/>${over}${mark}</svg>`
}

/** One import can overrun thirty routes: it stands open once, and folded at the others with all that is said of it. */
function explanationHtml(
  explain: Explanation,
  { name, unit, encoding }: BudgetResult,
  told: Map<string, string>,
): string {
  const [first, ...others] = explain.chains
  const more = others.map((chain) => chainHtml(chain, encoding)).join('')
  const content = [
    partsHtml(explain, unit),
    first ? chainHtml(first, encoding) : '',
    folded(count(others.length, 'more import'), more),
  ].join('')
  if (!first) return content
  const key = first.steps.map(formatPlace).join(' ')
  const before = told.get(key)
  if (before !== undefined) return folded(`The same import as for ${escapeHtml(before)}`, content)
  told.set(key, name)
  return content
}

function partsHtml({ grew = [], packages, modules }: Explanation, unit: BudgetResult['unit']): string {
  const weighs = unit === 'bytes' || unit === 'percent'
  const list = (items: readonly string[]): string => items.slice(0, 6).join(', ')
  const named = (name: string, size: string): string =>
    `<span>${escapeHtml(plainId(name))} <span class="soft">${size}</span></span>`
  const rows: [string, string][] = [
    [
      'grew',
      list(grew.map(({ id, size, before }) => named(id, `+${formatBytes(size)}${before === 0 ? ', new' : ''}`))),
    ],
    ['heaviest packages', weighs ? list(packages.map(({ name, size }) => named(name, formatBytes(size)))) : ''],
    ['heaviest modules', weighs ? list(modules.slice(0, 4).map(({ id, size }) => named(id, formatBytes(size)))) : ''],
  ]
  const parts = rows.filter(([, text]) => text !== '').map(([label, text]) => `<dt>${label}</dt><dd>${text}</dd>`)
  return parts.length > 0 ? `<dl class="parts">${parts.join('')}</dl>` : ''
}

function folded(summary: string, content: string): string {
  return content === '' ? '' : `<details class="inline"><summary>${summary}</summary>${content}</details>`
}

function chainHtml({ subject, steps, saves }: ImportChain, encoding: string): string {
  const cut = steps.findLastIndex(({ importer }) => isSource(importer))
  const items = steps.map(
    (step, at) => `<li${at === cut ? ' class="cut"' : ''}><code>${escapeHtml(plainId(formatPlace(step)))}</code></li>`,
  )
  const last = steps.at(-1)
  if (last) items.push(`<li class="end"><code>${escapeHtml(plainId(last.importee))}</code></li>`)
  const saved =
    saves > 0
      ? `Removing the marked import of ${escapeHtml(plainId(subject))} saves ${formatBytes(saves)} ${encoding}.`
      : `Other imports lead to ${escapeHtml(plainId(subject))} too.`
  return `<ol class="chain">${items.join('')}</ol><p>${saved}</p>`
}

/** Violations of one rule that stand open; a rule about small chunks can be broken a hundred times. */
const OPEN = 5

function ruleHtml({ rule, status, violations }: RuleResult): string {
  const list = violations.map(violationHtml)
  const more = folded(`${count(list.length - OPEN, 'more violation')}`, list.slice(OPEN).join(''))
  const label = status === 'fail' ? 'broken' : 'warning'
  return `<article class="card"><div class="card-head"><span class="tag ${status}">${label}</span><h3>rule ${escapeHtml(rule)}</h3></div>${list.slice(0, OPEN).join('')}${list.length > OPEN ? more : ''}</article>`
}

function violationHtml({ message, chain, bytes, fix }: RuleViolation): string {
  const cut = chain.findLastIndex(({ importer }) => isSource(importer))
  const items = chain.map(
    (step, at) => `<li${at === cut ? ' class="cut"' : ''}><code>${escapeHtml(plainId(formatPlace(step)))}</code></li>`,
  )
  const last = chain.at(-1)
  if (last) items.push(`<li class="end"><code>${escapeHtml(plainId(last.importee))}</code></li>`)
  const weight = bytes ? ` <span class="soft">${formatBytes(bytes)} brotli</span>` : ''
  const steps = items.length > 0 ? `<ol class="chain">${items.join('')}</ol>` : ''
  return `<p>${withCode(message)}${weight}</p>${steps}${fix === undefined ? '' : `<p class="soft">${withCode(fix)}</p>`}`
}

/** Rules that hold in one line, and what was accepted for a while. */
function rulesRestHtml(rules: readonly RuleResult[]): string {
  const held = rules.filter(({ status }) => status === 'pass')
  const suppressed = rules.flatMap(({ rule, suppressed: list = [] }) => list.map((one) => ({ rule, ...one })))
  const rows = suppressed.map(
    ({ rule, subject = '', reason, until }) =>
      `<li>${escapeHtml(rule)}: <code>${escapeHtml(plainId(subject))}</code> until ${escapeHtml(until)}. ${escapeHtml(reason)}</li>`,
  )
  const accepted = folded(
    `${count(rows.length, 'violation')} suppressed`,
    rows.length > 0 ? `<ul>${rows.join('')}</ul>` : '',
  )
  if (held.length === 0) return accepted
  const names = held.map(({ rule }) => escapeHtml(rule)).join(', ')
  return `<p class="soft">${count(held.length, 'rule')} ${held.length === 1 ? 'holds' : 'hold'}: ${names}.</p>${accepted}`
}

/** What will break first stands first; the long tail is folded, since a route table makes a hundred of them. */
function restHtml(budgets: readonly BudgetResult[], open: boolean): string {
  if (budgets.length === 0) return ''
  const held = budgets.filter(({ status }) => status === 'pass').toSorted(byMargin)
  const exempt = budgets.filter(({ status }) => status !== 'pass')
  const sorted = [...held, ...exempt]
  // Not for the sake of one or two rows.
  const first = sorted.length > FIRST + 5 ? FIRST : sorted.length
  const tail = sorted.slice(first)
  const summary = `${count(held.length, 'budget')} ${held.length === 1 ? 'holds' : 'hold'}${exempt.length > 0 ? `, ${exempt.length} exempt` : ''}${held.length > 1 ? ', tightest first' : ''}`
  const more = folded(
    `${tail.length} more with more room`,
    tail.length > 0 ? tableHtml(tail, 'Further budgets that hold') : '',
  )
  return `<details class="group"${open ? ' open' : ''}><summary>${summary}</summary>${tableHtml(sorted.slice(0, first), 'Budgets that hold')}${more}</details>`
}

function tableHtml(budgets: readonly BudgetResult[], label: string): string {
  const rows = budgets.map((budget) => {
    const { name, limit, unit, status } = budget
    const exempt = status === 'exempt'
    return `<tr><th scope="row">${escapeHtml(name)} <span class="tag ${exempt ? '' : 'pass'}">${exempt ? 'exempt' : 'holds'}</span></th><td class="wide">${exempt ? '' : meterHtml(budget)}</td><td class="number" data-label="actual">${figure(budget)}</td><td class="number" data-label="limit">${exempt ? '' : formatAmount(limit, unit)}</td></tr>`
  })
  return `<div class="scroll"><table class="even" aria-label="${label}"><thead><tr><th scope="col">Budget</th><th scope="col">Of its limit</th><th scope="col" class="number">Actual</th><th scope="col" class="number">Limit</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

/** Messages name things in backticks. */
function withCode(message: string): string {
  return escapeHtml(message).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}
