import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { executionOrder } from './execution-order.ts'
import { loadedWith, type Partition } from './partition.ts'

/** Chains of `import()`s that are tried: enough for small graphs, of which alone all are tried. */
const MOST_CHAINS = 300

/**
 * Modules that would run before their `import()` is called: in a scenario, or after any chain of `import()`s, they run without being
 * in the static closure of what was asked for. What has no effects, starts nothing and is no target itself may, but not with an entry alone.
 * Says by trial what the planner takes care of by sets; for tests.
 */
export function findEarlyModules(graph: LiveGraph, partition: Partition): number[] {
  const imports = graph.modules.map((module) => module.imports)
  const targets = new Set(graph.modules.flatMap(({ dynamicImports }) => dynamicImports))
  const ways = [
    ...graph.scenarios.flatMap(({ roots }) => roots.map((_root, at) => roots.slice(0, at + 1))),
    ...chainsToNested(graph),
  ]
  const early = ways.flatMap((roots) => {
    const asked = loadedWith(imports, roots)
    const isEntry = roots.every((root) => graph.entries.includes(root))
    const isHeard = (index: number) => {
      const { effects, starts = false } = graph.modules[index] as LiveModule
      return effects || starts || targets.has(index)
    }
    return executionOrder(graph, partition, { roots }).filter(
      (module) => !asked.has(module) && (isEntry || isHeard(module)),
    )
  })
  return [...new Set(early)]
}

/** Every way of `import()`s from an entry to a target that is no page, without going in circles. */
function chainsToNested(graph: LiveGraph): number[][] {
  const pages = new Set(graph.scenarios.flatMap(({ roots }) => roots))
  const imports = graph.modules.map((module) => module.imports)
  const next = (root: number) =>
    new Set([...loadedWith(imports, [root])].flatMap((module) => (graph.modules[module] as LiveModule).dynamicImports))
  const chains: number[][] = []
  const walk = (chain: readonly number[]) => {
    for (const target of next(chain[chain.length - 1] as number)) {
      if (chain.includes(target) || chains.length > MOST_CHAINS) continue
      if (!pages.has(target)) chains.push([...chain, target])
      walk([...chain, target])
    }
  }
  for (const entry of graph.entries) walk([entry])
  return chains
}
