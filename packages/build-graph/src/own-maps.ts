import type { BuildEnvironmentOptions, EnvironmentOptions, Plugin, ResolvedConfig, Rollup } from 'vite'

/** What is changed of a config while it is used. */
type Shown = { build: { sourcemap: BuildEnvironmentOptions['sourcemap'] } }

/**
 * Source maps of environments whose user did not ask for any: they are made for measuring, read and thrown away.
 *
 * Vite and its native plugins have to know of them. Other plugins are told that there are none, where they look before the build: they would write maps for
 * files of their own (vite-plugin-pwa for its worker), or warn that sources become public (React Router), which they do not.
 */
export class OwnMaps {
  readonly #environments = new Set<string>()

  has(environment: string): boolean {
    return this.#environments.has(environment)
  }

  get any(): boolean {
    return this.#environments.size > 0
  }

  /** For `configEnvironment`: what makes Vite generate maps, unless the user has them already, or it is no client. */
  ask(name: string, environment: EnvironmentOptions): { readonly build: { readonly sourcemap: 'hidden' } } | undefined {
    const consumer = environment.consumer ?? (name === 'client' ? 'client' : 'server')
    if (consumer !== 'client' || asksForMaps(environment.build)) return undefined
    this.#environments.add(name)
    return { build: { sourcemap: 'hidden' } }
  }

  /** In the first `configResolved`: the options at the top are a copy of the client's, which Vite itself reads later. */
  hideFromPlugins({ build, environments }: ResolvedConfig): void {
    if (this.has('client') && build !== environments['client']?.build) show({ build }, false)
  }

  /** Takes maps out of a bundle that others have put there because they saw ours (@vitejs/plugin-legacy for its polyfills). */
  removeOthers(environment: string, bundle: Rollup.OutputBundle): void {
    if (!this.has(environment)) return
    const left = Object.keys(bundle).filter(
      (file) => /\.[cm]?js\.map$/.test(file) && file.slice(0, -'.map'.length) in bundle,
    )
    for (const file of left) delete bundle[file]
  }

  /**
   * Plugins that hide the maps from what others do when a build starts, of this environment or of one after it: there they look at the environments'
   * own options, which Vite needs in between.
   */
  hidingPlugins(): Plugin[] {
    const environments = this.#environments
    const building = new Set<string>()
    const hide: Plugin = {
      name: 'paceline:build-graph-maps',
      apply: 'build',
      buildStart: {
        order: 'pre',
        handler() {
          const top = this.environment.getTopLevelConfig()
          const hidden = [...environments].filter((name) => name === this.environment.name || !building.has(name))
          for (const name of hidden) setMaps(name, top, false)
        },
      },
    }
    const needed: Plugin = {
      name: 'paceline:build-graph-maps-needed',
      apply: 'build',
      enforce: 'post',
      applyToEnvironment: ({ name }) => environments.has(name),
      buildStart: {
        order: 'post',
        handler() {
          building.add(this.environment.name)
          setMaps(this.environment.name, this.environment.getTopLevelConfig(), 'hidden')
        },
      },
      closeBundle: {
        order: 'pre',
        handler() {
          building.delete(this.environment.name)
        },
      },
    }
    return [hide, needed]
  }
}

/** For an environment, and at the top, where @vitejs/plugin-legacy looks when it transforms chunks. */
function setMaps(name: string, top: ResolvedConfig, sourcemap: false | 'hidden'): void {
  const environment = top.environments[name]
  if (environment !== undefined) show(environment, sourcemap)
  if (name === 'client') show(top, sourcemap)
}

function show(config: { build: object }, sourcemap: false | 'hidden'): void {
  ;(config as Shown).build.sourcemap = sourcemap
}

/** Whether the user wants source maps, in Vite's own option or for one of the outputs. */
function asksForMaps(build: BuildEnvironmentOptions | undefined): boolean {
  const outputs = [build?.rollupOptions?.output, build?.rolldownOptions?.output]
  return Boolean(build?.sourcemap) || outputs.flat().some((output) => output?.sourcemap)
}
