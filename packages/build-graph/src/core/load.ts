import type { ChunkEntry, FileEntry, FileKind, FileSizes, Load } from '../report.ts'

/** Files of one visit and the step of the request waterfall at which each becomes known, 1 = with the HTML. */
export type Waterfall = ReadonlyMap<string, number>

/** Sums up a visit. Files are listed in waterfall order, then by name. */
export function summarize(waterfall: Waterfall, files: ReadonlyMap<string, FileEntry>): Load {
  const listed = [...waterfall].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
  const entries = listed.flatMap(([file]) => files.get(file) ?? [])
  const byKind: Partial<Record<FileKind, FileSizes & { requests: number }>> = {}
  for (const kind of new Set(entries.map((entry) => entry.kind))) {
    const ofKind = entries.filter((entry) => entry.kind === kind)
    byKind[kind] = { requests: ofKind.length, ...sum(ofKind) }
  }
  return {
    requests: entries.length,
    depth: Math.max(0, ...listed.map(([, step]) => step)),
    ...sum(entries),
    byKind,
    files: entries.map((entry) => entry.file),
  }
}

function sum(entries: readonly FileSizes[]): FileSizes {
  const total = { raw: 0, gzip: 0, brotli: 0, zstd: 0 }
  for (const entry of entries) {
    total.raw += entry.raw
    total.gzip += entry.gzip
    total.brotli += entry.brotli
    total.zstd += entry.zstd
  }
  return total
}

/** The chunks of a build by file, and how the browser comes to know of each. */
export interface Loader {
  readonly chunks: ReadonlyMap<string, ChunkEntry>
  readonly preloadsDependencies: boolean
}

/**
 * Adds a chunk, everything it imports statically, and their CSS.
 *
 * @param step when the chunk itself becomes known
 * @param preloaded whether its dependencies become known together with it (Vite's preload lists), or only as each
 * importer arrives
 */
export function addClosure(
  waterfall: Map<string, number>,
  loader: Loader,
  file: string,
  step: number,
  preloaded: boolean,
): void {
  const queue = [{ file, step }]
  const visited = new Set<string>()
  // Breadth first, so that the first visit of a chunk is the earliest.
  for (const visit of queue) {
    if (visited.has(visit.file)) continue
    visited.add(visit.file)
    const known = lower(waterfall, visit.file, visit.step)
    const chunk = loader.chunks.get(visit.file)
    for (const css of chunk?.css ?? []) lower(waterfall, css, known)
    for (const next of chunk?.imports ?? []) queue.push({ file: next, step: preloaded ? known : known + 1 })
  }
}

/** Notes that a file is known at a step, if it was not known before; gives the step that holds. */
function lower(waterfall: Map<string, number>, file: string, step: number): number {
  const earliest = Math.min(waterfall.get(file) ?? step, step)
  waterfall.set(file, earliest)
  return earliest
}

/** The step at which a dynamically imported chunk becomes known: one after the earliest loaded chunk that imports it. */
export function stepOfDynamic(waterfall: Waterfall, loader: Loader, file: string): number {
  let earliest = Infinity
  for (const [loaded, step] of waterfall) {
    if (loader.chunks.get(loaded)?.dynamicImports.includes(file)) earliest = Math.min(earliest, step)
  }
  return earliest === Infinity ? Math.max(0, ...waterfall.values()) + 1 : earliest + 1
}
