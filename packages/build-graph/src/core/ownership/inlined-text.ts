import type { ChunkModule } from './js-owners.ts'
import { pushRange, type OwnedRange } from './ranges.ts'

/** A piece of a string that reads the same in every way of quoting it, and is too long to occur by chance. */
const PIECE = /[^"'`\n\r$]{24,}/g

/**
 * Gives string constants that the minifier put in the place of their only use back to their modules. Text imported with
 * `?raw` is such a constant, and the map says that it stands in the importer's code.
 *
 * @param ranges over `code`, owners index `modules`
 * @param without modules whose text was found nowhere
 */
export function reclaimInlinedText(
  code: string,
  modules: readonly ChunkModule[],
  without: readonly number[],
  ranges: readonly OwnedRange[],
): OwnedRange[] {
  let current = [...ranges]
  for (const owner of without) {
    const found = uniquePlace(code, modules[owner]!.code ?? '')
    if (found === undefined) continue
    current = carve(current, ...literalAround(code, found, modules[owner]!.renderedLength), owner)
  }
  return current
}

const ESCAPE = /\\(?:u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|[^])/gi
const MAX_PIECES = 8

/** Where one of the longest pieces of a module stands, if it stands there only. */
function uniquePlace(code: string, module: string): number | undefined {
  const pieces = (module.replaceAll(ESCAPE, '\n').match(PIECE) ?? [])
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MAX_PIECES)
  const places = pieces.map((piece) => ({ first: code.indexOf(piece), last: code.lastIndexOf(piece) }))
  return places.find(({ first, last }) => first !== -1 && first === last)?.first
}

/**
 * The string or template literal around a position, quotes included. A literal may hold the other kinds of quotes: of
 * the three readings the longest that is no longer than the module can be is the one.
 */
function literalAround(code: string, position: number, longest: number): [start: number, end: number] {
  const readings = ['"', "'", '`'].map((quote): [number, number] => {
    let start = position
    while (start > 0 && !(code[start] === quote && code[start - 1] !== '\\')) start--
    let end = position
    while (end < code.length && code[end] !== quote) end += code[end] === '\\' ? 2 : 1
    return [start, Math.min(end + 1, code.length)]
  })
  const possible = readings.filter(([start, end]) => end - start <= longest)
  return possible.toSorted(([a, b], [c, d]) => d - c - (b - a))[0] ?? [position, position]
}

function carve(ranges: readonly OwnedRange[], start: number, end: number, owner: number): OwnedRange[] {
  const carved: OwnedRange[] = []
  for (const range of ranges) {
    pushRange(carved, range.start, Math.min(range.end, start), range.owner)
    if (range.start <= start && start < range.end) pushRange(carved, start, end, owner)
    pushRange(carved, Math.max(range.start, end), range.end, range.owner)
  }
  return carved
}
