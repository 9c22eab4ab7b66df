import { chunksError } from '../errors.ts'
import type { LiveGraph, LiveModule } from '../live-graph.ts'
import type { ChunkPlan, PlanFigures } from '../plan.ts'
import { makeContext } from './chunk-pool.ts'
import { defaultPartition, findStandard, type Standard } from './default-partition.ts'
import { describeChunks } from './describe-chunks.ts'
import { type Effects, findEffects } from './effects.ts'
import { evaluatePartition } from './evaluate-plan.ts'
import { findCeilings, findRequestLimits } from './find-limits.ts'
import { freezeFaults, type Frozen, NOTHING_FROZEN } from './frozen.ts'
import { assignGroups } from './groups.ts'
import { type MergedUnits, mergeUnits } from './merge-units.ts'
import { makeOrderCheck, type OrderFault } from './order-faults.ts'
import { hasCycle, importsBetween, type Partition } from './partition.ts'
import { findReach, type Reach, signatureOf } from './reach.ts'
import type { PlanSettings } from './settings.ts'
import { findUnits } from './units.ts'
import { findVendor, holdOrder, VENDOR, vendorPartition } from './vendor-partition.ts'

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
 * @throws {PacelineError} `PACELINE_GROUP_NO_MATCH`, `PACELINE_GROUP_CYCLE`, `PACELINE_GROUP_ONLY_STYLES`, `PACELINE_VENDOR_ORDER`
 */
export function planChunks(graph: LiveGraph, settings: PlanSettings): PlannedApp {
  const reach = findReach(graph)
  const app: App = { graph, reach, settings, groupOf: assignGroups(graph, reach, settings.groups) }
  if (settings.strategy === 'vendor') return planVendor(app)
  const standard = findStandard(graph)
  const findFaults = makeOrderCheck(graph, reach, standard)
  const effects = findEffects(graph, reach, standard.partition)
  let frozen = NOTHING_FROZEN
  for (let round = 1; ; round++) {
    const { partition, remarks } = planOnce(app, standard.partition, effects, frozen)
    const faults = findFaults(partition)
    if (faults.length === 0 && !hasCycle(importsBetween(graph, partition))) {
      return orDefault(app, finish(app, partition, remarks), standard, findFaults)
    }
    refuseStyleGroup(app, faults)
    if (round === ROUNDS) return giveUp(app, partition, standard, faults)
    frozen = freezeFaults(reach, partition, frozen, faults)
  }
}

function planVendor({ graph, reach, settings }: App): PlannedApp {
  const standard = findStandard(graph)
  const findFaults = makeOrderCheck(graph, reach, standard)
  const isVendor = holdOrder(graph, reach, findVendor(graph, reach), (held) =>
    findFaults(vendorPartition(reach, held, standard.partition)),
  )
  const app: App = {
    graph,
    reach,
    groupOf: Int32Array.from(isVendor, (is) => (is ? 0 : -1)),
    settings: { ...settings, groups: [{ name: VENDOR, matches: () => false }] },
  }
  return finish(app, vendorPartition(reach, isVendor, standard.partition), [])
}

interface App {
  readonly graph: LiveGraph
  readonly reach: Reach
  readonly settings: PlanSettings
  /** Component → group of the user, or −1. */
  readonly groupOf: Int32Array
}

function planOnce(
  { graph, reach, settings, groupOf }: App,
  standard: Partition,
  effects: Effects,
  frozen: Frozen,
): MergedUnits {
  const { signatures } = frozen
  const fixed = [...groupOf].map((group, component) => group !== -1 || signatures.has(signatureOf(reach, component)))
  const context = makeContext(graph, reach, settings, fixed, effects)
  const { tainted } = context
  const units = findUnits({ graph, reach, groupOf, standard, frozen, effects, tainted })
  return mergeUnits(context, units, standard)
}

/** The default's chunks, where nobody asked for anything that they do not give, and somebody would be worse off without them. */
function orDefault(
  app: App,
  planned: PlannedApp,
  standard: Standard,
  findFaults: (ours: Partition) => unknown[],
): PlannedApp {
  const { settings } = app
  if (settings.stable || settings.groups.length > 0) return planned
  const known = finish(app, standard.partition, planned.remarks)
  const isAllowed = known.figures.routes.every(({ requests }) => requests <= findRequestLimits(settings).route)
  const ceilings = findCeilings(known.figures, settings)
  const isWorse = planned.figures.routes.some(({ bytes, requests }, index) => {
    const route = ceilings[index] as PlanFigures['routes'][number]
    return bytes > route.bytes + 1 || requests > route.requests
  })
  const isWanted = known.figures.cost < planned.figures.cost || (isAllowed && isWorse)
  return isWanted && findFaults(standard.partition).length === 0 ? known : planned
}

/** @throws `PACELINE_GROUP_ONLY_STYLES` for a group that would come behind what overrules it */
function refuseStyleGroup({ graph, reach, settings, groupOf }: App, faults: readonly OrderFault[]): void {
  const keyOf = (module: number) => (graph.modules[module] as LiveModule).key
  for (const { ranFirst, ranSecond, alone } of faults) {
    const group = settings.groups[groupOf[reach.components.of[ranSecond] as number] as number]
    if (alone && group) throw chunksError('PACELINE_GROUP_ONLY_STYLES', [group.name, keyOf(ranFirst), keyOf(ranSecond)])
  }
}

function giveUp(app: App, partition: Partition, standard: Standard, faults: readonly OrderFault[]): PlannedApp {
  if (app.settings.groups.length === 0) {
    return finish(app, standard.partition, ['The order of execution could only be kept by the default chunks.'])
  }
  const keyOf = (module: number) => (app.graph.modules[module] as LiveModule).key
  return finish(
    app,
    partition,
    faults.map(
      ({ ranFirst, ranSecond }) => `\`${keyOf(ranFirst)}\` runs before \`${keyOf(ranSecond)}\` because of the groups.`,
    ),
  )
}

function finish(
  { graph, reach, settings, groupOf }: App,
  partition: Partition,
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
  const groupOf = new Int32Array(reach.components.members.length).fill(-1)
  return finish({ graph, reach, settings, groupOf }, defaultPartition(graph), [])
}
