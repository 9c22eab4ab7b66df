import type { LiveGraph, LiveModule } from '../live-graph.ts'
import type { ChunkPlan, PlannedChunk } from '../plan.ts'
import { findComponents } from './components.ts'
import { nameChunks } from './name-chunks.ts'
import { importsBetween, type Partition } from './partition.ts'
import type { Reach } from './reach.ts'
import type { PlanSettings } from './settings.ts'

/** The partition as a plan: named, sorted, every chunk after what it imports. */
export function describeChunks(
  graph: LiveGraph,
  reach: Reach,
  partition: Partition,
  groupOf: Int32Array,
  settings: PlanSettings,
): ChunkPlan {
  const imports = importsBetween(graph, partition)
  const groups = partition.chunks.map(([module]) => groupOf[reach.components.of[module as number] as number] as number)
  const entries = new Set(graph.entries)
  const kinds = partition.chunks.map((modules, chunk): PlannedChunk['kind'] => {
    if (modules.some((module) => entries.has(module))) return 'entry'
    return groups[chunk] === -1 ? 'planned' : 'group'
  })
  const fixed = groups.map((group) => settings.groups[group]?.name)
  const names = nameChunks(graph, reach, partition, fixed, settings.previous)
  const order = findComponents(imports).members.flat()
  return {
    chunks: order.map((chunk) => ({
      name: names[chunk] as string,
      modules: (partition.chunks[chunk] as readonly number[])
        .map((module) => (graph.modules[module] as LiveModule).key)
        .sort(),
      kind: kinds[chunk] as PlannedChunk['kind'],
      imports: (imports[chunk] as readonly number[]).map((target) => names[target] as string).sort(),
    })),
  }
}
