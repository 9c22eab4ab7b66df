import type { BuildEnvironmentOptions, Rollup } from 'vite'
import { chunksError } from '../errors.ts'

/** Formats that can be planned, and those that always are one file. */
const MODULES = /^(?:es|esm|module)$/
const SINGLE_FILE = /^(?:iife|umd)$/

/**
 * Before anything is built: whether there is going to be an output that a plan can be followed in.
 *
 * @param build as the config file says it
 * @throws `PACELINE_OUTPUT_UNSUPPORTED`
 */
export function checkOutputs(build: BuildEnvironmentOptions): void {
  const { lib, rollupOptions, rolldownOptions } = build
  if (lib) throw library()
  checkStyles(build)
  const outputs = [rolldownOptions?.output ?? rollupOptions?.output ?? []].flat()
  const formats = outputs.map(formatOf)
  if (formats.length === 0 || formats.some((format) => MODULES.test(format))) return
  const names = formats.map((format) => `'${format}'`).join(', ')
  throw unsupported('output.format', `${names}, and only ES modules are planned`)
}

/**
 * Vite joins the stylesheets of all chunks in the order of the chunks when it is told to make one of them: other chunks, and rules of CSS
 * overrule each other that did not before.
 *
 * @throws `PACELINE_OUTPUT_UNSUPPORTED`
 */
export function checkStyles({ cssCodeSplit }: Pick<BuildEnvironmentOptions, 'cssCodeSplit'>): void {
  if (cssCodeSplit !== false) return
  throw unsupported('build.cssCodeSplit', 'false, with which the order of chunks is the order of all CSS')
}

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
  const format = formatOf(output)
  if (isLibrary) throw library()
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

function formatOf(output: object): string {
  return String((output as { format?: unknown }).format ?? 'es')
}

function library(): Error {
  return unsupported('build.lib', 'a library, whose chunks its users choose')
}

function unsupported(option: string, received: string): Error {
  return chunksError('PACELINE_OUTPUT_UNSUPPORTED', [option, received])
}
