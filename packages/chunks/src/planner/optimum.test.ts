import { describe, expect, it } from 'vitest'
import type { LiveGraph } from '../live-graph.ts'
import { findStandard } from './default-partition.ts'
import { findEarlyModules } from './early-modules.ts'
import { evaluatePartition } from './evaluate-plan.ts'
import { makeOrderCheck } from './order-faults.ts'
import { hasCycle, importsBetween, type Partition, partitionBy } from './partition.ts'
import { planChunks } from './plan-chunks.ts'
import { findReach, type Reach } from './reach.ts'
import type { PlanSettings } from './settings.ts'
import { syntheticGraph } from './synthetic-graph.ts'

const MOST_COMPONENTS = 8
const GRAPHS = 40

describe.each([0, 0.5])('the plan for %d returning visitors', (returning) => {
  const settings: PlanSettings = {
    strategy: 'planned',
    returning,
    maxInitialRequests: 12,
    maxRouteRequests: 20,
    minChunkSize: 0,
    stable: false,
    groups: [],
  }

  it(
    'costs little more than the best of all partitions, on graphs small enough to try them all',
    { timeout: 120_000 },
    () => {
      const gaps = smallGraphs().map(
        (graph) => planChunks(graph, settings).figures.cost / bestCost(graph, settings) - 1,
      )
      expect(gaps).toHaveLength(GRAPHS)
      // Below zero would be a plan that breaks a rule which the search keeps to.
      expect(Math.min(...gaps)).toBeGreaterThan(-1e-9)
      expect(Math.max(...gaps)).toBeLessThan(0.02)
      expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(0.002)
    },
  )
})

/** Random graphs with few enough components. */
function smallGraphs(): LiveGraph[] {
  const graphs: LiveGraph[] = []
  for (let seed = 0; graphs.length < GRAPHS; seed++) {
    const app = {
      modules: 10 + (seed % 4),
      routes: 2 + (seed % 2),
      nested: seed % 2,
      packages: 2,
      effects: (seed % 3) * 0.2,
      cycles: 0.05,
      seed,
    }
    const graph = syntheticGraph(app)
    const { members } = findReach(graph).components
    if (members.length > 4 && members.length <= MOST_COMPONENTS) graphs.push(graph)
  }
  return graphs
}

/** The least cost of all partitions that keep to the rules. */
function bestCost(graph: LiveGraph, settings: PlanSettings): number {
  const reach = findReach(graph)
  const standard = findStandard(graph)
  const findFaults = makeOrderCheck(graph, reach, standard)
  const known = evaluatePartition(graph, reach, standard.partition, settings)
  const costs = [...allPartitions(graph, reach)].flatMap((partition) => {
    const figures = evaluatePartition(graph, reach, partition, settings)
    const isWorse = figures.routes.some(({ bytes, requests }, index) => {
      const route = known.routes[index] as (typeof known.routes)[number]
      return bytes > route.bytes + 0.5 || requests > route.requests
    })
    const isRight =
      !isWorse &&
      !hasCycle(importsBetween(graph, partition)) &&
      findEarlyModules(graph, partition).length === 0 &&
      findFaults(partition).length === 0
    return isRight ? [figures.cost] : []
  })
  return Math.min(...costs)
}

/** Every way to divide the components, as strings of restricted growth. */
function* allPartitions(graph: LiveGraph, { components }: Reach): Generator<Partition> {
  const labels = components.members.map(() => 0)
  const entries = new Set(graph.entries)
  for (;;) {
    const partition = partitionBy(graph.modules.length, (module) => labels[components.of[module] as number] as number)
    const isPossible = partition.chunks.every((modules) => modules.filter((module) => entries.has(module)).length < 2)
    if (isPossible) yield partition
    let at = labels.length - 1
    while (at > 0 && (labels[at] as number) > Math.max(...labels.slice(0, at))) labels[at--] = 0
    if (at === 0) return
    labels[at] = (labels[at] as number) + 1
  }
}
