/**
 * A path pattern as routers write it, as the source of a regular expression that every server understands (no look-around: RE2 has none).
 * `:name` is a segment, `:name?` and `name?` may be missing, `*` at the end takes the rest. A slash at the end of the path does not matter.
 *
 * @param pattern `/notes/:noteId`, with the base in front
 */
export function patternSource(pattern: string): string {
  const segments = pattern.split('/').filter((segment) => segment !== '')
  const source = segments.map((segment, index) => {
    if (segment === '*' || segment === '**') return index === segments.length - 1 ? '(?:/.*)?' : '/[^/]+'
    const isOptional = segment.endsWith('?')
    const name = isOptional ? segment.slice(0, -1) : segment
    const own = `/${name.startsWith(':') ? '[^/]+' : escapeExpression(name)}`
    return isOptional ? `(?:${own})?` : own
  })
  const last = segments.at(-1)
  return `^${source.join('')}${last === '*' || last === '**' ? '' : '/?'}$`
}

/** Whether a path fits a pattern. */
export function matchesPattern(pattern: string, path: string): boolean {
  return new RegExp(patternSource(pattern)).test(path)
}

/** Orders patterns so that the first that matches is the one that routers would choose: what is written out goes before what is open. */
export function bySpecificity(a: string, b: string): number {
  const first = a.split('/').filter(Boolean).map(openness)
  const second = b.split('/').filter(Boolean).map(openness)
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    // A pattern that ends is more specific than one that goes on with `*`, and does not meet any other that goes on.
    const difference = (first[index] ?? 1.5) - (second[index] ?? 1.5)
    if (difference !== 0) return difference
  }
  return a < b ? -1 : a > b ? 1 : 0
}

function openness(segment: string): number {
  if (segment === '*' || segment === '**') return 3
  if (segment.endsWith('?')) return 2
  return segment.startsWith(':') ? 1 : 0
}

/** Escapes text for a regular expression of JavaScript, PCRE and RE2. */
export function escapeExpression(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, (character) =>
    character === '/' || character === '-' ? character : `\\${character}`,
  )
}
