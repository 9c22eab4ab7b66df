import { decode } from '@jridgewell/sourcemap-codec'
import { alignEdits, type Kept } from './align.ts'
import { assignInOrder, evidenceOf, type Evidence } from './evidence.ts'
import { reclaimInlinedText } from './inlined-text.ts'
import { BUNDLER, pushRange, type OwnedRange } from './ranges.ts'
import { itemBoundaries } from './statements.ts'

/** A module of a chunk, in output order. */
export interface ChunkModule {
  readonly id: string
  /** Length after tree shaking, before minification; only the proportion between neighbours is used. */
  readonly renderedLength: number
  /** Text after tree shaking, before minification, where the map says nothing: what the module is recognised by. */
  readonly code?: string
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
  const owners = new Set(ranges.map((range) => range.owner))
  const without = [...chunk.modules.keys()].filter((index) => !owners.has(index) && chunk.modules[index]!.code)
  const complete = reclaimInlinedText(code, chunk.modules, without, ranges)
  if (code === finalCode) return complete
  return moveRanges(complete, alignEdits(code, finalCode, PRELOAD_MARKER), code, finalCode.length)
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
  readonly start: number
  /** Where the last segment of the run begins: what follows it may already be somebody else's. */
  lastSegment: number
  readonly module: number
  /** Where the map says that nobody's text begins: Rolldown marks the end of a module before one without mappings. */
  unmapped?: number
}

/** Consecutive mappings of one module, in output order. Mappings without a known source say nothing and are passed over. */
function mappedRuns(chunk: JsChunkInput, body: Span): Run[] {
  const runs: Run[] = []
  let lineStart = 0
  for (const line of decode(chunk.mappings)) {
    for (const segment of line) {
      const position = lineStart + segment[0]
      if (position < body.start || position >= body.end) continue
      const last = runs.at(-1)
      if (segment.length === 1) {
        if (last) last.unmapped ??= position
        continue
      }
      const module = chunk.sourceModules[segment[1]] ?? -1
      if (module === -1) continue
      if (last?.module === module && last.unmapped === undefined) last.lastSegment = position
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
  const ghosts = [...chunk.modules.keys()].filter(
    (index) => chunk.modules[index]!.renderedLength > 0 && !mapped.has(index),
  )
  const inlined = inlinedGhosts(chunk, ghosts)
  // Only the first time a module appears can unmapped ones stand before it; a later run is code moved by the minifier.
  let reached = -1
  let position = body.start
  for (const [index, run] of [...runs, undefined].entries()) {
    const previous = runs[index - 1]
    const next = run?.module ?? chunk.modules.length
    const standing = ghosts.filter((ghost) => ghost > reached && ghost < next)
    const end = run?.start ?? body.end
    if (standing.length > 0) {
      const from = previous ? (previous.unmapped ?? Math.max(position, previous.lastSegment)) : position
      if (previous) pushRange(ranges, position, from, previous.module)
      shareOut(chunk, standing, { start: from, end }, previous, run?.module, ranges)
    } else if (!previous) {
      // What no module wrote: the wrapper of a format, a banner. A keyword before the first mapping is the module's.
      const head = position + wrapperLength(chunk.code.slice(position, end))
      pushRange(ranges, position, head, BUNDLER)
      pushRange(ranges, head, end, run?.module ?? BUNDLER)
    } else {
      const from = previous.unmapped ?? end
      pushRange(ranges, position, from, previous.module)
      pushRange(ranges, from, end, inlined(from, end) ?? previous.module)
    }
    position = end
    reached = Math.max(reached, next === chunk.modules.length ? reached : next)
  }
}

/** Finds the unmapped module that a stretch inside another module came from: a constant or a function put in its place. */
function inlinedGhosts(
  chunk: JsChunkInput,
  ghosts: readonly number[],
): (start: number, end: number) => number | undefined {
  let evidence: Evidence | undefined
  return (start, end) => {
    if (ghosts.length === 0 || end <= start) return undefined
    evidence ??= evidenceOf(ghosts.map((ghost) => chunk.modules[ghost]!))
    const best = evidence.best(chunk.code.slice(start, end))
    return best === undefined ? undefined : ghosts[best]
  }
}

function wrapperLength(head: string): number {
  return (/^[^]*[;,{}()]\s*/.exec(head)?.[0] ?? '').length
}

/**
 * A stretch that begins in the last token of one module and ends before the first of another: its first item is the
 * tail of the former (unless the map says where that ends), what follows the last boundary is the head of the latter, and
 * the items between belong to the unmapped modules, in order.
 */
function shareOut(
  chunk: JsChunkInput,
  ghosts: readonly number[],
  stretch: Span,
  before: Run | undefined,
  after: number | undefined,
  ranges: OwnedRange[],
): void {
  const hasTail = before !== undefined && before.unmapped === undefined
  const scanned = hasTail ? afterTemplate(chunk.code, before.start, stretch) : stretch.start
  const boundaries = itemBoundaries(chunk.code, scanned, stretch.end)
  const first = hasTail ? (boundaries.shift() ?? stretch.end) : stretch.start
  const last = after === undefined ? stretch.end : Math.max(first, boundaries.at(-1) ?? first)
  if (before) pushRange(ranges, stretch.start, first, before.module)
  const cuts = [...new Set([first, ...boundaries.filter((cut) => cut > first && cut < last), last])]
  const items = cuts.slice(1).map((cut, index) => chunk.code.slice(cuts[index], cut))
  const modules = ghosts.map((ghost) => chunk.modules[ghost]!)
  const owners = ghosts.length === 1 ? items.map(() => 0) : assignInOrder(items, modules)
  for (const [index, owner] of owners.entries()) pushRange(ranges, cuts[index]!, cuts[index + 1]!, ghosts[owner]!)
  pushRange(ranges, last, stretch.end, after ?? ghosts.at(-1)!)
}

/** Where the code of a stretch begins, when it begins inside a template literal: maps have a segment for each line of one. */
function afterTemplate(code: string, runStart: number, stretch: Span): number {
  const quotes = code.slice(runStart, stretch.start).match(/(?<!\\)`/g)?.length ?? 0
  const close = code.indexOf('`', stretch.start)
  return quotes % 2 === 1 && close !== -1 && close < stretch.end ? close + 1 : stretch.start
}

/**
 * Carries ranges over to the edited text. What was put in place of a module's text is the module's; what was inserted, and
 * what fills Vite's markers, is the bundler's.
 */
function moveRanges(
  ranges: readonly OwnedRange[],
  kept: readonly Kept[],
  before: string,
  length: number,
): OwnedRange[] {
  const moved: OwnedRange[] = []
  let index = 0
  let position = 0
  let done = 0
  for (const part of [...kept, { before: before.length, after: length, length: 0 }]) {
    while (ranges[index] && ranges[index]!.end <= done) index++
    const replaced = before.slice(done, part.before)
    const owner = replaced === '' || replaced.includes(PRELOAD_MARKER) ? BUNDLER : (ranges[index]?.owner ?? BUNDLER)
    pushRange(moved, position, part.after, owner)
    const end = part.before + part.length
    while (ranges[index] && ranges[index]!.end <= part.before) index++
    for (let at = index; ranges[at] && ranges[at]!.start < end; at++) {
      const { start, end: rangeEnd, owner: own } = ranges[at]!
      const shift = part.after - part.before
      pushRange(moved, Math.max(start, part.before) + shift, Math.min(rangeEnd, end) + shift, own)
    }
    position = part.after + part.length
    done = end
  }
  return moved
}
