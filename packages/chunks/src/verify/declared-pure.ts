import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { cleanId, isVirtual, normalize, packageOf } from '@paceline/build-graph'
import picomatch from 'picomatch'

/**
 * Tells modules whose package declares them free of side effects (`sideEffects` in the nearest package.json inside the package):
 * such a module may be run, moved and dropped at will. Rollup knows by itself (`moduleSideEffects`); Rolldown does not say.
 */
export function declaredPure(): (id: string) => boolean {
  const manifests = new Map<string, unknown>()
  const sideEffectsOf = (dir: string): unknown => {
    if (!manifests.has(dir)) manifests.set(dir, readSideEffects(dir))
    return manifests.get(dir)
  }
  return (id) => {
    const file = normalize(cleanId(id))
    const root = isVirtual(id) ? undefined : packageOf(file)?.dir
    if (root === undefined) return false
    for (let dir = dirname(file); dir.length >= root.length; dir = dirname(dir)) {
      const declared = sideEffectsOf(dir)
      // A package.json that only says `"type": "module"` says nothing about effects.
      if (declared !== undefined) return isPure(declared, normalize(relative(dir, file)))
    }
    return false
  }
}

function isPure(declared: unknown, path: string): boolean {
  if (declared === false) return true
  if (!Array.isArray(declared)) return false
  const globs = declared.filter((glob) => typeof glob === 'string')
  // As bundlers read them: a pattern without a directory is for all of them.
  const patterns = globs.map((glob) => (glob.includes('/') ? glob.replace(/^\.?\//, '') : `**/${glob}`))
  return !picomatch(patterns, { dot: true })(path)
}

function readSideEffects(dir: string): unknown {
  try {
    return (JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as { sideEffects?: unknown }).sideEffects
  } catch {
    return undefined
  }
}
