import { packageOf } from '@paceline/build-graph'
import picomatch from 'picomatch'

/** Something a pattern may name: a module of the report, or anything else by its names alone. */
export interface Subject {
  readonly id: string
  readonly package?: string | undefined
}

/**
 * Reads a pattern as `chunks.groups` has them: a package (`'react'`, `'@mui/*'`), a module glob (`'src/charts/**'`, or `'lodash/fp/**'` inside a
 * package), or `'node_modules'`.
 */
export function subjectMatcher(pattern: string): (subject: Subject) => boolean {
  if (pattern === 'node_modules') return ({ package: owner }) => owner !== undefined
  if (isPackagePattern(pattern)) {
    const matches = picomatch(pattern)
    return ({ package: owner }) => owner !== undefined && matches(owner)
  }
  const matches = picomatch(pattern.replace(/^\.\//, ''), { dot: true })
  return ({ id }) => {
    const path = id.replace(/\?.*$/, '')
    // Files of routes have names such as `[id].tsx`, which mean themselves before they mean a glob.
    if (path === pattern || matches(path)) return true
    const installed = packageOf(`/${path}`)
    return installed !== undefined && matches(`/${path}`.slice(installed.dir.length - installed.name.length))
  }
}

/** A matcher for any of several patterns. */
export function anyMatcher(patterns: readonly string[]): (subject: Subject) => boolean {
  const matchers = patterns.map(subjectMatcher)
  return (subject) => matchers.some((matches) => matches(subject))
}

/** Whether a pattern names packages rather than files. */
export function isPackagePattern(pattern: string): boolean {
  return /^(?:@[^/]+\/)?[^/@][^/]*$/.test(pattern) && !pattern.includes('**') && !/\.[cm]?[jt]sx?$/.test(pattern)
}

/** Whether any of a violation's names is meant by a pattern, as `ignore` and `suppress` write it. */
export function nameMatcher(patterns: readonly string[]): (names: readonly string[]) => boolean {
  const globs = patterns.map((pattern) => picomatch(pattern.replace(/^\.\//, ''), { dot: true }))
  const literal = new Set(patterns)
  return (names) => names.some((name) => literal.has(name) || globs.some((matches) => matches(name)))
}
