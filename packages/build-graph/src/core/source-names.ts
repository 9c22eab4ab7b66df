import { posix } from 'node:path'
import { comparablePath } from '@paceline/kit'
import type { ChunkModule } from './ownership/js-owners.ts'
import { cleanId, normalize } from './paths.ts'

/**
 * Finds the module behind each source of a chunk's map. A source is a path relative to the map's folder without query;
 * a virtual module appears under its bare name, and several modules of one file (`App.vue?vue&type=…`) under the file's.
 *
 * @param sources resolved against the folder of the map
 * @returns for each source the index of its module, -1 for names no module has (maps that packages brought along)
 */
export function sourceModules(sources: readonly string[], modules: readonly ChunkModule[]): number[] {
  const byId = new Map<string, number>()
  for (const [index, module] of modules.entries()) {
    const name = cleanId(nameOf(module.id))
    const known = byId.get(name)
    if (known === undefined || modules[known]!.renderedLength < module.renderedLength) byId.set(name, index)
  }
  // Whoever has the very name of a source is that source, however large `x.js?raw` may be beside it.
  for (const [index, module] of modules.entries()) byId.set(nameOf(module.id), index)
  return sources.map((written) => {
    const source = comparablePath(written)
    return byId.get(source) ?? byId.get(cleanId(source)) ?? virtualModule(source, byId)
  })
}

/** Of one drive, whichever letter it was called by. */
function nameOf(id: string): string {
  return comparablePath(normalize(id))
}

/** A virtual id was taken for a path relative to the map's folder: its name is the tail. */
function virtualModule(source: string, byId: ReadonlyMap<string, number>): number {
  for (let tail = source; tail.includes('/'); tail = tail.slice(tail.indexOf('/') + 1)) {
    const found = byId.get(tail)
    if (found !== undefined && !posix.isAbsolute(tail)) return found
  }
  return -1
}
