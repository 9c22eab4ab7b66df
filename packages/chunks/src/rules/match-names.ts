import { globMatcher } from '../match-glob.ts'

/** A matcher for any of a violation's names, as `ignore` and `suppress` write them. */
export function nameMatcher(patterns: readonly string[]): (names: readonly string[]) => boolean {
  const globs = patterns.map((pattern) => globMatcher(pattern.replace(/^\.\//, ''), { dot: true }))
  const literal = new Set(patterns)
  return (names) => names.some((name) => literal.has(name) || globs.some((matches) => matches(name)))
}
