import { el, plainId } from './dom.js'
import { counted, formatBytes } from './figures.js'

/** Violations of one rule that stand open. */
const OPEN_VIOLATIONS = 5

/**
 * Rules that are broken otherwise than in the baseline, and those that only one of the two builds was held to.
 *
 * @param {Diff['rules']} rules
 * @returns {Node[]}
 */
export function ruleChanges(rules) {
  if (rules.length === 0) return []
  const judged = rules.filter(({ verdict }) => verdict !== 'added' && verdict !== 'removed')
  return [
    el(
      'div.group',
      null,
      el('h3', null, 'Rules that changed'),
      ...judged.map(ruleCard),
      oneSided(rules, 'added', 'Not judged in the baseline:'),
      oneSided(rules, 'removed', 'Judged in the baseline only:'),
    ),
  ]
}

/** @param {Diff['rules'][number]} change */
function ruleCard(change) {
  const { rule, broken, fixed } = change
  const [tag, label] = stateOf(change)
  const amount = [broken.length > 0 && `${broken.length} new`, fixed.length > 0 && `${fixed.length} gone`]
  const lines = [...broken.map((one) => violationLine('new', one)), ...fixed.map((one) => violationLine('gone', one))]
  const rest = lines.slice(OPEN_VIOLATIONS)
  return el(
    'article.card',
    null,
    el(
      'div.card-head',
      null,
      el(`span.tag.${tag}`, null, label),
      el('h3', null, `rule ${rule}`),
      el('span.amount', null, amount.filter(Boolean).join(', ')),
    ),
    ...lines.slice(0, OPEN_VIOLATIONS),
    lines.length === 0 && el('p.soft', null, 'The same violations are judged otherwise.'),
    rest.length > 0 && el('details.inline', null, el('summary', null, counted(rest.length, 'more violation')), ...rest),
  )
}

/** @param {Diff['rules'][number]} change */
function stateOf({ before, after }) {
  if (after === 'pass') return ['pass', 'holds again']
  if (after === 'warn') return ['warn', before === 'warn' ? 'still a warning' : 'warning']
  return ['fail', before === 'fail' ? 'still broken' : 'broken']
}

/** @param {'new' | 'gone'} what @param {Diff['rules'][number]['broken'][number]} violation */
function violationLine(what, { message, bytes }) {
  const weight = bytes ? el('span.soft', null, ` ${formatBytes(bytes)} brotli`) : null
  return el('p', null, el(what === 'new' ? 'span.up' : 'span.down', null, what), ' ', ...withNames(message), weight)
}

/** What a message has in backticks as code. @param {string} message @returns {Child[]} */
function withNames(message) {
  return message.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? el('code', null, plainId(part)) : part))
}

/** @param {Diff['rules']} rules @param {'added' | 'removed'} verdict @param {string} text */
function oneSided(rules, verdict, text) {
  const names = rules.flatMap((change) => (change.verdict === verdict ? [change.rule] : []))
  return names.length > 0 && el('p.soft', null, `${text} ${names.join(', ')}.`)
}
