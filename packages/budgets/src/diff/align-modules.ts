import type { BuildReport } from '@paceline/build-graph'
import { compare } from './sizes.ts'

/**
 * Pairs the modules of two builds. Ids are paths, so most are equal; but pnpm writes versions and peers into the path
 * (`node_modules/.pnpm/react@19.0.0/node_modules/react/index.js`), and a copy may move up or down `node_modules`.
 * Equal ids are paired first, what is left by its path inside its package when that is unambiguous.
 *
 * @returns old id → new id, for every module that has a partner
 */
export function alignModules(before: BuildReport, after: BuildReport): Map<string, string> {
  const old = idsOf(before)
  const now = idsOf(after)
  const pairs = new Map<string, string>()
  for (const id of old) if (now.has(id)) pairs.set(id, id)
  const left = byInnerPath([...old].filter((id) => !now.has(id)))
  const come = byInnerPath([...now].filter((id) => !old.has(id)))
  for (const [path, ids] of left) {
    const partners = come.get(path)
    if (ids.length === 1 && partners?.length === 1) pairs.set(ids[0]!, partners[0]!)
  }
  return pairs
}

function idsOf(report: BuildReport): Set<string> {
  const shares = report.chunks.flatMap((chunk) => chunk.modules)
  return new Set([...report.modules, ...shares].map(({ id }) => id))
}

function byInnerPath(ids: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const id of [...ids].sort(compare)) {
    const start = id.lastIndexOf('node_modules/')
    if (start < 0) continue
    const path = id.slice(start)
    const group = groups.get(path)
    if (group) group.push(id)
    else groups.set(path, [id])
  }
  return groups
}
