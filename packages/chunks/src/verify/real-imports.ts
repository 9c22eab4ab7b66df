import type { SourceGraph } from './source-graph.ts'

/**
 * Module → modules of the output that it imports, in the order of the source. What tree shaking left out is passed
 * through: `export * from` hands on. Lists of icons are thousands of such modules, so that everything else works on these.
 */
export function keptImports(source: SourceGraph, chunkOf: Int32Array): number[][] {
  const known = new Map<number, readonly number[]>()
  const asked = new Set([...source.entries, ...source.dynamicImports.flat()])
  return source.imports.map((targets, module) => {
    if (chunkOf[module] === -1 && !asked.has(module)) return []
    const kept = new Set(
      targets.flatMap((target) => (chunkOf[target] === -1 ? keptBehind(source, chunkOf, target, known) : target)),
    )
    kept.delete(module)
    return [...kept]
  })
}

/** Depth first, as the modules would run. */
function keptBehind(
  source: SourceGraph,
  chunkOf: Int32Array,
  dropped: number,
  known: Map<number, readonly number[]>,
): readonly number[] {
  const before = known.get(dropped)
  if (before) return before
  const passed = new Set<number>()
  const kept = new Set<number>()
  const stack = [dropped]
  for (let module = stack.pop(); module !== undefined; module = stack.pop()) {
    if (chunkOf[module] !== -1) kept.add(module)
    else if (!passed.has(module)) {
      passed.add(module)
      const targets = source.imports[module]!
      for (let at = targets.length - 1; at >= 0; at--) stack.push(targets[at]!)
    }
  }
  known.set(dropped, [...kept])
  return [...kept]
}

/**
 * Imports without those that tree shaking took out. Between two chunks one can tell: the chunk of the importer imports the
 * other, or the import came to nothing, and what counts is what lies behind: a module without effects hands on the effects of
 * others.
 */
export function realImports(
  kept: readonly (readonly number[])[],
  chunkOf: Int32Array,
  chunkImports: readonly (readonly number[])[],
): number[][] {
  const behindFor = chunkImports.map((): Map<number, readonly number[]> => new Map())
  const near = chunkImports.map((targets, own) => new Set([...targets, own]))
  return kept.map((targets, module) => {
    const own = chunkOf[module]!
    if (own === -1) return []
    const isNear = (target: number): boolean => near[own]!.has(chunkOf[target]!)
    if (targets.every(isNear)) return [...targets]
    const real = new Set(
      targets.flatMap((target) => (isNear(target) ? target : nearBehind(kept, target, isNear, behindFor[own]!))),
    )
    real.delete(module)
    return [...real]
  })
}

function nearBehind(
  kept: readonly (readonly number[])[],
  unused: number,
  isNear: (module: number) => boolean,
  known: Map<number, readonly number[]>,
): readonly number[] {
  const before = known.get(unused)
  if (before) return before
  const passed = new Set([unused])
  const found = new Set<number>()
  for (const module of passed) for (const target of kept[module]!) (isNear(target) ? found : passed).add(target)
  known.set(unused, [...found])
  return [...found]
}
