import type { ChunkModule } from './js-owners.ts'

/** The words by which each of several modules is recognised in minified code, and how much each word says. */
export interface Evidence {
  /** How well each module explains a text, in letters of the words that they share; one figure per module. */
  weigh(text: string): Float64Array
  /** The module that explains most of a text, if one explains at least half of its words. */
  best(text: string): number | undefined
}

/** Names of properties and words in strings survive minifiers; shorter words may be names that a minifier made up. */
const WORD = /[\p{L}\p{N}_$]{3,}/gu
/** Words that any code may hold. */
const COMMON: ReadonlySet<string> = new Set(
  'function return const var let new this typeof void null true false undefined for while if else switch case break throw try catch finally async await import export default class extends super length'.split(
    ' ',
  ),
)

function words(text: string): string[] {
  return (text.match(WORD) ?? []).filter((word) => !COMMON.has(word))
}

/** Reads the words of modules that have no mappings from their text before minification. */
export function evidenceOf(modules: readonly ChunkModule[]): Evidence {
  const owners = new Map<string, number[]>()
  for (const [index, module] of modules.entries()) {
    for (const word of new Set(words(module.code ?? ''))) {
      const list = owners.get(word)
      if (list) list.push(index)
      else owners.set(word, [index])
    }
  }
  const weigh = (text: string): Float64Array => {
    const scores = new Float64Array(modules.length)
    for (const word of words(text)) {
      const list = owners.get(word)
      for (const index of list ?? []) scores[index]! += word.length / list!.length
    }
    return scores
  }
  return {
    weigh,
    best(text) {
      const scores = weigh(text)
      const total = words(text).reduce((sum, word) => sum + word.length, 0)
      const winner = scores.indexOf(Math.max(0, ...scores))
      return total > 0 && winner !== -1 && scores[winner]! >= total / 2 ? winner : undefined
    },
  }
}

/** What one letter of length that agrees with the length before minification counts beside a letter of a shared word. */
const LENGTH_WEIGHT = 0.05
/** What it costs to leave a module out: less than a word. */
const OMISSION = 2

/**
 * Gives every item to one of several modules that stand in a known order, so that as many words as possible agree; where
 * the words say nothing, each module gets as much as its length before minification says.
 *
 * @returns for each item the index of its module, ascending
 */
export function assignInOrder(items: readonly string[], modules: readonly ChunkModule[]): number[] {
  const count = modules.length
  const evidence = evidenceOf(modules)
  const agreement = lengthAgreement(items, modules)
  let scores = Float64Array.from(modules, (_, index) => -OMISSION * index)
  const came: Int32Array[] = []
  for (const [position, item] of items.entries()) {
    const words = evidence.weigh(item)
    const next = new Float64Array(count)
    const from = new Int32Array(count)
    let best = -1
    for (let module = 0; module < count; module++) {
      if (position > 0 && best !== -1 && scores[module]! < scores[best]! - OMISSION * Math.max(0, module - best - 1)) {
        from[module] = best
      } else {
        from[module] = module
        best = module
      }
      const source = from[module]!
      const omitted = OMISSION * Math.max(0, module - source - 1)
      next[module] = scores[source]! - omitted + words[module]! + LENGTH_WEIGHT * agreement(position, module)
    }
    scores = next
    came.push(from)
  }
  return trace(came, lastModule(scores))
}

function lastModule(scores: Float64Array): number {
  let best = 0
  for (const [module, score] of scores.entries()) {
    const omitted = OMISSION * (scores.length - 1 - module)
    if (score - omitted >= scores[best]! - OMISSION * (scores.length - 1 - best)) best = module
  }
  return best
}

function trace(came: readonly Int32Array[], last: number): number[] {
  const assigned: number[] = []
  let module = last
  for (const from of came.toReversed()) {
    assigned.push(module)
    module = from[module]!
  }
  return assigned.toReversed()
}

/** Letters of an item that lie where a module would lie if all shrank alike. */
function lengthAgreement(
  items: readonly string[],
  modules: readonly ChunkModule[],
): (item: number, module: number) => number {
  const itemEnds = runningSums(items.map((item) => item.length))
  const moduleEnds = runningSums(modules.map((module) => module.renderedLength))
  const scale = (itemEnds.at(-1) ?? 0) / Math.max(1, moduleEnds.at(-1) ?? 0)
  return (item, module) => {
    const start = Math.max(itemEnds[item - 1] ?? 0, (moduleEnds[module - 1] ?? 0) * scale)
    const end = Math.min(itemEnds[item]!, moduleEnds[module]! * scale)
    return Math.max(0, end - start)
  }
}

function runningSums(lengths: readonly number[]): number[] {
  let sum = 0
  return lengths.map((length) => (sum += length))
}
