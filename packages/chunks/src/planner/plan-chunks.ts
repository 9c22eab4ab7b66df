import type { LiveGraph } from '../live-graph.ts'
import type { ChunkPlan, PlanFigures } from '../plan.ts'
import { defaultPartition } from './default-partition.ts'
import { evaluatePartition } from './evaluate-plan.ts'
import { makeContext } from './chunk-pool.ts'
import { assignGroups } from './groups.ts'
import { mergeUnits } from './merge-units.ts'
import { findEffects } from './effects.ts'
import { describeChunks } from './describe-chunks.ts'
import { findBehind, freezeFaults, NOTHING_FROZEN } from './frozen.ts'
import { findOrderFaults } from './order-faults.ts'
import { hasCycle, importsBetween, type Partition } from './partition.ts'
import { findReach, type Reach, signatureOf } from './reach.ts'
import type { PlanSettings } from './settings.ts'
import { findUnits } from './units.ts'
import { vendorPartition } from './vendor-partition.ts'

/** Attempts to keep the order of execution before everything is left to the default. */
const ROUNDS = 12

export interface PlannedApp {
  readonly plan: ChunkPlan
  readonly figures: PlanFigures
  /** Limits that could not be kept, and why. Full sentences. */
  readonly remarks: readonly string[]
}

/**
 * A partition of the modules into chunks that is expected to cost visitors least, see `docs/decisions/0004-chunk-planner.md`.
 * Same input, same plan.
 *
 * @throws {PacelineError} `PACELINE_GROUP_NO_MATCH`, `PACELINE_GROUP_CYCLE`
 */
export function planChunks(graph: LiveGraph, settings: PlanSettings): PlannedApp {
  const reach = findReach(graph)
  const groupOf = assignGroups(graph, reach, settings.groups)
  if (settings.strategy === 'vendor') return finish(graph, reach, vendorPartition(graph, reach), groupOf, settings, [])
  let frozen = NOTHING_FROZEN
  const standard = defaultPartition(graph)
  const effects = findEffects(graph, reach, standard)
  for (let round = 0; round < ROUNDS; round++) {
    const { signatures } = frozen
    const fixed = [...groupOf].map((group, component) => group !== -1 || signatures.has(signatureOf(reach, component)))
    const behind = findBehind(reach, frozen.barriers)
    const units = findUnits(graph, reach, groupOf, standard, frozen, behind, effects)
    const { partition, remarks } = mergeUnits(makeContext(graph, reach, settings, fixed, effects), units, standard)
    const faults = findOrderFaults(graph, reach, standard, partition)
    if (faults.length === 0 && !hasCycle(importsBetween(graph, partition))) {
      const planned = finish(graph, reach, partition, groupOf, settings, remarks)
      const fallback = settings.groups.length === 0 && !settings.stable && standardIsTrue(graph, reach, standard)
      const known = planDefault(graph, settings)
      return fallback && known.figures.cost < planned.figures.cost ? { ...known, remarks: planned.remarks } : planned
    }
    frozen = freezeFaults(reach, partition, frozen, faults)
  }
  return finish(graph, reach, standard, groupOf, settings, [
    'The order of execution could only be kept by the default chunks.',
  ])
}

/** Whether the default's chunks, made by a plan, run in the order in which the bundler's own would. */
function standardIsTrue(graph: LiveGraph, reach: Reach, standard: Partition): boolean {
  return findOrderFaults(graph, reach, standard, standard).length === 0
}

function finish(
  graph: LiveGraph,
  reach: Reach,
  partition: Partition,
  groupOf: Int32Array,
  settings: PlanSettings,
  remarks: readonly string[],
): PlannedApp {
  return {
    plan: describeChunks(graph, reach, partition, groupOf, settings),
    figures: evaluatePartition(graph, reach, partition, settings),
    remarks,
  }
}

/** The plan that Vite's default amounts to, to compare with. */
export function planDefault(graph: LiveGraph, settings: PlanSettings): PlannedApp {
  const reach = findReach(graph)
  const none = new Int32Array(reach.components.members.length).fill(-1)
  return finish(graph, reach, defaultPartition(graph), none, settings, [])
}
