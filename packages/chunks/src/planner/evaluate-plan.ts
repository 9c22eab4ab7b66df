import type { LiveGraph, LiveModule } from '../live-graph.ts'
import type { ChunkPlan, PlanFigures } from '../plan.ts'
import { type Bits, eachBit, hasBit } from './bits.ts'
import { bytesOf, chanceOfChange, contentOf, expectedChange, type Updates } from './change.ts'
import { defaultPartition } from './default-partition.ts'
import { importsBetween, loadedWith, type Partition, partitionBy } from './partition.ts'
import { findReach, type Reach } from './reach.ts'
import { overheadOf } from './overhead.ts'
import { holdsNames } from './tainted.ts'
import { NESTED_WEIGHT, type PlanSettings, REQUEST_BYTES } from './settings.ts'

/**
 * What a plan is expected to cost, whoever made it. Modules that the plan does not know lie where the bundler's default puts
 * them; keys that the graph does not know count for nothing.
 */
export function evaluatePlan(graph: LiveGraph, plan: ChunkPlan, settings: PlanSettings): PlanFigures {
  const reach = findReach(graph)
  return evaluatePartition(graph, reach, partitionOf(graph, plan), settings)
}

export function partitionOf(graph: LiveGraph, plan: ChunkPlan): Partition {
  const chunkOf = new Map(plan.chunks.flatMap(({ name, modules }) => modules.map((key) => [key, name] as const)))
  const rest = defaultPartition(graph)
  return partitionBy(
    graph.modules.length,
    (module) => chunkOf.get((graph.modules[module] as LiveModule).key) ?? (rest.chunkOf[module] as number),
  )
}

export function evaluatePartition(
  graph: LiveGraph,
  reach: Reach,
  partition: Partition,
  settings: Pick<PlanSettings, 'returning' | 'mapped' | 'updates'>,
): PlanFigures {
  const imports = importsBetween(graph, partition)
  const chunks = partition.chunks.map((modules) => modules.map((module) => graph.modules[module] as LiveModule))
  const bytes = chunks.map(bytesOf)
  const files = bytes.map((own) => own + overheadOf(own))
  const change =
    settings.mapped === true
      ? chunks.map((modules) => expectedChange(contentOf(modules, false, settings.updates)))
      : cascades(graph, reach, partition, imports, settings.updates)
  const needed = neededBytes(graph, reach)
  const routes = graph.scenarios.map((scenario, index) => {
    const loaded = [...loadedWith(imports, chunksOf(partition, scenario.roots))]
    const shipped = sum(loaded, bytes)
    const bound = needed[index] as number
    return {
      id: scenario.id,
      bytes: sum(loaded, files) - overheadOf(bound),
      requests: loaded.length,
      waste: Math.max(0, shipped - bound),
      bound,
      change: sum(loaded, change),
    }
  })
  const total = graph.scenarios.reduce((weights, { weight }) => weights + weight, 0)
  const { returning } = settings
  const cost = routes.reduce(
    (costs, route, index) => {
      const visit = (1 - returning) * (route.bytes + REQUEST_BYTES * route.requests) + returning * route.change
      return costs + ((graph.scenarios[index] as LiveGraph['scenarios'][number]).weight / total) * visit
    },
    nestedCost(graph, reach, partition, imports, files, change, returning),
  )
  return { routes: routes.map(({ change: _change, ...figures }) => figures), cost }
}

/**
 * Chunk → bytes that the next release is expected to change where chunks hold each other's names: a chunk changes with everything that
 * it imports, directly or not, and with what it, or one of those, loads lazily.
 */
function cascades(
  graph: LiveGraph,
  { components }: Reach,
  { chunks }: Partition,
  imports: readonly (readonly number[])[],
  updates: Updates | undefined,
): number[] {
  const names = holdsNames(graph, components)
  return chunks.map((own, chunk) => {
    const loaded = [...loadedWith(imports, [chunk])].flatMap((one) => chunks[one] as readonly number[])
    const holds = loaded.some((module) => names[components.of[module] as number])
    const modules = loaded.map((module) => graph.modules[module] as LiveModule)
    const bytes = bytesOf(own.map((module) => graph.modules[module] as LiveModule))
    return bytes * chanceOfChange(contentOf(modules, holds, updates))
  })
}

/** What the `import()`s cost that begin no scenario, each counted as a small share of the mean scenario. */
function nestedCost(
  graph: LiveGraph,
  reach: Reach,
  partition: Partition,
  imports: readonly (readonly number[])[],
  files: readonly number[],
  change: readonly number[],
  returning: number,
): number {
  const inScenario = new Set(graph.scenarios.flatMap(({ roots }) => roots))
  let cost = 0
  for (const [index, root] of reach.roots.entries()) {
    if (inScenario.has(root)) continue
    const loaded = [...loadedWith(imports, chunksOf(partition, [root]))].filter((chunk) =>
      (partition.chunks[chunk] as readonly number[]).every(
        (module) => !hasBit(reach.before[reach.components.of[module] as number] as Bits, index),
      ),
    )
    const fresh = sum(loaded, files) + REQUEST_BYTES * loaded.length
    cost += (1 - returning) * fresh + returning * sum(loaded, change)
  }
  return (cost * NESTED_WEIGHT) / graph.scenarios.length
}

function chunksOf({ chunkOf }: Partition, modules: readonly number[]): number[] {
  return modules.map((module) => chunkOf[module] as number)
}

function sum(indices: readonly number[], values: readonly number[]): number {
  return indices.reduce((total, index) => total + (values[index] as number), 0)
}

/** Scenario → bytes of what its roots need. All of it is loaded, whatever the chunks are. */
export function neededBytes(graph: LiveGraph, { components, scenarios }: Reach): number[] {
  const needed = graph.scenarios.map(() => 0)
  for (const [component, modules] of components.members.entries()) {
    const bytes = bytesOf(modules.map((module) => graph.modules[module] as LiveModule))
    for (const scenario of eachBit(scenarios[component] as Bits))
      needed[scenario] = (needed[scenario] as number) + bytes
  }
  return needed
}
