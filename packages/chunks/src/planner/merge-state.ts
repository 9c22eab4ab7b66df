import { eachBit, isSubset, unionOf, without } from './bits.ts'
import { chunkOfUnit, joinChunks, type PoolChunk, type PoolContext, widenChunk } from './chunk-pool.ts'
import { LeastBytes } from './least-bytes.ts'
import type { Unit } from './units.ts'
import { EffectOrder } from './effect-order.ts'

/** How far a join may go. */
export interface JoinRules {
  /** Whether chunks of different reach may be joined. */
  readonly across: boolean
  /** Whether what changes with lazy code stays apart from what others import. */
  readonly isolate: boolean
  /** Bytes that a scenario may load in vain. */
  readonly waste: Float64Array
  /** Bytes that a scenario must be able to get down to. */
  readonly ceiling: readonly number[]
}

/** What keeps two chunks apart: what they are loaded for, how they would run, a group of the user, or only bytes. */
export type Obstacle = 'group' | 'early' | 'order' | 'circle' | 'bytes'

/** The chunks so far and their imports. Chunks that were joined are gone, and the new one has a new number. */
export class MergeState {
  readonly context: PoolContext
  readonly chunks: (PoolChunk | undefined)[]
  readonly #out: Set<number>[]
  readonly #in: Set<number>[]
  /** Scenario → bytes loaded in vain so far. */
  readonly #waste: Float64Array
  readonly #visited: Int32Array
  readonly #order: EffectOrder
  readonly #least: LeastBytes
  #round = 0

  constructor(context: PoolContext, units: readonly Unit[]) {
    this.context = context
    this.chunks = units.map((unit) => chunkOfUnit(context, unit))
    this.#out = units.map(() => new Set())
    this.#in = units.map(() => new Set())
    this.#waste = new Float64Array(context.graph.scenarios.length)
    this.#visited = new Int32Array(units.length * 2)
    const chunkOf = new Int32Array(context.reach.components.members.length)
    for (const [chunk, unit] of units.entries()) for (const component of unit) chunkOf[component] = chunk
    for (const [component, targets] of context.reach.components.imports.entries()) {
      for (const target of targets) this.#link(chunkOf[component] as number, chunkOf[target] as number)
    }
    this.#spreadReach()
    this.#order = new EffectOrder(this.chunks as PoolChunk[], this.#out, this.#in, context.effects.homes)
    this.#least = new LeastBytes(this.chunks as PoolChunk[], context.unavoidable)
  }

  /** Groups of the user may have modules of different reach; then what they import is loaded wherever they are. */
  #spreadReach(): void {
    for (let chunk = this.chunks.length - 1; chunk >= 0; chunk--) {
      const { roots, scenarios } = this.chunks[chunk] as PoolChunk
      for (const target of this.#out[chunk] as Set<number>) {
        const known = this.chunks[target] as PoolChunk
        const wanted = without(roots, known.before)
        if (isSubset(wanted, known.roots) && isSubset(scenarios, known.scenarios)) continue
        this.chunks[target] = widenChunk(this.context, known, wanted, scenarios)
      }
    }
  }

  #link(from: number, to: number): void {
    if (from === to) return
    ;(this.#out[from] as Set<number>).add(to)
    ;(this.#in[to] as Set<number>).add(from)
  }

  /** Numbers of the chunks there are. */
  *alive(): Generator<number> {
    for (const [chunk, content] of this.chunks.entries()) if (content !== undefined) yield chunk
  }

  /** Sum of what the chunks cost. */
  cost(): number {
    let cost = 0
    for (const chunk of this.alive()) cost += (this.chunks[chunk] as PoolChunk).cost
    return cost
  }

  canJoin(a: number, b: number, rules: JoinRules): boolean {
    const first = this.chunks[a] as PoolChunk
    const second = this.chunks[b] as PoolChunk
    if (first.fixed || second.fixed || (first.entry && second.entry)) return false
    const alike = first.reachKey === second.reachKey
    if (!alike && !(rules.across && this.#canWiden(a, b, rules))) return false
    if (rules.isolate && this.#wouldTaint(a, b)) return false
    return !this.#order.wouldReorder(a, b) && !this.#wouldCycle(a, b) && !this.#wouldCycle(b, a)
  }

  /** Why two chunks were not joined. What cannot be otherwise comes first; `bytes` when nothing else is in the way. */
  obstacle(a: number, b: number): Obstacle {
    const first = this.chunks[a] as PoolChunk
    const second = this.chunks[b] as PoolChunk
    if (first.fixed || second.fixed) return 'group'
    if (first.reachKey !== second.reachKey) {
      const roots = unionOf(first.roots, second.roots)
      const isAllowed = isSubset(roots, first.allowed) && isSubset(roots, second.allowed)
      if (first.entry || second.entry || !isAllowed) return 'early'
    }
    if (this.#order.wouldReorder(a, b)) return 'order'
    return this.#wouldCycle(a, b) || this.#wouldCycle(b, a) ? 'circle' : 'bytes'
  }

  /** Whether all that load either may load both, with what both import, and load little in vain. */
  #canWiden(a: number, b: number, rules: JoinRules): boolean {
    const first = this.chunks[a] as PoolChunk
    const second = this.chunks[b] as PoolChunk
    const roots = unionOf(first.roots, second.roots)
    if (!isSubset(roots, first.allowed) || !isSubset(roots, second.allowed)) return false
    const scenarios = unionOf(first.scenarios, second.scenarios)
    for (const chunk of [a, b]) {
      for (const target of this.#out[chunk] as Set<number>) {
        if (target === a || target === b) continue
        const { roots: has, before, scenarios: known } = this.chunks[target] as PoolChunk
        if (!isSubset(scenarios, known) || !isSubset(roots, unionOf(has, before))) return false
      }
    }
    for (const scenario of eachBit(scenarios)) {
      const more = wasted(first, second, scenario)
      if (more === 0) continue
      if ((this.#waste[scenario] as number) + more > (rules.waste[scenario] as number)) return false
      if (this.#least.of(scenario) + more > (rules.ceiling[scenario] as number)) return false
    }
    return true
  }

  /** Whether somebody would import a chunk that changes with what is loaded lazily, and does not do so now. */
  #wouldTaint(a: number, b: number): boolean {
    const [first, second] = [this.chunks[a] as PoolChunk, this.chunks[b] as PoolChunk]
    if (first.tainted === second.tainted) return false
    for (const importer of this.#in[first.tainted ? b : a] as Set<number>) {
      if (!(this.chunks[importer] as PoolChunk).tainted) return true
    }
    return false
  }

  /** Whether `to` can be reached from `from` through a third chunk. What lies on the way is needed by whoever needs `from`. */
  #wouldCycle(from: number, to: number): boolean {
    const goal = this.chunks[to] as PoolChunk
    this.#round++
    const path = [...(this.#out[from] as Set<number>)].filter((chunk) => chunk !== to)
    while (path.length > 0) {
      const chunk = path.pop() as number
      if (this.#visited[chunk] === this.#round) continue
      this.#visited[chunk] = this.#round
      for (const target of this.#out[chunk] as Set<number>) {
        if (target === to) return true
        if (target !== from && isSubset((this.chunks[target] as PoolChunk).scenarios, goal.scenarios)) path.push(target)
      }
    }
    return false
  }

  /** The number of the new chunk. */
  join(a: number, b: number): number {
    const first = this.chunks[a] as PoolChunk
    const second = this.chunks[b] as PoolChunk
    for (const scenario of eachBit(unionOf(first.scenarios, second.scenarios))) {
      this.#waste[scenario] = (this.#waste[scenario] as number) + wasted(first, second, scenario)
    }
    const joined = this.chunks.push(joinChunks(this.context, first, second)) - 1
    this.#out.push(new Set())
    this.#in.push(new Set())
    for (const chunk of [a, b]) {
      for (const target of this.#out[chunk] as Set<number>) (this.#in[target] as Set<number>).delete(chunk)
      for (const importer of this.#in[chunk] as Set<number>) (this.#out[importer] as Set<number>).delete(chunk)
      this.chunks[chunk] = undefined
    }
    for (const chunk of [a, b]) {
      for (const target of this.#out[chunk] as Set<number>) if (target !== a && target !== b) this.#link(joined, target)
      for (const importer of this.#in[chunk] as Set<number>)
        if (importer !== a && importer !== b) this.#link(importer, joined)
    }
    this.#order.joined(a, b, joined, this.chunks[joined] as PoolChunk)
    this.#least.joined(first, second, this.chunks[joined] as PoolChunk)
    return joined
  }
}

/** Bytes that the scenario loads in vain once the two are one. */
function wasted(a: PoolChunk, b: PoolChunk, scenario: number): number {
  const word = scenario >>> 5
  const bit = 1 << (scenario & 31)
  const needsA = ((a.scenarios[word] as number) & bit) !== 0
  const needsB = ((b.scenarios[word] as number) & bit) !== 0
  if (needsA === needsB) return 0
  return needsA ? b.content.bytes : a.content.bytes
}
