import type { StoredChunk } from '../stored-plan.ts'
import { type Layout, walk } from './layout.ts'

/**
 * Brings modules of the app that were lazy, and are now imported on the way from the entry, into the chunk of the entry. Chunks run before those
 * that import them, so where the plan has them they would run, and their stylesheets apply, before all that the entry has in front of
 * them. Groups keep their places, packages that do nothing by themselves too, and everything in apps of several entries, which might get
 * each other's.
 *
 * @param isPure whether a module is declared free of side effects
 */
export function joinEager(
  { graph, chunks, chunkOf, needs }: Layout,
  stored: readonly StoredChunk[],
  isPure: (id: string) => boolean,
): void {
  const [entry, ...others] = graph.modules.flatMap(({ entry }, module) => (entry ? [module] : []))
  const home = entry === undefined ? -1 : (chunkOf[entry] as number)
  if (entry === undefined || others.length > 0 || home === -1) return
  const numberOf = new Map(stored.map(({ name }, chunk) => [name, chunk]))
  const known = walk([home], (chunk) => stored[chunk]?.imports.map((name) => numberOf.get(name) as number) ?? [])
  const stays = new Set([...known, -1, ...chunks.flatMap(({ kind }, chunk) => (kind === 'group' ? [chunk] : []))])
  const eager = walk([entry], (importer) => needs[importer] as readonly number[])
  // Who waits for a lazy module while it starts must not lie in a chunk that this one imports.
  if (eager.some((module) => graph.modules[module]?.awaits === true)) return
  for (const module of eager) {
    if (stays.has(chunkOf[module] as number)) continue
    const id = graph.modules[module]?.id ?? ''
    if (!/[\\/]node_modules[\\/]/.test(id) || !isPure(id)) chunkOf[module] = home
  }
}
