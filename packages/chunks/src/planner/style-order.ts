import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { isMereStyle } from '../mere-styles.ts'
import { type ImportOrder, orderedImports, runChunks } from './execution-order.ts'
import { loadedWith, type Partition } from './partition.ts'

/** What is loaded, and the modules that have run before. */
export interface StyleWay {
  readonly roots: readonly number[]
  readonly before: readonly number[]
}

/**
 * The stylesheets of a way to load the app in the order in which the page has them: as their chunks run, but a chunk of nothing but
 * stylesheets comes behind what imports it. Nothing where there is no such chunk.
 *
 * @param leads See {@link orderedImports}.
 */
export function stylesInOrder(
  graph: LiveGraph,
  partition: Partition,
  order: ImportOrder,
  leads: readonly number[],
): ((way: StyleWay) => number[]) | undefined {
  const { chunks, chunkOf } = partition
  const isAlone = chunks.map((modules) => isOnlyStyles(graph, modules))
  if (!isAlone.includes(true)) return undefined
  const imports = orderedImports(graph, partition, order, leads)
  const scripts = imports.map((targets) => targets.filter((target) => !isAlone[target]))
  const alone = imports.map((targets) => targets.filter((target) => isAlone[target]))
  const isStyle = (module: number) => {
    const { effects, kind } = graph.modules[module] as LiveModule
    return effects && kind === 'css'
  }
  return ({ roots, before }) => {
    const loaded = loadedWith(imports, new Set(before.map((module) => chunkOf[module] as number)))
    const ran = runChunks(partition, scripts, roots, loaded)
    const order = new Set(ran.flatMap((chunk) => [chunk, ...(alone[chunk] as readonly number[])]))
    return [...order]
      .filter((chunk) => !loaded.has(chunk))
      .flatMap((chunk) => (chunks[chunk] as readonly number[]).filter(isStyle))
  }
}

/** Whether Vite makes a mere stylesheet of a chunk of these modules. */
export function isOnlyStyles(graph: LiveGraph, modules: readonly number[]): boolean {
  return modules.every((module) => isMereStyle((graph.modules[module] as LiveModule).id))
}
