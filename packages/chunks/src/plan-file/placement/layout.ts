import type { Noticed } from '../linking/link-modules.ts'
import { indexLines, type LineIndex } from '../lines.ts'
import type { StoredChunk } from '../stored-plan.ts'
import type { BundledGraph, BundledModule } from './bundled-graph.ts'

/** Where the modules lie while their places are still being found. The only thing here that changes. */
export interface Layout {
  readonly graph: BundledGraph
  readonly lines: LineIndex
  /** Chunks of the plan in its order, then new ones. */
  readonly chunks: LayoutChunk[]
  /** Module → chunk, −1 for none. */
  readonly chunkOf: Int32Array
  /** Module → the modules that it is taken to need, those that it only mentions left out. Nothing for a module without a place. */
  readonly needs: (readonly number[])[]
  /** Name of the group that the user put a module in. */
  readonly groupOf: (module: number) => string | undefined
  /** Absent where it is not asked what others notice. */
  readonly noticed?: Noticed<number> | undefined
  /** Module → modules that need it. */
  readonly neededBy: (readonly number[])[]
}

/** The same layout, in which it is asked what others notice. */
export function noticing(layout: Layout, { inOrder, asks, atAll }: Noticed): Layout {
  const idOf = (module: number): string => layout.graph.modules[module]?.id ?? ''
  const noticed = {
    inOrder: (module: number) => inOrder(idOf(module)),
    asks: (module: number) => asks(idOf(module)),
    atAll: (module: number) => atAll(idOf(module)),
  }
  return { ...layout, noticed }
}

/** Name of the group of the options that a module matches. */
export type GroupOf = (module: BundledModule) => string | undefined

export interface LayoutChunk {
  readonly name: string
  readonly kind: StoredChunk['kind']
  readonly shared?: StoredChunk['shared'] | undefined
  /**
   * Chunks that it imports according to the plan although no module of it names one there: the import goes through a barrel that is not
   * part of the output, or of which only this is used.
   */
  readonly hidden: Set<number>
}

/** Puts every module where a line of the plan has it; what no line covers, and what tree shaking took out, has no place yet. */
export function layOut(
  graph: BundledGraph,
  stored: readonly StoredChunk[],
  groupOf: GroupOf = () => undefined,
): Layout {
  const lines = indexLines(stored)
  const home = graph.modules.map((module) => (module.removed === true ? -1 : (lines.chunkOf(module.key) ?? -1)))
  const numberOf = new Map(stored.map(({ name }, index) => [name, index]))
  const needs = graph.imports.map((targets, index): readonly number[] => {
    const { key, removed } = graph.modules[index] as { key: string; removed?: boolean }
    if (removed === true) return []
    const mentioned = stored[home[index] as number]?.mentions[key]
    const skipped = new Set(mentioned?.map((name) => numberOf.get(name)))
    return targets.filter((target) => graph.modules[target]?.removed !== true && !skipped.has(home[target]))
  })
  const layout: Layout = {
    graph,
    lines,
    chunks: stored.map(({ name, kind, shared }) => ({ name, kind, shared, hidden: new Set() })),
    chunkOf: Int32Array.from(home),
    needs,
    neededBy: reversed(needs),
    groupOf: (module) => groupOf(graph.modules[module] as BundledModule),
  }
  const seen = chunkImports(layout)
  const modules = modulesByChunk(layout)
  for (const [index, { imports }] of stored.entries()) {
    const unseen = imports
      .map((name) => numberOf.get(name) as number)
      .filter((target) => !seen[index]?.includes(target))
    if (unseen.length === 0) continue
    const reached = new Set(throughBarrels(layout, modules[index] as readonly number[]).map((module) => home[module]))
    for (const target of unseen) if (reached.has(target)) layout.chunks[index]?.hidden.add(target)
  }
  return layout
}

/** What modules may import by way of others: whatever a chain of removed or merely mentioned modules leads to. */
export function throughBarrels({ graph, needs }: Layout, own: readonly number[]): number[] {
  const start = new Set(own)
  const importsOf = (module: number): readonly number[] => graph.imports[module] as readonly number[]
  const mentionsOf = (module: number): readonly number[] => {
    const needed = needs[module] as readonly number[]
    return needed.length === importsOf(module).length
      ? []
      : importsOf(module).filter((target) => !needed.includes(target))
  }
  // Of what is imported and not used the stylesheets are left, and whatever else it runs.
  const unused = own.flatMap(mentionsOf).filter((target) => graph.modules[target]?.removed !== true)
  const passed = new Set(walk(unused, importsOf))
  const isPassed = (module: number): boolean =>
    start.has(module) || passed.has(module) || graph.modules[module]?.removed === true
  return walk(own, (module) => (isPassed(module) ? importsOf(module) : mentionsOf(module)))
}

/** All that can be reached, the beginning included. */
export function walk(start: readonly number[], next: (module: number) => readonly number[]): number[] {
  const seen = new Set(start)
  for (const module of seen) for (const target of next(module)) seen.add(target)
  return [...seen]
}

function reversed(needs: readonly (readonly number[])[]): number[][] {
  const result = needs.map((): number[] => [])
  for (const [index, targets] of needs.entries()) for (const target of targets) result[target]?.push(index)
  return result
}

/** Chunk → chunks that it imports. */
export function chunkImports({ chunks, chunkOf, needs }: Layout): number[][] {
  const imports = chunks.map(({ hidden }) => new Set(hidden))
  for (const [index, targets] of needs.entries()) {
    const own = chunkOf[index] as number
    if (own === -1) continue
    for (const target of targets) {
      const other = chunkOf[target] as number
      if (other !== -1 && other !== own) imports[own]?.add(other)
    }
  }
  return imports.map((set) => [...set])
}

export function modulesByChunk({ chunks, chunkOf }: Layout): number[][] {
  const modules = chunks.map((): number[] => [])
  for (const [index, chunk] of chunkOf.entries()) modules[chunk]?.push(index)
  return modules
}
