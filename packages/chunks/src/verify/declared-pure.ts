import { dirname, relative } from 'node:path'
import { cleanId, isVirtual, normalize, packageOf } from '@paceline/build-graph'
import { readManifest } from '@paceline/kit'
import picomatch from 'picomatch'
import { memo } from '../memo.ts'

/**
 * Tells modules whose package declares them free of side effects (`sideEffects` in the nearest package.json inside the package):
 * such a module may be run, moved and dropped at will. Rollup knows by itself (`moduleSideEffects`); Rolldown does not say.
 */
export function declaredPure(): (id: string) => boolean {
  const declaredIn = memo((dir: string) => readDeclared(dir))
  return (id) => {
    const file = normalize(cleanId(id))
    const root = isVirtual(id) ? undefined : packageOf(file)?.dir
    if (root === undefined) return false
    for (let dir = dirname(file); dir.length >= root.length; dir = dirname(dir)) {
      const isPure = declaredIn(dir)
      // A package.json that only says `"type": "module"` says nothing about effects.
      if (isPure) return isPure(normalize(relative(dir, file)))
    }
    return false
  }
}

/** Whether the package.json of a directory, if there is one, declares a file below it free of side effects. */
function readDeclared(dir: string): ((path: string) => boolean) | undefined {
  const declared = readManifest(dir)?.['sideEffects']
  if (declared === undefined) return undefined
  if (!Array.isArray(declared)) return () => declared === false
  const globs = declared.filter((glob) => typeof glob === 'string')
  // As bundlers read them: a pattern without a directory is for all of them.
  const patterns = globs.map((glob) => (glob.includes('/') ? glob.replace(/^\.?\//, '') : `**/${glob}`))
  const hasEffects = picomatch(patterns, { dot: true })
  return (path) => !hasEffects(path)
}
