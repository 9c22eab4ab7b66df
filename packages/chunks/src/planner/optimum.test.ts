import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, it } from 'vitest'
import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { findStandard } from './default-partition.ts'
import { findEarlyModules } from './early-modules.ts'
import { evaluatePartition } from './evaluate-plan.ts'
import { makeOrderCheck } from './order-faults.ts'
import { hasCycle, importsBetween, type Partition, partitionBy } from './partition.ts'
import { planChunks } from './plan-chunks.ts'
import { findReach, type Reach } from './reach.ts'
import { MAX_WASTE, type PlanSettings } from './settings.ts'
import { inSourceOrder } from './synthetic-graph.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

const GRAPHS = 24

describe.each([0, 0.5])('the plan for %d returning visitors', (returning) => {
  const settings: PlanSettings = { ...PLAN_SETTINGS, returning, minChunkSize: 0 }

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
      expect(Math.max(...gaps)).toBeLessThan(0.005)
      expect(gaps.filter((gap) => gap < 1e-9).length).toBeGreaterThan(GRAPHS * 0.9)
    },
  )
})

/** A main module, pages and a dialog, and modules of all sizes that some of them share: eight or nine components. */
function smallGraphs(): LiveGraph[] {
  return Array.from({ length: GRAPHS }, (_graph, seed) => {
    const random = seeded(seed)
    const shared = 3 + (seed % 2)
    const pages = [1, 2, 3]
    const dialog = 4
    const some = (from: number, share: number) =>
      Array.from({ length: shared }, (_module, index) => 5 + index).filter(
        (module) => module >= from && random() < share,
      )
    const moduleOf = (index: number): LiveModule => {
      const isShared = index > dialog
      const isPackage = isShared && random() < 0.4
      const brotli = Math.ceil(index === 0 ? 60_000 : 20 + 6000 * random() ** 4)
      const targets = index === 0 ? pages : index === 1 + (seed % 3) ? [dialog] : []
      return {
        id: `src/m${index}.ts`,
        key: `src/m${index}.ts`,
        kind: 'js',
        size: { raw: brotli * 3, brotli },
        imports: some(isShared ? index + 1 : 0, index === 0 ? 0.15 : isShared ? 0.2 : 0.6),
        dynamicImports: targets,
        effects: random() < 0.15,
        volatility: isPackage ? `package:p${index}` : targets.length > 0 ? 'importer' : 'app',
      }
    }
    const modules = Array.from({ length: 5 + shared }, (_module, index) => moduleOf(index))
    const scenarios = pages.map((page) => ({ id: `/page-${page}`, weight: 1, roots: [0, page] }))
    return inSourceOrder(modules, [0], [{ id: 'entry', weight: 1, roots: [0] }, ...scenarios])
  })
}

/** The least cost of all partitions that keep to the rules. */
function bestCost(graph: LiveGraph, settings: PlanSettings): number {
  const reach = findReach(graph)
  const standard = findStandard(graph)
  const findFaults = makeOrderCheck(graph, reach, standard)
  const known = evaluatePartition(graph, reach, standard.partition, settings)
  const costs = [...allPartitions(graph, reach)].flatMap((partition) => {
    const figures = evaluatePartition(graph, reach, partition, settings)
    const isWorse = figures.routes.some(({ bytes, requests, waste, bound }, index) => {
      const route = known.routes[index] as (typeof known.routes)[number]
      return bytes > route.bytes + 0.5 || requests > route.requests || waste > bound * MAX_WASTE
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
