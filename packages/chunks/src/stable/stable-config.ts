import type { Rollup, UserConfig } from 'vite'

/** First versions with import maps (caniuse.com/import-maps). */
const FIRST: Readonly<Record<string, number>> = {
  chrome: 89,
  edge: 89,
  firefox: 108,
  safari: 16.4,
  ios: 16.4,
  opera: 76,
}
const BROWSER = /^([a-z]+)([\d.]+)$/
/** `build.chunkImportMap` came with Vite 8.1. */
const SINCE = [8, 1] as const

/**
 * Turns on Vite's import map, so that chunks import each other by names that stay the same. Not where it cannot work: before Vite 8.1,
 * with `experimental.renderBuiltUrl`, with file names that hold no hash, with targets that know no import maps, or when the user has decided.
 */
export function stableConfig(user: UserConfig, viteVersion: string): UserConfig | undefined {
  const [major = 0, minor = 0] = viteVersion.split('.').map(Number)
  if (major < SINCE[0] || (major === SINCE[0] && minor < SINCE[1])) return undefined
  const build = { ...user.build, ...user.environments?.['client']?.build }
  if (build.chunkImportMap !== undefined || user.experimental?.renderBuiltUrl) return undefined
  // Without any hash there are no names to map, and Vite expects a map that Rolldown then does not make.
  const outputs = [build.rolldownOptions?.output ?? build.rollupOptions?.output ?? []].flat()
  if (outputs.some((output) => !hasHashes(output))) return undefined
  const targets = [build.target || []].flat()
  return targets.every(hasImportMaps) ? { build: { chunkImportMap: true } } : undefined
}

/**
 * Whether chunks will name each other by an import map: where the user has one, or {@link stableConfig} turns it on.
 *
 * @param stable the option
 */
export function isMapped(user: UserConfig, viteVersion: string, stable: boolean): boolean {
  const { chunkImportMap } = { ...user.build, ...user.environments?.['client']?.build }
  const ours = stable ? stableConfig(user, viteVersion)?.build?.chunkImportMap : undefined
  return (chunkImportMap ?? ours) === true
}

function hasHashes({ entryFileNames, chunkFileNames }: Rollup.OutputOptions): boolean {
  return [entryFileNames, chunkFileNames].some((names) => typeof names !== 'string' || names.includes('[hash'))
}

/** A year of ECMAScript says nothing of the browser; Vite's own default targets are recent enough. */
function hasImportMaps(target: string): boolean {
  const [, name = '', version] = BROWSER.exec(target) ?? []
  const first = FIRST[name]
  return first === undefined || Number.parseFloat(version!) >= first
}

/** Names of exports that depend on what is exported, not on how many exports there are: one more export changes no other chunk. */
export function stableOutput(output: Rollup.OutputOptions): Rollup.OutputOptions {
  return { ...output, minifyInternalExports: false }
}
