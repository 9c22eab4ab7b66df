import { formatBytes } from '@paceline/kit'
import { type Bits, eachBit, hasBit } from './bits.ts'
import type { PoolChunk } from './chunk-pool.ts'
import { type Limits, LimitWatch } from './limits.ts'
import type { MergeState, Obstacle } from './merge-state.ts'
import { USUAL_CHUNK_SIZE } from './settings.ts'

const REASONS: Readonly<Record<Obstacle, string>> = {
  bytes: 'make first loads bigger, with code that their pages do not need',
  early: 'run a module before its import()',
  order: 'change the order of execution',
  circle: 'have chunks import each other in a circle',
  group: 'change a group',
}

/** Limits that chunks do not keep to, and why. Full sentences. */
export function limitRemarks(state: MergeState, limits: Limits): string[] {
  const { graph, reach, settings } = state.context
  const { maxInitialRequests, maxRouteRequests, reserved = 0 } = settings
  const watch = new LimitWatch(state, limits)
  const remarkOn = (id: string, needs: (chunk: PoolChunk) => boolean, limit: number): string => {
    const chunks = [...state.alive()].filter((chunk) => needs(state.chunks[chunk] as PoolChunk))
    return `\`${id}\` needs ${chunks.length + reserved} chunks, ${limit} are allowed: fewer would ${reasonFor(state, pairsOf(chunks))}.`
  }
  const routes = scenariosOf(watch).map((scenario) =>
    remarkOn(graph.scenarios[scenario]!.id, ({ scenarios }) => hasBit(scenarios, scenario), maxRouteRequests),
  )
  const entries = [...eachBit(watch.roots)].map((root) =>
    remarkOn(graph.modules[reach.roots[root]!]!.id, ({ roots }) => hasBit(roots, root), maxInitialRequests),
  )
  return [...new Set([...routes, ...entries])]
}

/** What is said of chunks that are smaller than somebody asked for. */
export function sizeRemarks(state: MergeState): string[] {
  const { minChunkSize } = state.context.settings
  if (minChunkSize <= USUAL_CHUNK_SIZE) return []
  const all = [...state.alive()]
  const isOurs = ({ entry, fixed }: PoolChunk): boolean => !entry && !fixed
  const small = all.filter((chunk) => {
    const content = state.chunks[chunk] as PoolChunk
    return isOurs(content) && content.content.bytes < minChunkSize
  })
  if (small.length === 0) return []
  const pairs = small.flatMap((chunk) => all.filter((other) => other !== chunk).map((other) => [chunk, other] as const))
  return [
    `${small.length} of ${all.length} chunks are smaller than ${formatBytes(minChunkSize)}: joining them would ${reasonFor(state, pairs)}.`,
  ]
}

/** What is in the way of joining any two; where it is only bytes for some of them, that is what somebody could decide otherwise. */
function reasonFor(state: MergeState, pairs: readonly (readonly [number, number])[]): string {
  const found = new Set<Obstacle>()
  for (const [a, b] of pairs) {
    found.add(state.obstacle(a, b))
    if (found.has('bytes')) return REASONS.bytes
  }
  const reasons = (Object.keys(REASONS) as Obstacle[]).filter((reason) => found.has(reason))
  return reasons.map((reason) => REASONS[reason]).join(' or ') || 'leave out what it needs'
}

function pairsOf(chunks: readonly number[]): [number, number][] {
  return chunks.flatMap((a, index) => chunks.slice(index + 1).map((b): [number, number] => [a, b]))
}

function scenariosOf({ scenarios }: { readonly scenarios: Bits }): number[] {
  return [...eachBit(scenarios)]
}
