import { planChunks } from '../../packages/chunks/src/planner/plan-chunks.ts'
import { syntheticGraph } from '../../packages/chunks/src/planner/synthetic-graph.ts'
import { PLAN_SETTINGS } from '../../packages/chunks/src/planner/testing/plan-settings.ts'
import { quantile } from '../lib/statistics.ts'

/**
 * How long planning takes on graphs made of numbers: `node bench/chunks/planner-speed.ts`. The analysis build before it is not part of
 * it. Wall time says what a quiet machine takes; CPU time says the same on a busy one, with the collector's threads in it.
 */

/** What is asked for; a graph has about four fifths of it, since nothing reaches the rest. */
const SIZES = [1_250, 6_250, 25_000]
const SEEDS = [1, 2, 3]

/** One size of graph, medians over the seeds. */
export interface PlannerSpeed {
  readonly modules: number
  readonly routes: number
  readonly chunks: number
  /** Milliseconds. */
  readonly wall: number
  readonly cpu: number
}

export interface PlannerSpeeds {
  readonly sizes: readonly PlannerSpeed[]
  /** Exponent of the number of modules, by least squares over the logarithms of CPU time: 1 is linear, 2 quadratic. */
  readonly slope: number
}

export function measurePlannerSpeed(): PlannerSpeeds {
  planOf(SIZES[0] as number, 0)
  const sizes = SIZES.map((size) => {
    const runs = SEEDS.map((seed) => planOf(size, seed))
    const median = (key: keyof PlannerSpeed) =>
      quantile(
        runs.map((run) => run[key]),
        0.5,
      )
    return {
      modules: median('modules'),
      routes: median('routes'),
      chunks: median('chunks'),
      wall: median('wall'),
      cpu: median('cpu'),
    }
  })
  return { sizes, slope: slopeOf(sizes.map(({ modules, cpu }) => [Math.log(modules), Math.log(cpu)])) }
}

function planOf(size: number, seed: number): PlannerSpeed {
  const graph = syntheticGraph({
    modules: size,
    routes: 100,
    nested: Math.round(size / 200),
    packages: Math.round(size / 30),
    effects: 0.08,
    seed,
  })
  const before = process.cpuUsage()
  const start = performance.now()
  const { plan } = planChunks(graph, PLAN_SETTINGS)
  const wall = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  const routes = graph.scenarios.length
  return { modules: graph.modules.length, routes, chunks: plan.chunks.length, wall, cpu: (user + system) / 1000 }
}

function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const x = mean(points.map(([value]) => value))
  const y = mean(points.map(([, value]) => value))
  const shared = mean(points.map(([a, b]) => (a - x) * (b - y)))
  return shared / mean(points.map(([a]) => (a - x) ** 2))
}

export function renderPlannerSpeed({ sizes, slope }: PlannerSpeeds): string {
  const rows = sizes.map(
    ({ modules, routes, chunks, wall, cpu }) =>
      `| ${[modules, routes, chunks].map((value) => value.toLocaleString('en')).join(' | ')} | ${(wall / 1000).toFixed(2)} s | ${(cpu / 1000).toFixed(2)} s |`,
  )
  return [
    '| modules | scenarios | chunks | wall | CPU |',
    '| ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    `CPU grows with the number of modules to the power of ${slope.toFixed(2)}.`,
    '',
  ].join('\n')
}

if (import.meta.main) process.stdout.write(renderPlannerSpeed(measurePlannerSpeed()))
