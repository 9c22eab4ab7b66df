import { packageOf } from '@paceline/build-graph'
import picomatch from 'picomatch'
import type { LiveModule } from './live-graph.ts'
import { globMatcher } from './match-glob.ts'

/** `react`, `@fluentui/*`, `lodash.debounce`: the name of a package, with or without scope. */
const PACKAGE = /^(?:@[\w.*-]+\/)?[\w.*-]+$/
const FILE = /\.(?:[cm]?[jt]sx?|css|json)$/

/**
 * Whether a module belongs to one of some patterns: names of packages (`'react'`, `'@fluentui/*'`), globs of modules relative to the Vite
 * root (`'src/charts/**'`) or inside a package (`'lodash/fp/**'`), `'node_modules'` for every package, or `'**'` for everything.
 * `'chart.js'` is that package and that file of the root; `'./chart.js'` only the file.
 */
export function moduleMatcher(patterns: readonly string[]): (module: Pick<LiveModule, 'id' | 'package'>) => boolean {
  const tests = patterns.map(matcher)
  return (module) => tests.some((test) => test(module))
}

function matcher(pattern: string): (module: Pick<LiveModule, 'id' | 'package'>) => boolean {
  // Also what lies above the root, which no other glob means without saying so.
  if (pattern === '**') return () => true
  if (pattern === 'node_modules') return (module) => module.package !== undefined
  if (isPackagePattern(pattern)) {
    const matches = picomatch(pattern)
    return (module) => module.package !== undefined && matches(module.package)
  }
  const named = mayBePackage(pattern) ? picomatch(pattern) : () => false
  const glob = pattern.replace(/^\.?\//, '')
  const matches = globMatcher(glob, { dot: true, strictSlashes: true })
  return (module) => {
    const path = module.id.replace(/\?.*$/s, '')
    // Files of routes have names such as `[id].tsx`, which mean themselves before they mean a glob.
    if (path === glob || matches(path)) return true
    if (module.package !== undefined && named(module.package)) return true
    const installed = packageOf(`/${path}`)
    return installed !== undefined && matches(`/${path}`.slice(installed.dir.length - installed.name.length))
  }
}

/** Whether a pattern names packages rather than files. */
export function isPackagePattern(pattern: string): boolean {
  return mayBePackage(pattern) && !FILE.test(pattern)
}

/** Whether a pattern could name packages: `'chart.js'` may be one, or a file. */
export function mayBePackage(pattern: string): boolean {
  return PACKAGE.test(pattern) && pattern !== '**'
}

/**
 * The group that a module belongs to: the first whose patterns match.
 *
 * @param groups name → patterns
 */
export function groupMatcher(
  groups: Readonly<Record<string, readonly string[]>>,
): (module: Pick<LiveModule, 'id' | 'package'>) => string | undefined {
  const matchers = Object.entries(groups).map(([name, patterns]) => [name, moduleMatcher(patterns)] as const)
  return (module) => matchers.find(([, matches]) => matches(module))?.[0]
}
