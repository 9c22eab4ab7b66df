import { diffArrays } from 'diff'
import { BUNDLER, pushRange, type OwnedRange } from './ranges.ts'

/** A stylesheet as the CSS pipeline compiled it, before it is joined with others and minified. */
export interface Stylesheet {
  readonly code: string
}

interface Item {
  /** What survives minification of a rule's prelude. */
  readonly key: string
  readonly start: number
}

/**
 * Says which stylesheet each part of an emitted CSS file came from. Builds make no source maps for CSS, so the rules of
 * the file are aligned with the rules of the stylesheets, in order (longest common subsequence over their preludes);
 * a rule that the minifier rewrote or merged lies between two that it did not and belongs where they belong.
 *
 * @param stylesheets in the order they were joined
 * @returns ranges over the code units of `css`, owners index `stylesheets`
 */
export function cssOwners(css: string, stylesheets: readonly Stylesheet[]): OwnedRange[] {
  const emitted = cssItems(css)
  const sources = stylesheets.flatMap(({ code }, owner) => cssItems(code).map((item) => ({ key: item.key, owner })))
  const owners = alignItems(
    emitted.map((item) => item.key),
    sources,
  )
  const ranges: OwnedRange[] = []
  const fallback = stylesheets.length > 0 ? 0 : BUNDLER
  pushRange(ranges, 0, emitted[0]?.start ?? css.length, owners[0] ?? fallback)
  for (const [index, item] of emitted.entries()) {
    pushRange(ranges, item.start, emitted[index + 1]?.start ?? css.length, owners[index] ?? fallback)
  }
  return ranges
}

/** The owner of every emitted item; `undefined` only when there are no sources at all. */
function alignItems(
  emitted: readonly string[],
  sources: readonly { key: string; owner: number }[],
): (number | undefined)[] {
  const owners: (number | undefined)[] = []
  let source = 0
  let removed = 0
  for (const change of diffArrays(
    sources.map((item) => item.key),
    [...emitted],
  )) {
    const { count } = change
    if (change.removed) {
      removed = count
    } else if (change.added) {
      // Rewritten rules stand for the source rules that vanished here, in order; pure additions for their neighbour.
      for (let index = 0; index < count; index++) {
        const place = removed > 0 ? source + Math.floor((index * removed) / count) : source - 1
        owners.push(sources[Math.min(Math.max(place, 0), sources.length - 1)]?.owner)
      }
      source += removed
      removed = 0
    } else {
      source += removed
      removed = 0
      for (let index = 0; index < count; index++) owners.push(sources[source + index]?.owner)
      source += count
    }
  }
  return owners
}

/** The preludes of a stylesheet: one item per `{`, nested ones too, and one per statement such as `@import`. */
export function cssItems(css: string): Item[] {
  const items: Item[] = []
  let start = 0
  let depth = 0
  for (let index = 0; index < css.length; index++) {
    const char = css[index]
    if (char === '"' || char === "'") index = endOfString(css, index)
    else if (char === '/' && css[index + 1] === '*') index = endOfComment(css, index)
    else if (char === '(') index = endOfParentheses(css, index)
    else if (char === '{') {
      items.push({ key: preludeKey(css.slice(start, index)), start: skipSpace(css, start) })
      depth++
      start = index + 1
    } else if (char === '}') {
      depth = Math.max(0, depth - 1)
      start = index + 1
    } else if (char === ';') {
      if (depth === 0) items.push({ key: preludeKey(css.slice(start, index)), start: skipSpace(css, start) })
      start = index + 1
    }
  }
  return items
}

/** What a minifier leaves alone: no comments, spaces, quotes, case; one colon for pseudo-elements; ranges of media features as one form. */
function preludeKey(prelude: string): string {
  return prelude
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/\(\s*min-([a-z-]+)\s*:/g, '($1>=')
    .replaceAll(/\(\s*max-([a-z-]+)\s*:/g, '($1<=')
    .replaceAll(/["'\s]/g, '')
    .replaceAll('::', ':')
    .toLowerCase()
}

function skipSpace(css: string, from: number): number {
  let index = from
  while (index < css.length && /\s/.test(css[index]!)) index++
  return index
}

function endOfString(css: string, open: number): number {
  for (let index = open + 1; index < css.length; index++) {
    if (css[index] === '\\') index++
    else if (css[index] === css[open]) return index
  }
  return css.length
}

function endOfComment(css: string, open: number): number {
  const close = css.indexOf('*/', open + 2)
  return close === -1 ? css.length : close + 1
}

/** `url(data:…;…)` and `:is(…)` may hold any delimiter. */
function endOfParentheses(css: string, open: number): number {
  let depth = 0
  for (let index = open; index < css.length; index++) {
    const char = css[index]
    if (char === '\\') index++
    else if (char === '"' || char === "'") index = endOfString(css, index)
    else if (char === '(') depth++
    else if (char === ')' && --depth === 0) return index
  }
  return css.length
}
