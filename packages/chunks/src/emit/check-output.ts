import type { Rollup } from 'vite'
import { chunksError } from '../errors.ts'

/** Formats that can be planned, and those that always are one file. */
const MODULES = /^(?:es|esm|module)$/
const SINGLE_FILE = /^(?:iife|umd)$/

/**
 * Whether an output can be planned. SystemJS and CommonJS outputs are left to the bundler: what they are for (old browsers, mostly)
 * is not what a plan is made for.
 *
 * @param isLibrary `build.lib`
 * @throws `PACELINE_OUTPUT_UNSUPPORTED` for outputs that have no chunks to plan
 * @throws `PACELINE_CHUNKS_CONTRADICT` when the options have ideas of their own about what goes where
 */
export function isPlannable(output: Rollup.OutputOptions, isLibrary: boolean): boolean {
  const options = output as Readonly<Record<string, unknown>>
  const format = String(options['format'] ?? 'es')
  if (isLibrary) throw unsupported('build.lib', 'a library, whose chunks its users choose')
  if (SINGLE_FILE.test(format)) throw unsupported('output.format', `'${format}', which is one file`)
  if (options['preserveModules'] === true) throw unsupported('output.preserveModules', 'true')
  if (options['codeSplitting'] === false) throw unsupported('output.codeSplitting', 'false')
  if (options['inlineDynamicImports'] === true) throw unsupported('output.inlineDynamicImports', 'true')
  if (!MODULES.test(format)) return false
  for (const name of ['codeSplitting', 'advancedChunks', 'manualChunks']) {
    if (hasGroups(options[name])) throw chunksError('PACELINE_CHUNKS_CONTRADICT', [`output.${name}`])
  }
  return true
}

function hasGroups(value: unknown): boolean {
  if (typeof value === 'function') return true
  if (typeof value !== 'object' || value === null) return false
  const { groups } = value as { groups?: unknown }
  return Array.isArray(groups) ? groups.length > 0 : Object.keys(value).length > 0
}

function unsupported(option: string, received: string): Error {
  return chunksError('PACELINE_OUTPUT_UNSUPPORTED', [option, received])
}
