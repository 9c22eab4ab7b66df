import type { CharTable } from '@paceline/build-graph'

/** A function of V8's precise coverage: the first range is the function, the others are blocks inside it. */
export interface CoveredFunction {
  readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[]
}

/** A script, prepared once for all visits. */
export interface CountedScript {
  /** What it is called where no module is known: its name without a hash. */
  readonly name: string
  /** For each position how many tokens begin before it. */
  readonly tokens: Uint32Array
  /** Whose code is where, sorted. */
  readonly parts: readonly { readonly end: number; readonly module: string }[]
}

/** Code that the bundler wrote between the modules. */
const BUNDLER = '[bundler]'
const TOKEN = /[\p{ID_Continue}$]+|[^\s\p{ID_Continue}$]/gu

/**
 * Work is counted in tokens that ran: how often each block was entered, times the tokens in it. Unlike letters they stay when a
 * minifier picks longer names, and unlike blocks when V8 joins two of the same count.
 */
export function countScript(name: string, source: string, table: CharTable | undefined): CountedScript {
  const tokens = new Uint32Array(source.length + 1)
  for (const { index } of source.matchAll(TOKEN)) tokens[index + 1] = 1
  for (let at = 1; at <= source.length; at++) tokens[at]! += tokens[at - 1]!
  return { name, tokens, parts: table ? partsOf(table) : [{ end: source.length, module: `[${name}]` }] }
}

function partsOf({ runs, modules }: CharTable): CountedScript['parts'] {
  const parts: { end: number; module: string }[] = []
  let end = 0
  for (let run = 0; run < runs.length; run += 2) {
    end += runs[run]!
    parts.push({ end, module: modules[runs[run + 1]!] ?? BUNDLER })
  }
  return parts
}

/** Adds the work of one script to that of all: tokens that ran, by module. */
export function addWork(work: Map<string, number>, script: CountedScript, functions: readonly CoveredFunction[]): void {
  let part = 0
  for (const { start, end, count } of flatten(functions)) {
    if (count === 0) continue
    while (part > 0 && script.parts[part - 1]!.end > start) part--
    let from = start
    while (from < end) {
      while (part < script.parts.length - 1 && script.parts[part]!.end <= from) part++
      const { end: partEnd, module } = script.parts[part]!
      const to = part === script.parts.length - 1 ? end : Math.min(end, partEnd)
      const ran = tokensIn(script.tokens, from, to) * count
      if (ran > 0) work.set(module, (work.get(module) ?? 0) + ran)
      from = to
    }
  }
}

function tokensIn(tokens: Uint32Array, start: number, end: number): number {
  const last = tokens.length - 1
  return tokens[Math.min(end, last)]! - tokens[Math.min(start, last)]!
}

interface Stretch {
  readonly start: number
  readonly end: number
  readonly count: number
}

/** Nested ranges as stretches beside one another: the innermost range says how often its code ran. */
function flatten(functions: readonly CoveredFunction[]): Stretch[] {
  const ranges = functions
    .flatMap(({ ranges: own }) => own)
    .toSorted((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)
  const stretches: Stretch[] = []
  const open: { end: number; count: number }[] = []
  let position = 0
  const until = (end: number): void => {
    const count = open.at(-1)?.count
    if (end > position && count !== undefined) stretches.push({ start: position, end, count })
    position = Math.max(position, end)
  }
  for (const { startOffset, endOffset, count } of ranges) {
    while (open.length > 0 && open.at(-1)!.end <= startOffset) {
      until(open.at(-1)!.end)
      open.pop()
    }
    until(startOffset)
    open.push({ end: endOffset, count })
  }
  while (open.length > 0) {
    until(open.at(-1)!.end)
    open.pop()
  }
  return stretches
}
