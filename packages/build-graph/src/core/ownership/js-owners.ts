import { decode } from '@jridgewell/sourcemap-codec'
import { alignEdits, type Kept } from './align.ts'
import { BUNDLER, pushRange, type OwnedRange } from './ranges.ts'
import { itemBoundaries } from './statements.ts'

/** A module of a chunk, in output order. */
export interface ChunkModule {
  readonly id: string
  /** Length after tree shaking, before minification; only the proportion between neighbours is used. */
  readonly renderedLength: number
}

/** A JS chunk as the bundler handed it out, and what became of it on disk. */
export interface JsChunkInput {
  readonly modules: readonly ChunkModule[]
  /** Code that the map describes. */
  readonly code: string
  /** Code on disk. */
  readonly finalCode: string
  readonly mappings: string
  /** For each source of the map the index of its module, or -1 when no module of the chunk has that name. */
  readonly sourceModules: readonly number[]
}

/** Vite's placeholder for the list of files to preload, filled in after the map was made. */
const PRELOAD_MARKER = '__VITE_PRELOAD__'

/**
 * Says which module wrote which part of the final code. Every code unit has an owner: a mapped module, an unmapped
 * one that stands between two mapped ones, or the bundler (import and export statements, preload tables).
 *
 * @returns ranges over the UTF-16 code units of `finalCode`, owners index `modules`
 */
export function jsOwners(chunk: JsChunkInput): OwnedRange[] {
  const { code, finalCode } = chunk
  const body = bodyOf(code)
  const runs = mappedRuns(chunk, body)
  const ranges: OwnedRange[] = []
  pushRange(ranges, 0, body.start, BUNDLER)
  fillGhosts(chunk, runs, body, ranges)
  pushRange(ranges, body.end, code.length, BUNDLER)
  return code === finalCode ? ranges : moveRanges(ranges, alignEdits(code, finalCode, PRELOAD_MARKER), finalCode.length)
}

interface Span {
  readonly start: number
  readonly end: number
}

const HEADER =
  /^(?:#![^\n]*\n)?(?:\s*(?:import\s*(?:[\w$\s{},*]+?from\s*)?(?:"[^"]*"|'[^']*'|`[^`]*`)\s*;?|\/\*[^*]*\*\/|\/\/[^\n]*\n))*\s*/
const FOOTER = /(?:\s*(?:export\s*\{[^{}]*\}\s*;?|\/\/[#@] ?source(?:MappingURL|URL)=[^\n]*))*\s*$/

/** The part of a chunk that modules wrote: without the import and export statements between chunks. */
function bodyOf(code: string): Span {
  const start = HEADER.exec(code)?.[0].length ?? 0
  const tail = code.lastIndexOf('export')
  const comment = code.lastIndexOf('\n//#')
  const from = Math.max(start, Math.min(...[tail, comment].filter((index) => index > start), code.length))
  const footer = FOOTER.exec(code.slice(from))?.[0].length ?? 0
  return { start, end: Math.max(start, code.length - footer) }
}

interface Run {
  start: number
  /** Where the last segment of the run begins: what follows it may already be somebody else's. */
  lastSegment: number
  module: number
}

/** Consecutive mappings of one module, in output order. Mappings without a known source say nothing and are passed over. */
function mappedRuns(chunk: JsChunkInput, body: Span): Run[] {
  const runs: Run[] = []
  let lineStart = 0
  for (const line of decode(chunk.mappings)) {
    for (const segment of line) {
      if (segment.length === 1) continue
      const module = chunk.sourceModules[segment[1]] ?? -1
      const position = lineStart + segment[0]
      if (module === -1 || position < body.start || position >= body.end) continue
      const last = runs.at(-1)
      if (last?.module === module) last.lastSegment = position
      else runs.push({ start: position, lastSegment: position, module })
    }
    const newline = chunk.code.indexOf('\n', lineStart)
    if (newline === -1) break
    lineStart = newline + 1
  }
  return runs
}

/** Lays the runs out over the body and gives the stretches between them to the unmapped modules that stand there. */
function fillGhosts(chunk: JsChunkInput, runs: readonly Run[], body: Span, ranges: OwnedRange[]): void {
  const mapped = new Set(runs.map((run) => run.module))
  const ghostsBetween = (after: number, before: number): number[] =>
    chunk.modules.flatMap((module, index) =>
      index > after && index < before && module.renderedLength > 0 && !mapped.has(index) ? [index] : [],
    )
  // Only the first time a module appears can unmapped ones stand before it; a later run is code moved by the minifier.
  let reached = -1
  let position = body.start
  for (const [index, run] of [...runs, undefined].entries()) {
    const previous = runs[index - 1]
    const next = run?.module ?? chunk.modules.length
    const ghosts = next > reached ? ghostsBetween(reached, next) : []
    const end = run?.start ?? body.end
    if (ghosts.length === 0) {
      const owner = previous?.module ?? run?.module ?? BUNDLER
      pushRange(ranges, position, end, owner)
    } else {
      const from = previous ? Math.max(position, previous.lastSegment) : position
      if (previous) pushRange(ranges, position, from, previous.module)
      shareOut(chunk, ghosts, { start: from, end }, previous?.module, run?.module, ranges)
    }
    position = end
    reached = Math.max(reached, next === chunk.modules.length ? reached : next)
  }
}

/**
 * A stretch that begins in the last token of one module and ends before the first of another: its first item is the
 * tail of the former, what follows the last boundary is the head of the latter, and the items between belong to the
 * unmapped modules, in order, each as much as its length before minification says.
 */
function shareOut(
  chunk: JsChunkInput,
  ghosts: readonly number[],
  stretch: Span,
  before: number | undefined,
  after: number | undefined,
  ranges: OwnedRange[],
): void {
  const boundaries = itemBoundaries(chunk.code, stretch.start, stretch.end)
  const first = before === undefined ? stretch.start : (boundaries.shift() ?? stretch.end)
  const last = after === undefined ? stretch.end : Math.max(first, boundaries.at(-1) ?? first)
  if (before !== undefined) pushRange(ranges, stretch.start, first, before)
  const cuts = [first, ...boundaries.filter((cut) => cut > first && cut < last), last]
  const total = ghosts.reduce((sum, ghost) => sum + chunk.modules[ghost]!.renderedLength, 0)
  let cut = 0
  let covered = 0
  for (const [order, ghost] of ghosts.entries()) {
    covered += chunk.modules[ghost]!.renderedLength
    const start = cuts[cut]!
    cut = nearestCut(cuts, cut, first + ((last - first) * covered) / total, ghosts.length - 1 - order)
    pushRange(ranges, start, cuts[cut]!, ghost)
  }
  pushRange(ranges, last, stretch.end, after ?? ghosts.at(-1)!)
}

/** The cut after `from` that is nearest to `target` and leaves an item for each of those still to come, if there are enough. */
function nearestCut(cuts: readonly number[], from: number, target: number, toCome: number): number {
  const final = cuts.length - 1
  if (toCome === 0) return final
  let cut = Math.min(from + 1, final)
  while (cut < final - toCome && Math.abs(cuts[cut + 1]! - target) < Math.abs(cuts[cut]! - target)) cut++
  return cut
}

/** Carries ranges over to the edited text; what was inserted belongs to the bundler. */
function moveRanges(ranges: readonly OwnedRange[], kept: readonly Kept[], length: number): OwnedRange[] {
  const moved: OwnedRange[] = []
  let index = 0
  let position = 0
  for (const part of kept) {
    pushRange(moved, position, part.after, BUNDLER)
    const end = part.before + part.length
    while (ranges[index] && ranges[index]!.end <= part.before) index++
    for (let at = index; ranges[at] && ranges[at]!.start < end; at++) {
      const { start, end: rangeEnd, owner } = ranges[at]!
      const shift = part.after - part.before
      pushRange(moved, Math.max(start, part.before) + shift, Math.min(rangeEnd, end) + shift, owner)
    }
    position = part.after + part.length
  }
  pushRange(moved, position, length, BUNDLER)
  return moved
}
