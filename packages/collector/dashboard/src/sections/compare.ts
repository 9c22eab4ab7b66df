import type { Comparison, DimensionsAnswer } from '../../../src/server/service.ts'
import { empty, h, section, table } from '../dom.ts'
import { choose } from '../filters.ts'
import { bytes, label, metric, range, UNKNOWN } from '../format.ts'
import { writeView } from '../state.ts'
import type { View } from '../state.ts'

/** Which two releases: the one that is looked at, or the newest, and the one before it. */
export function comparedReleases(view: View, { releases }: DimensionsAnswer): readonly [string, string] | undefined {
  const names = releases.map(({ release }) => release)
  const after = view.release || names[0]
  const before = view.before || names[names.indexOf(after ?? '') + 1]
  return after === undefined || before === undefined || after === before ? undefined : [before, after]
}

export function compareSection(dimensions: DimensionsAnswer, comparison: Comparison | undefined): HTMLElement {
  const title = 'Release against release'
  const choices = dimensions.releases.map(({ release }) => [release, release] as const)
  if (!comparison) return section(title, '', empty('There is only one release so far.'))
  const { before, after, metrics, modules } = comparison
  const rows = metrics.map(({ name, before: old, after: now, change, verdict }) => [
    label(name),
    `${metric(name, old.p75)} (${range(name, old.intervals.p75)})`,
    `${metric(name, now.p75)} (${range(name, now.intervals.p75)})`,
    change === null ? UNKNOWN : signed(change, (size) => metric(name, size)),
    h('span', { class: 'verdict', 'data-verdict': verdict }, verdict),
  ])
  return section(
    title,
    'p75 with its 95 % interval. Better and worse are only said where the intervals do not overlap.',
    h(
      'div',
      { class: 'row' },
      choose('Before', 'before', before, choices),
      choose('After', 'release', after, choices),
      h('button', { type: 'button', onclick: () => writeView({ before: after, release: before }) }, 'Swap'),
    ),
    rows.length === 0 ? empty('No page of both.') : table(title, ['metric', before, after, 'change', 'verdict'], rows),
    changed(modules),
  )
}

function changed(modules: Comparison['modules']): HTMLElement {
  if (modules === null) return empty('Push both releases with `paceline release push` to see which modules changed.')
  if (modules.length === 0) return empty('The same modules in both.')
  const rows = modules
    .slice(0, 15)
    .map(({ module, change, brotli, owners }) => [module, change, signed(brotli, bytes), owners.join(' ') || UNKNOWN])
  return table('Changed modules', ['changed module', 'how', 'brotli', 'owner'], rows)
}

/** With its sign, where it is not nothing as it is shown. */
function signed(change: number, shown: (size: number) => string): string {
  const size = shown(Math.abs(change))
  if (size === shown(0)) return size
  return `${change < 0 ? '−' : '+'}${size}`
}
