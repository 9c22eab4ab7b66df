import type { DeliveryReport } from '@paceline/build-graph'
import { fill, formatBytes } from '@paceline/kit'

const COLUMNS = 100
const INDENT = 4

/** The block that a build prints, or nothing when there is no release to compare with. */
export function deliverySummary({ releases, routes, changes, deltas }: DeliveryReport): string | undefined {
  const [, before, ...older] = releases
  if (!before) return undefined
  const kept = `${older.length + 1} earlier ${older.length === 0 ? 'release' : 'releases'} kept, newest ${before.release}`
  return [
    `paceline delivery: ${kept}`,
    ...(changes.length > 0 ? [causes(changes)] : []),
    `  ${deltas.kept} deltas, ${formatBytes(deltas.keptBytes)}${deltas.dropped > 0 ? `; ${deltas.dropped} dropped, brotli is hardly larger` : ''}`,
    ...worstRoute(routes, before.release),
  ].join('\n')
}

function causes(changes: DeliveryReport['changes']): string {
  const counts = new Map<string, number>()
  const by = new Map<string, Set<string>>()
  for (const { cause, by: names } of changes) {
    counts.set(cause, (counts.get(cause) ?? 0) + 1)
    // Of a cascade the other lines tell what set it off.
    const known = by.get(cause) ?? new Set()
    if (cause !== 'cascade') for (const name of names) known.add(name)
    by.set(cause, known)
  }
  const items = [...counts].map(([cause, count]) => {
    const names = [...by.get(cause)!]
    const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
    return names.length === 0 ? `${count} ${cause}` : `${count} ${cause} (${names.slice(0, 3).join(', ')}${more})`
  })
  return fill(`  ${changes.length} hashed files changed: `, items, COLUMNS, INDENT)
}

/** The route where coming back costs most. */
function worstRoute(routes: DeliveryReport['routes'], release: string): string[] {
  const visits = routes.map((route) => ({ ...route, back: route.returning.find((one) => one.release === release)! }))
  const worst = visits.filter(({ back }) => back).toSorted((a, b) => b.back.brotli - a.back.brotli)[0]
  if (!worst || worst.back.brotli === 0) return []
  const { back } = worst
  return [
    `  returning to ${worst.id}: ${formatBytes(back.deltas)} with deltas, ${formatBytes(back.brotli)} without, ${formatBytes(worst.new)} for a new visitor (brotli)`,
  ]
}
