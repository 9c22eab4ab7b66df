import { loadVite, viteVersions } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import type { InlineConfig, Plugin, Rollup } from 'vite'
import { chunkOutput } from '../emit/chunk-output.ts'
import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { partitionOf } from './evaluate-plan.ts'
import { executionOrder } from './execution-order.ts'
import { type Partition, partitionBy } from './partition.ts'
import { planChunks } from './plan-chunks.ts'
import { syntheticGraph } from './synthetic-graph.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

const GRAPHS = Array.from({ length: 6 }, (_graph, seed) =>
  syntheticGraph({ modules: 60, routes: 4, nested: 2, packages: 6, effects: 1, cycles: 0, seed }),
)

/** Sorted like the modules: Rolldown walks targets of `import()` in the order of their ids. */
const idOf = (module: number) => `/m${String(module).padStart(4, '0')}.js`

describe.each(viteVersions)('executionOrder on Vite %s', (version) => {
  it('is what the chunks of a default build say', { timeout: 60_000 }, async () => {
    for (const graph of GRAPHS) {
      const chunks = await build(version, graph)
      const { partition, leads } = readPartition(graph, chunks)
      for (const { roots } of graph.scenarios) {
        expect(executionOrder(graph, partition, { roots }, 'walked', leads)).toEqual(runOutput(chunks, roots))
      }
    }
  })

  it('is what the chunks of a planned build say, which holds the plan', { timeout: 60_000 }, async () => {
    for (const graph of GRAPHS) {
      const { plan } = planChunks(graph, { ...PLAN_SETTINGS, minChunkSize: 0, stable: true })
      const partition = partitionOf(graph, plan)
      const named = new Map(plan.chunks.flatMap(({ name, modules }) => modules.map((key) => [key, name] as const)))
      const chunks = await build(version, graph, (id) =>
        named.get((graph.modules[Number(id.slice(2, 6))] as LiveModule).key),
      )
      expect(readPartition(graph, chunks).partition.chunks).toEqual(partition.chunks)
      for (const { roots } of graph.scenarios) {
        expect(executionOrder(graph, partition, { roots })).toEqual(runOutput(chunks, roots))
      }
    }
  })
})

/** Builds the graph as an app of modules that all are noticed when they run. */
async function build(
  version: (typeof viteVersions)[number],
  graph: LiveGraph,
  chunkOf?: (id: string) => string | undefined,
): Promise<Rollup.OutputChunk[]> {
  const vite = await loadVite(version)
  const output = chunkOf
    ? chunkOutput(
        {},
        { survives() {}, chunkOf: (id) => (id.startsWith('/m') ? chunkOf(id) : undefined) },
        () => graph.modules.map((_module, index) => idOf(index)),
        version === 8,
      )
    : {}
  const options = { input: graph.entries.map(idOf), output, preserveEntrySignatures: 'allow-extension' }
  const config: InlineConfig = {
    configFile: false,
    logLevel: 'silent',
    plugins: [modulesOf(graph)],
    build: { write: false, minify: false, modulePreload: false, rollupOptions: options as object },
  }
  const result = (await vite.build(config)) as Rollup.RollupOutput
  return result.output.filter((file) => file.type === 'chunk')
}

function modulesOf({ modules }: LiveGraph): Plugin {
  return {
    name: 'modules',
    enforce: 'pre',
    resolveId: (id) => (/^\/m\d{4}\.js$/u.test(id) ? id : undefined),
    load(id) {
      const index = /^\/m(\d{4})\.js$/u.exec(id)?.[1]
      if (index === undefined) return undefined
      const { imports, dynamicImports } = modules[Number(index)] as LiveModule
      return [
        ...imports.map((target) => `import { value as v${target} } from '${idOf(target)}'`),
        `globalThis.ran.push([${[Number(index), ...imports.map((target) => `v${target}`)].join()}])`,
        `globalThis.later = [${dynamicImports.map((target) => `() => import('${idOf(target)}')`).join()}]`,
        `export const value = {}`,
      ].join('\n')
    },
  }
}

/** The emitted chunks as a partition, and the modules that have a chunk of their own from the bundler. */
function readPartition(
  graph: LiveGraph,
  chunks: readonly Rollup.OutputChunk[],
): { partition: Partition; leads: number[] } {
  const fileOf = new Map(chunks.flatMap(({ fileName, moduleIds }) => moduleIds.map((id) => [id, fileName] as const)))
  return {
    partition: partitionBy(graph.modules.length, (module) => fileOf.get(idOf(module))),
    leads: chunks.flatMap(({ facadeModuleId, moduleIds }) =>
      facadeModuleId && moduleIds.includes(facadeModuleId) ? [Number(facadeModuleId.slice(2, 6))] : [],
    ),
  }
}

/** What a browser runs: the imports of a chunk in the order of its statements, then its modules. */
function runOutput(chunks: readonly Rollup.OutputChunk[], roots: readonly number[]): number[] {
  const order: number[] = []
  const entered = new Set<string>()
  const run = (fileName: string) => {
    if (entered.has(fileName)) return
    entered.add(fileName)
    const chunk = chunks.find((known) => known.fileName === fileName) as Rollup.OutputChunk
    for (const target of chunk.imports) run(target)
    order.push(...chunk.moduleIds.filter((id) => id.startsWith('/m')).map((id) => Number(id.slice(2, 6))))
  }
  for (const root of roots) {
    const chunk = chunks.find(({ moduleIds }) => moduleIds.includes(idOf(root))) as Rollup.OutputChunk
    run(chunk.fileName)
  }
  return order
}
