import { plainId } from '@paceline/build-graph'
import { globMatcher } from '../match-glob.ts'

/** A matcher for any of a violation's names, in full or as it is printed, as `ignore` and `suppress` write them. */
export function nameMatcher(patterns: readonly string[]): (names: readonly string[]) => boolean {
  const globs = patterns.map((pattern) => globMatcher(pattern.replace(/^\.\//, ''), { dot: true }))
  const literal = new Set(patterns)
  const matchesOne = (name: string): boolean => literal.has(name) || globs.some((matches) => matches(name))
  return (names) => names.some((name) => matchesOne(name) || matchesOne(plainId(name)))
}
