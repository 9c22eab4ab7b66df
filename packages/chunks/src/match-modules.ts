import picomatch from 'picomatch'
import type { LiveModule } from './live-graph.ts'

/** `react`, `@fluentui/*`, `lodash.debounce`: the name of a package, with or without scope. */
const PACKAGE = /^(?:@[\w.*-]+\/)?[\w.*-]+$/

/**
 * Whether a module belongs to one of some patterns: names of packages (`'react'`, `'@fluentui/*'`), globs of modules relative to the Vite
 * root (`'src/charts/**'`), or `'node_modules'` for every package.
 */
export function moduleMatcher(patterns: readonly string[]): (module: Pick<LiveModule, 'id' | 'package'>) => boolean {
  const tests = patterns.map(matcher)
  return (module) => tests.some((test) => test(module))
}

function matcher(pattern: string): (module: Pick<LiveModule, 'id' | 'package'>) => boolean {
  if (pattern === 'node_modules') return (module) => module.package !== undefined
  if (PACKAGE.test(pattern)) {
    const matches = picomatch(pattern)
    return (module) => module.package !== undefined && matches(module.package)
  }
  const matches = picomatch(pattern.replace(/^\.?\//, ''), { dot: true })
  return (module) => matches(module.id.replace(/\?.*$/s, ''))
}
