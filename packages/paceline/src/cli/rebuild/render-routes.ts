import { formatBytes, formatDelta } from '@paceline/kit'
import type pc from 'picocolors'
import type { RouteComparison } from './compare-loads.ts'

type Colors = ReturnType<typeof pc.createColors>

const LISTED = 8
/** Of these the routes that lose most by the change: what is bought is not to be seen without its price. */
const WORST = 3

/**
 * The routes with a figure each, what saves most first, and at the end what costs most. Routes that change alike, as they do when the first
 * load changes, are one line.
 */
export function routeLines(routes: readonly RouteComparison[], colors: Colors): string[] {
  const changed = routes.filter((route) => change(route) !== '±0 B')
  const groups = Map.groupBy(changed, (route) => `${route.before?.brotli} ${route.after?.brotli}`)
  const rows = [...groups.values()].map((group) => {
    const names = group.map(({ id }) => id)
    const name = names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ')
    return { name, ...group[0]! }
  })
  const worst = rows.length > LISTED ? rows.slice(-WORST).filter(({ saves }) => saves < 0) : []
  const best = rows.slice(0, LISTED - worst.length)
  const listed = [...best, ...worst]
  const width = Math.max(0, ...listed.map(({ name }) => name.length))
  const lines = listed.map((row) => `  ${row.name.padEnd(width)}  ${figures(row)}  ${change(row)}${requests(row)}`)
  const more = rows.length - listed.length
  if (more > 0) lines.splice(best.length, 0, colors.dim(`  … and ${more} more; --json lists all`))
  const same = routes.length - changed.length
  if (same > 0) lines.push(colors.dim(`  ${same} ${same === 1 ? 'route is' : 'routes are'} the same`))
  return lines
}

function figures({ before, after }: RouteComparison): string {
  return `${before ? formatBytes(before.brotli) : 'no such route'} → ${after ? formatBytes(after.brotli) : 'no such route'}`
}

function change({ before, after, saves }: RouteComparison): string {
  return before && after ? formatDelta(-saves) : after ? 'new' : 'gone'
}

function requests({ before, after }: RouteComparison): string {
  const more = (after?.requests ?? 0) - (before?.requests ?? 0)
  if (!before || !after || more === 0) return ''
  return `, ${more > 0 ? `+${more}` : `−${-more}`} ${Math.abs(more) === 1 ? 'request' : 'requests'}`
}
