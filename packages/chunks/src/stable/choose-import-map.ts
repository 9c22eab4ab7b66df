import type { BuildEnvironmentOptions, EnvironmentOptions, Rollup } from 'vite'
import { isHtml, namesOf, pathOf } from './inputs.ts'

/** What decides whether chunks can name each other by an import map; as the config is once all plugins have had their say. */
export interface MappedApp {
  readonly viteVersion: string
  readonly root: string
  readonly base: string | undefined
  readonly renderBuiltUrl: boolean
  readonly client: EnvironmentOptions
}

export interface ImportMapChoice {
  /** Whether chunks name each other by an import map. */
  readonly mapped: boolean
  /** Why they do not, where the user has not said so: the middle of a sentence. */
  readonly obstacle?: string
}

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
 * Decides whether Vite's import map is turned on, so that chunks import each other by names that stay the same. Not where nothing would
 * run then: the names that chunks import exist in the map alone, and it stands in pages only. What the user has said counts.
 */
export function chooseImportMap(app: MappedApp): ImportMapChoice {
  const build = app.client.build ?? {}
  if (build.chunkImportMap !== undefined) return { mapped: build.chunkImportMap }
  // Without any hash there are no names to map, and Vite expects a map that Rolldown then does not make.
  if (outputsOf(build).some((output) => !hasHashes(output))) return { mapped: false }
  const obstacle = obstacleOf(app, build)
  return obstacle === undefined ? { mapped: true } : { mapped: false, obstacle }
}

function obstacleOf(app: MappedApp, build: BuildEnvironmentOptions): string | undefined {
  const [major = 0, minor = 0] = app.viteVersion.split('.').map(Number)
  if (major < SINCE[0] || (major === SINCE[0] && minor < SINCE[1])) {
    return `Vite makes import maps since ${SINCE.join('.')}, and this is ${app.viteVersion}`
  }
  if (app.renderBuiltUrl) return 'with `experimental.renderBuiltUrl` Vite cannot make one'
  const old = [build.target || []].flat().find((target) => !hasImportMaps(target))
  if (old !== undefined) return `\`build.target\` has '${old}', which knows no import maps`
  const inputs = namesOf(inputsOf(app.client)).map((input) => pathOf(input, app.root))
  const script = build.lib ? 'build.lib' : inputs.find((input) => !isHtml(input))
  if (script !== undefined)
    return `the input \`${script}\` is no HTML, and only a page that Vite writes can hold the map`
  // Vite writes the same `./assets/…` into every page, whatever its directory.
  const nested = isRelative(app.base) ? inputs.find((page) => page.includes('/')) : undefined
  if (nested === undefined) return undefined
  return `\`base\` is '${app.base}', and Vite's relative maps are wrong in \`${nested}\`, which is not at the root`
}

/** As Vite looks for them; without any it takes `index.html`. */
function inputsOf({ build, input }: EnvironmentOptions): Rollup.InputOption | undefined {
  return (build?.rolldownOptions ?? build?.rollupOptions)?.input ?? input
}

function outputsOf(build: BuildEnvironmentOptions): Rollup.OutputOptions[] {
  return [(build.rolldownOptions ?? build.rollupOptions)?.output ?? []].flat()
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

function isRelative(base: string | undefined): boolean {
  return base === '' || base === './'
}

/**
 * The directory that Rolldown makes names of modules relative to; they become the keys of chunks. It is the current one by default, so that
 * a build started elsewhere would give other names to files. Inputs that are relative to it are left as they are.
 *
 * @returns undefined to leave it
 */
export function stableDirectory({ client, root }: MappedApp): string | undefined {
  const options = client.build?.rolldownOptions
  const relative = namesOf(options?.input).some((input) => !input.startsWith('/') && !/^[A-Za-z]:/.test(input))
  return options?.cwd !== undefined || relative ? undefined : root
}
