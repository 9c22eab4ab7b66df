import type { SlaVerdict, Stats } from '../../../src/stats/stats.ts'
import { empty, h, section } from '../dom.ts'
import { count, label, metric, share, UNKNOWN } from '../format.ts'

const SIGNS = { holds: '✓', broken: '✕', 'not enough data': '?' } as const

/** Whether the SLA holds, what is left of its error budget, and how fast that goes. */
export function slaSection({ sla }: Stats): HTMLElement {
  const note =
    'Counted page by page against the limit of its route. A burn rate above 1 uses the budget up before its time.'
  if (sla.length === 0) return section('SLA', '', empty('No SLA is set.'))
  return section('SLA', note, h('div', { class: 'cards' }, ...sla.map(card)))
}

function card(verdict: SlaVerdict): HTMLElement {
  const { name, status, target, actual, n, within, required, errorBudget } = verdict
  const isShare = name === 'operations'
  const limit = target === null ? 'limits of each route' : isShare ? share(target, 1) : metric(name, target)
  const value = isShare ? (actual === null ? UNKNOWN : share(actual, 1)) : metric(name, actual)
  return h(
    'article',
    { class: 'card', 'data-status': status },
    h('h3', {}, label(name), h('span', { class: 'status' }, `${SIGNS[status]} ${status}`)),
    h('p', { class: 'value' }, value),
    h('p', { class: 'note' }, isShare ? `done in time; ${limit} promised` : `75th percentile; promised: ${limit}`),
    h('p', { class: 'note' }, `${share(within, n)} of ${count(n)} kept it; ${required * 100} % must`),
    errorBudget ? budget(errorBudget) : h('p', { class: 'note' }, 'Too few for a verdict.'),
  )
}

function budget({ left, burnRate }: NonNullable<SlaVerdict['errorBudget']>): HTMLElement {
  const rates = ['1h', '6h', '3d'].map((window) => {
    const rate = burnRate[window]
    return `${window}: ${rate === null || rate === undefined ? UNKNOWN : `${rate.toFixed(1)}×`}`
  })
  const text = left >= 0 ? `${(left * 100).toFixed(0)} % of the error budget left` : 'error budget overdrawn'
  return h(
    'div',
    {},
    h('meter', { min: 0, max: 1, value: Math.max(0, left), 'aria-label': text }),
    h('p', { class: 'note' }, text),
    h('p', { class: 'note' }, `burn rate ${rates.join(' · ')}`),
  )
}
