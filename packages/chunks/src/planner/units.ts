import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { bytesOf } from './change.ts'
import { findComponents } from './components.ts'
import { type Effects, interleaved } from './effects.ts'
import type { Frozen, Pair } from './frozen.ts'
import type { Partition } from './partition.ts'
import { addBits, type Bits, bitsKey, makeBits, sameBits, setBit } from './bits.ts'
import { type Reach, signatureOf } from './reach.ts'
import { SEGMENT_BYTES } from './settings.ts'

/** Modules that the planner never parts: components by number. */
export type Unit = readonly number[]

export interface UnitInput {
  readonly graph: LiveGraph
  readonly reach: Reach
  /** Component → group of the user, or −1. */
  readonly groupOf: Int32Array
  /** Where frozen signatures lie. */
  readonly standard: Partition
  readonly frozen: Frozen
  readonly effects: Effects
  /** Components that change with what is loaded lazily: one kind, since all of it changes. */
  readonly tainted: readonly boolean[]
}

/**
 * The pieces that chunks are put together from: one signature and one kind of code each, without a cycle between them.
 * A kind that imports another kind that imports it again is cut into levels; application code into segments of
 * neighbours, so that a change in one place leaves the other segments alone.
 */
export function findUnits({ graph, reach, groupOf, standard, frozen, effects, tainted }: UnitInput): Unit[] {
  const { members, imports } = reach.components
  const signatures = members.map((_modules, component) => {
    const group = groupOf[component] as number
    return group === -1 ? signatureOf(reach, component) : `group ${group}`
  })
  const kinds = kindsOf(graph, reach, tainted)
  const levels = levelsOf(imports, signatures, kinds)
  const behind = behindWhat(imports, groupOf, frozen.barriers)
  const segmentOf = segmenter(graph, reach, effects)
  const mixed = mixedSignatures(imports, signatures, kinds)
  /** Code of the app that no package imports: above all of them, whatever its level. */
  const isOnTop = (component: number): boolean =>
    kinds[component] === 'app' && !mixed.has(signatures[component] as string)
  const labels = members.map((modules, component) => {
    const signature = signatures[component] as string
    if ((groupOf[component] as number) !== -1) return signature
    const side = bitsKey(behind[component] as Bits)
    if (frozen.signatures.has(signature)) return `default ${standard.chunkOf[modules[0] as number]} ${side}`
    const level = isOnTop(component) ? 0 : levels[component]
    const label = [signature, kinds[component], level, side].join(' ')
    return segmentOf(component, label, signature, kinds[component] === 'app')
  })
  const levelOf = (component: number): number => (isOnTop(component) ? Infinity : (levels[component] as number))
  followImporters(graph, reach, signatures, levelOf, labels)
  const sides = behindWhat(imports, groupOf, [])
  const mayJoin = ([a, b]: Pair) =>
    groupOf[a] === -1 && groupOf[b] === -1 && sameBits(sides[a] as Bits, sides[b] as Bits)
  return joinUnits(imports, labels, frozen.pairs.filter(mayJoin), (unitOf) =>
    interleaved(effects, unitOf).filter(mayJoin),
  )
}

/**
 * Signatures in which packages import what counts as the app's code, and may be imported by it again. In all others the app's code closes no
 * circle with packages.
 */
function mixedSignatures(
  imports: readonly (readonly number[])[],
  signatures: readonly string[],
  kinds: readonly string[],
): ReadonlySet<string> {
  const mixed = new Set<string>()
  for (const [component, targets] of imports.entries()) {
    const signature = signatures[component] as string
    if (!/^(?:package:|runtime)/.test(kinds[component] as string)) continue
    if (targets.some((target) => kinds[target] === 'app' && signatures[target] === signature)) mixed.add(signature)
  }
  return mixed
}

/**
 * Cuts application code, component by component in the order of the source, into segments of some bytes. Where something else of the same
 * reach runs between two modules that are noticed, there is a cut as well: a segment on both sides of it would have to hold it.
 */
function segmenter(
  graph: LiveGraph,
  { components }: Reach,
  { numberOf }: Effects,
): (component: number, label: string, signature: string, isApp: boolean) => string {
  const filled = new Map<string, number>()
  const segments = new Map<string, { number: number; turn: number }>()
  const turns = new Map<string, number>()
  const isLoudScript = (component: number, modules: readonly LiveModule[]): boolean =>
    numberOf[component] !== -1 && modules.some(({ kind }) => kind === 'js')
  return (component, label, signature, isApp) => {
    const modules = (components.members[component] as readonly number[]).map(
      (module) => graph.modules[module] as LiveModule,
    )
    const isLoud = isLoudScript(component, modules)
    const turn = turns.get(signature) ?? 0
    if (!isApp) {
      if (isLoud) turns.set(signature, turn + 1)
      return label
    }
    const before = filled.get(label) ?? 0
    const segment = segments.get(label) ?? { number: 0, turn: -1 }
    const isFull = before >= SEGMENT_BYTES
    const isOver = isLoud && segment.turn !== -1 && segment.turn !== turn
    const number = isFull || isOver ? segment.number + 1 : segment.number
    const isNew = number !== segment.number
    filled.set(label, (isNew ? 0 : before) + bytesOf(modules))
    segments.set(label, { number, turn: isLoud ? turn : isNew ? -1 : segment.turn })
    return `${label} ${number}`
  }
}

/**
 * Component → the groups and barriers that it imports, directly or not. What lies above one and what lies below must not be one unit:
 * the unit and the group would import each other.
 */
function behindWhat(imports: readonly (readonly number[])[], groupOf: Int32Array, barriers: readonly Pair[]): Bits[] {
  const groups = Math.max(...groupOf) + 1
  const behind = imports.map(() => makeBits(groups + barriers.length))
  for (const [component, targets] of imports.entries()) {
    const own = behind[component] as Bits
    for (const target of targets) {
      addBits(own, behind[target] as Bits)
      if (groupOf[target] !== -1) setBit(own, groupOf[target] as number)
    }
    for (const [index, [, early]] of barriers.entries()) if (early === component) setBit(own, groups + index)
  }
  return behind
}

/** Kind of what holds file names. */
const HOLDER = 'holder'

/** What changes together: `holder` with file names, `entry` is a page's own script. A cycle of several packages goes to its biggest. */
function kindsOf(graph: LiveGraph, reach: Reach, tainted: readonly boolean[]): string[] {
  const { members, of } = reach.components
  const kinds = members.map((modules, component) => {
    if (tainted[component] === true) return HOLDER
    const bytes = new Map<string, number>()
    for (const module of modules) {
      const { volatility, package: name, size } = graph.modules[module] as LiveModule
      // What a package loads of itself changes with the package.
      const kind = volatility === 'importer' && name !== undefined ? `package:${name}` : volatility
      bytes.set(kind, (bytes.get(kind) ?? 0) + size.brotli)
    }
    if (bytes.has('app') || bytes.has('importer')) return 'app'
    return ([...bytes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0] as [string, number])[0]
  })
  for (const entry of graph.entries) {
    const component = of[entry] as number
    kinds[component] = `entry ${component}`
  }
  return kinds
}

/** Longest chain of changes of kind below a component, inside its signature. */
function levelsOf(
  imports: readonly (readonly number[])[],
  signatures: readonly string[],
  kinds: readonly string[],
): number[] {
  const levels: number[] = []
  for (const [component, targets] of imports.entries()) {
    let level = 0
    for (const target of targets) {
      // Nothing else imports a holder: all of a signature may be one.
      if (signatures[target] !== signatures[component] || kinds[component] === HOLDER) continue
      level = Math.max(level, (levels[target] as number) + (kinds[target] === kinds[component] ? 0 : 1))
    }
    levels.push(level)
  }
  return levels
}

/**
 * A stylesheet lies with the lowest of its importers of the same reach, the first among equals: alone it would be a file of its own.
 */
function followImporters(
  graph: LiveGraph,
  reach: Reach,
  signatures: readonly string[],
  levelOf: (component: number) => number,
  labels: string[],
): void {
  const { members, imports } = reach.components
  const lowest = new Map<number, number>()
  for (const [component, targets] of imports.entries()) {
    for (const target of targets) {
      const isStyle = (members[target] as readonly number[]).every(
        (module) => (graph.modules[module] as LiveModule).kind === 'css',
      )
      if (!isStyle || signatures[target] !== signatures[component]) continue
      const known = lowest.get(target)
      if (known === undefined || levelOf(component) < levelOf(known)) lowest.set(target, component)
    }
  }
  for (const [style, importer] of [...lowest].sort(([a], [b]) => b - a)) labels[style] = labels[importer] as string
}

/** Units by label, and one unit for those that import each other in a circle, must stay together, or would run in turns. */
function joinUnits(
  imports: readonly (readonly number[])[],
  labels: readonly string[],
  pairs: readonly Pair[],
  inTurns: (unitOf: Int32Array) => Pair[],
): Unit[] {
  let unitOf = Int32Array.from(numberLabels(labels))
  let links = pairs
  for (;;) {
    const { of, members } = findComponents(importsBetweenUnits(imports, unitOf, links))
    unitOf = unitOf.map((unit) => of[unit] as number)
    links = inTurns(unitOf)
    if (links.length > 0) continue
    const units: number[][] = members.map(() => [])
    for (const [component, unit] of unitOf.entries()) (units[unit] as number[]).push(component)
    return units
  }
}

function numberLabels(labels: readonly string[]): number[] {
  const numbers = new Map<string, number>()
  return labels.map((label) => {
    const known = numbers.get(label) ?? numbers.size
    numbers.set(label, known)
    return known
  })
}

/** With imports both ways between the units of each pair. */
function importsBetweenUnits(
  imports: readonly (readonly number[])[],
  unitOf: Int32Array,
  pairs: readonly Pair[],
): number[][] {
  const edges: Set<number>[] = Array.from({ length: Math.max(...unitOf) + 1 }, () => new Set())
  const link = (from: number, to: number) => edges[unitOf[from] as number]?.add(unitOf[to] as number)
  for (const [component, targets] of imports.entries()) for (const target of targets) link(component, target)
  for (const [a, b] of pairs) {
    link(a, b)
    link(b, a)
  }
  return edges.map((targets) => [...targets])
}
