import { byId, chainList, el, place, plainId } from './dom.js'
import { counted, delta, drawn, encoding, formatBytes } from './figures.js'
import { ruleChanges } from './rule-changes.js'
import { sortedTable } from './table.js'

/** @param {PageData} data */
export function drawChanges({ diff }) {
  if (!diff) return
  const body = byId('changes-body')
  if (diff.before === diff.after) {
    // Judged on another day, or by other rules.
    body.append(el('p', null, 'The same output as the baseline, to the byte.'), ...ruleChanges(diff.rules))
    return
  }
  const total = el('p.total', null)
  drawn(() => {
    const { before, after, delta: change } = diff.total
    const figures = `${formatBytes(before[encoding])} → ${formatBytes(after[encoding])} ${encoding} in all files`
    total.replaceChildren(el('strong', null, delta(change[encoding])), el('span.soft', null, ` ${figures}`))
  })
  body.append(total, ...diff.causes.slice(0, 20).map(causeCard), ...ruleChanges(diff.rules))
  body.append(...changeTable('Packages', diff.packages, (change) => [packageName(change)]))
  body.append(...changeTable('Chunks', diff.chunks, (change) => [el('code', null, change.file), ' ', status(change)]))
  body.append(
    ...changeTable('Modules', diff.modules, (change) => [el('code', null, plainId(change.id)), ' ', status(change)]),
  )
}

/** @param {Diff['causes'][number]} cause */
function causeCard(cause) {
  const names = cause.subjects.slice(0, 4).map(({ name }) => plainId(name))
  const rest = cause.subjects.length - names.length
  const amount = el('span.amount', null)
  const saves = el('p', null)
  drawn(() => {
    amount.replaceChildren(delta(cause.size[encoding]), ` ${encoding}`)
    const together = cause.savesTogether
    saves.textContent = together
      ? `${counted(cause.others.length, 'other new import')} of it: ${cause.others.map(place).join(', ')}. Removing all saves ${formatBytes(together[encoding])} ${encoding}.`
      : `Removing this import saves ${formatBytes(cause.saves[encoding])} ${encoding}.`
  })
  return el(
    'article.card',
    null,
    el('div.card-head', null, el('h3', null, names.join(', '), rest > 0 && ` and ${rest} more`), amount),
    el(
      'p',
      null,
      cause.isNew ? 'Through the new import at ' : 'Through the import at ',
      el('code', null, place(cause.edge)),
      ` into ${weighsOn(cause.loads)}.`,
    ),
    chainList(cause.chain, cause.chain.length - 1),
    saves,
  )
}

/** @param {readonly string[]} loads */
function weighsOn(loads) {
  if (loads.includes('initial')) return 'what every visit downloads'
  if (loads.length === 0) return 'what is loaded later'
  return loads.slice(0, 4).join(', ') + (loads.length > 4 ? ` and ${loads.length - 4} more routes` : '')
}

/**
 * What is around a text decides how well it compresses, so one new package moves all others by a few bytes: those are
 * counted, not listed.
 *
 * @template {{ status: string, before: Figures, after: Figures, delta: Figures }} Change
 * @param {string} title
 * @param {readonly Change[]} all
 * @param {(change: Change) => Child[]} name
 * @returns {Node[]}
 */
function changeTable(title, all, name) {
  const changes = all.filter(({ status, delta: { raw } }) => status !== 'changed' || raw !== 0)
  const rest = all.length - changes.length
  const note = `${rest.toLocaleString('en-US')} more changed only in how they compress.`
  if (changes.length === 0) return []
  /** @type {Column<Change>[]} */
  const columns = [
    {
      title,
      value: (change) =>
        name(change)
          .map((child) => (child instanceof Node ? child.textContent : child))
          .join(''),
      cell: name,
    },
    {
      title: 'Before',
      number: true,
      value: (change) => change.before[encoding],
      cell: (change) => formatBytes(change.before[encoding]),
    },
    {
      title: 'After',
      number: true,
      value: (change) => change.after[encoding],
      cell: (change) => formatBytes(change.after[encoding]),
    },
    {
      title: 'Change',
      number: true,
      value: (change) => Math.abs(change.delta[encoding]),
      cell: (change) => delta(change.delta[encoding]),
    },
  ]
  const table = sortedTable({
    caption: `${title} that changed`,
    columns,
    rows: () => changes,
    sort: 'Change',
    first: 10,
  })
  return [el('div.group', null, el('h3', null, `${title} that changed`), table, rest > 0 && el('p.soft', null, note))]
}

/** @param {Diff['packages'][number]} change */
function packageName(change) {
  const { name, versionBefore, versionAfter, newDuplicates } = change
  const version =
    versionBefore !== undefined && versionAfter !== undefined && versionBefore !== versionAfter
      ? `${versionBefore} → ${versionAfter}`
      : (versionAfter ?? versionBefore)
  return el(
    'span',
    null,
    name,
    el('span.soft', null, ` ${version ?? ''} `),
    status(change),
    newDuplicates && el('span.tag.warn', null, `bundled ${newDuplicates.length} times`),
  )
}

/** @param {{ status: 'added' | 'removed' | 'changed' }} change */
function status(change) {
  return change.status !== 'changed' && el('span.tag', null, change.status === 'added' ? 'new' : 'gone')
}
