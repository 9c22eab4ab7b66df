import { changedOrder } from './changed-order.ts'
import { chunkCycles } from './chunk-cycles.ts'
import type { ChunkFault } from './chunk-fault.ts'
import { deadlocks } from './deadlocks.ts'
import { earlyModules } from './early-modules.ts'
import type { FinishedOutput } from './finished-output.ts'
import { loadings } from './loaded-chunks.ts'
import { outputGraph } from './output-graph.ts'

/** Finds what a finished output does otherwise than its source says, harmless things included. */
export function verifyOutput(output: FinishedOutput): ChunkFault[] {
  const graph = outputGraph(output)
  const all = loadings(graph)
  return [
    ...chunkCycles(graph, all),
    ...(output.grouped ? deadlocks(graph) : []),
    ...earlyModules(graph, all),
    ...(output.grouped ? changedOrder(graph, all) : []),
  ]
}
