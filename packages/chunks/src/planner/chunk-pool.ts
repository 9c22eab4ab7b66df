import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { addBits, type Bits, bitsKey, isSubset, keepBits, makeBits, setBit, unionOf } from './bits.ts'
import { type Content, expectedChange, packagesOf, untouchedBy } from './change.ts'
import { neededBytes } from './evaluate-plan.ts'
import type { Effects } from './effects.ts'
import type { Reach } from './reach.ts'
import { overheadOf } from './overhead.ts'
import { findTainted } from './tainted.ts'
import { NESTED_WEIGHT, type PlanSettings, REQUEST_BYTES } from './settings.ts'
import type { Unit } from './units.ts'

/** A chunk while the plan is being made. */
export interface PoolChunk {
  readonly components: readonly number[]
  /** First module, in the order of the graph: what ties are broken by. */
  readonly first: number
  /** Roots that load it, as far as it is not there already. */
  readonly roots: Bits
  readonly scenarios: Bits
  /** Roots that may load it: with other roots a module would run before its `import()`, or a lazy one come with the first load. */
  readonly allowed: Bits
  /** Roots that find it loaded. */
  readonly before: Bits
  readonly content: Content
  readonly packages: Bits
  /** Whether it changes with what is loaded lazily, and all that imports it. */
  readonly tainted: boolean
  readonly entry: boolean
  /** Components with effects, numbered in the order of the source. */
  readonly effects: Bits
  /** Whether it stays as it is: a group of the user, or held together for the order of execution. */
  readonly fixed: boolean
  /** Sum of the weights of all that load it. */
  readonly weight: number
  readonly cost: number
  /** The same number for chunks of the same roots and scenarios. */
  readonly reachKey: number
}

/** What is the same for all chunks of one plan. */
export interface PoolContext {
  readonly graph: LiveGraph
  readonly reach: Reach
  readonly settings: PlanSettings
  /** Scenario → weight; all together 1. */
  readonly weights: Float64Array
  /** Scenario → what a file of all that it needs has beyond its modules. Not counted against anybody. */
  readonly unavoidable: readonly number[]
  /** Root → weight, for roots that begin no scenario. */
  readonly rootWeights: Float64Array
  /** Dynamic targets, components with effects and what starts something: these run when their own `import()` says so and not before. */
  readonly strict: readonly boolean[]
  /** Volatility of a package → its number. */
  readonly packageOf: ReadonlyMap<string, number>
  /** Package → chance that an update leaves it as it is. */
  readonly untouched: Float64Array
  /** Components that change with what is loaded lazily. None where an import map has the names. */
  readonly tainted: readonly boolean[]
  /** Components that stay in the chunk they are in from the start. */
  readonly fixed: readonly boolean[]
  readonly effects: Effects
  /** Filled as chunks come about. */
  readonly reachKeys: Map<string, number>
}

export function makeContext(
  graph: LiveGraph,
  reach: Reach,
  settings: PlanSettings,
  fixed: readonly boolean[],
  effects: Effects,
): PoolContext {
  const total = graph.scenarios.reduce((sum, { weight }) => sum + weight, 0)
  const inScenario = new Set(graph.scenarios.flatMap(({ roots }) => roots))
  const targets = new Set(graph.modules.flatMap((module) => module.dynamicImports))
  const packages = packagesOf(new Set(graph.modules.map((module) => module.volatility))).sort()
  const isStrict = (index: number) => {
    const { effects: isNoticed, starts = false } = graph.modules[index] as LiveModule
    return isNoticed || starts || targets.has(index)
  }
  return {
    graph,
    reach,
    settings,
    fixed,
    effects,
    reachKeys: new Map(),
    weights: Float64Array.from(graph.scenarios, ({ weight }) =>
      total > 0 ? weight / total : 1 / graph.scenarios.length,
    ),
    unavoidable: neededBytes(graph, reach).map(overheadOf),
    rootWeights: Float64Array.from(reach.roots, (root) =>
      inScenario.has(root) ? 0 : NESTED_WEIGHT / graph.scenarios.length,
    ),
    strict: reach.components.members.map((modules) => modules.some(isStrict)),
    tainted: settings.mapped === true ? [] : findTainted(graph, reach, effects),
    packageOf: new Map(packages.map((name, index) => [`package:${name}`, index])),
    untouched: Float64Array.from(packages, (name) => untouchedBy(settings.updates, name)),
  }
}

export function chunkOfUnit(context: PoolContext, unit: Unit): PoolChunk {
  const { graph, reach } = context
  const roots = makeBits(reach.roots.length)
  const before = makeBits(reach.roots.length)
  const scenarios = makeBits(graph.scenarios.length)
  const allowed = makeBits(reach.roots.length).fill(0xff_ff_ff_ff)
  const packages = makeBits(context.packageOf.size)
  const content = { bytes: 0, appBytes: 0, untouched: 1, runtime: false, names: false }
  const effects = makeBits(context.effects.components.length)
  const entries = new Set(graph.entries)
  let entry = false
  let first = graph.modules.length
  for (const component of unit) {
    addBits(roots, reach.reduced[component] as Bits)
    addBits(before, reach.before[component] as Bits)
    addBits(scenarios, reach.scenarios[component] as Bits)
    keepBits(allowed, allowedFor(context, component))
    const number = context.effects.numberOf[component] as number
    if (number !== -1) setBit(effects, number)
    for (const module of reach.components.members[component] as readonly number[]) {
      const { volatility, size } = graph.modules[module] as LiveModule
      content.bytes += size.brotli
      if (volatility === 'app' || volatility === 'importer') content.appBytes += size.brotli
      content.runtime ||= volatility === 'runtime'
      const index = context.packageOf.get(volatility)
      if (index !== undefined) setBit(packages, index)
      entry ||= entries.has(module)
      first = Math.min(first, module)
    }
  }
  content.untouched = chanceOf(context, packages, packages)
  const fixed = unit.some((component) => context.fixed[component] === true)
  const tainted = unit.some((component) => context.tainted[component] === true)
  content.names = tainted
  return priced(context, {
    components: unit,
    first,
    roots,
    scenarios,
    allowed,
    before,
    content,
    packages,
    tainted,
    entry,
    effects,
    fixed,
  })
}

/**
 * With effects, or the target of an `import()`: only where it is needed anyway. Without: wherever it is no part of a first load
 * that did not have it.
 */
function allowedFor({ reach, strict }: PoolContext, component: number): Bits {
  const needed = unionOf(reach.full[component] as Bits, reach.before[component] as Bits)
  if (strict[component] === true) return needed
  return needed.map((word, index) => word | ~(reach.entryRoots[index] as number))
}

export function joinChunks(context: PoolContext, a: PoolChunk, b: PoolChunk): PoolChunk {
  const allowed = a.allowed.slice()
  keepBits(allowed, b.allowed)
  return priced(context, {
    components: [...a.components, ...b.components],
    first: Math.min(a.first, b.first),
    roots: unionOf(a.roots, b.roots),
    scenarios: unionOf(a.scenarios, b.scenarios),
    allowed,
    before: unionOf(a.before, b.before),
    content: joinContents(a.content, b.content, chanceOf(context, a.packages, b.packages)),
    packages: unionOf(a.packages, b.packages),
    tainted: a.tainted || b.tainted,
    entry: a.entry || b.entry,
    effects: unionOf(a.effects, b.effects),
    fixed: a.fixed || b.fixed,
  })
}

/** The chunk, loaded by more roots and scenarios than need it. */
export function widenChunk(context: PoolContext, chunk: PoolChunk, roots: Bits, scenarios: Bits): PoolChunk {
  return priced(context, {
    ...chunk,
    roots: unionOf(chunk.roots, roots),
    scenarios: unionOf(chunk.scenarios, scenarios),
  })
}

/** What the two cost apart, less what they cost as one. */
export function gainOf(context: PoolContext, a: PoolChunk, b: PoolChunk): number {
  const untouched = chanceOf(context, a.packages, b.packages)
  const weight =
    isSubset(b.scenarios, a.scenarios) && isSubset(b.roots, a.roots)
      ? a.weight
      : weightOf(context, a.scenarios, b.scenarios, a.roots, b.roots)
  return a.cost + b.cost - costOf(context.settings, joinContents(a.content, b.content, untouched), weight)
}

function joinContents(a: Content, b: Content, untouched: number): Content {
  return {
    bytes: a.bytes + b.bytes,
    appBytes: a.appBytes + b.appBytes,
    untouched,
    runtime: a.runtime || b.runtime,
    names: a.names || b.names,
  }
}

function priced(context: PoolContext, chunk: Omit<PoolChunk, 'weight' | 'cost' | 'reachKey'>): PoolChunk {
  const weight = weightOf(context, chunk.scenarios, chunk.scenarios, chunk.roots, chunk.roots)
  const key = `${bitsKey(chunk.roots)}/${bitsKey(chunk.scenarios)}`
  const reachKey = context.reachKeys.get(key) ?? context.reachKeys.size
  context.reachKeys.set(key, reachKey)
  return { ...chunk, weight, cost: costOf(context.settings, chunk.content, weight), reachKey }
}

function costOf({ returning }: PlanSettings, content: Content, weight: number): number {
  const fresh = content.bytes + overheadOf(content.bytes) + REQUEST_BYTES
  return weight * ((1 - returning) * fresh + returning * expectedChange(content))
}

/** Weight of the scenarios of either, and of the roots of either that begin none. */
function weightOf(context: PoolContext, scenariosA: Bits, scenariosB: Bits, rootsA: Bits, rootsB: Bits): number {
  return weighBits(context.weights, scenariosA, scenariosB) + weighBits(context.rootWeights, rootsA, rootsB)
}

function weighBits(weights: Float64Array, a: Bits, b: Bits): number {
  let weight = 0
  for (let word = 0; word < a.length; word++) {
    let rest = (a[word] as number) | (b[word] as number)
    while (rest !== 0) {
      weight += weights[word * 32 + 31 - Math.clz32(rest & -rest)] as number
      rest &= rest - 1
    }
  }
  return weight
}

/** Chance that an update leaves the packages of either as they are. */
function chanceOf({ untouched }: PoolContext, a: Bits, b: Bits): number {
  let chance = 1
  for (let word = 0; word < a.length; word++) {
    let rest = (a[word] as number) | (b[word] as number)
    while (rest !== 0) {
      chance *= untouched[word * 32 + 31 - Math.clz32(rest & -rest)] as number
      rest &= rest - 1
    }
  }
  return chance
}
