import { endsApp, waitForApp } from './end-of-app.ts'

/**
 * What happens when a build has ended, in this order, whoever lists which plugin where: files are written, pages name their hashes, then all is compressed, then measured, then
 * judged, then proven.
 */
const STAGES = [
  'integrity',
  'service-worker',
  'compress',
  'report',
  'chunks',
  'delivery',
  'verdict',
  'ledger',
  'cache',
  'push',
] as const

export type BuildStage = (typeof STAGES)[number]

/** Where a plugin keeps its stage. Two installed copies of this package must agree on it. */
const STAGE = Symbol.for('paceline.stage')

interface Staged {
  [STAGE]?: BuildStage
}

/**
 * Moves a plugin to the end of the list of a resolved config, among others like it by its stage, for `closeBundle` hooks that are last only there:
 * `order: 'post'` is last among the plugins listed before, and whoever is listed after it writes after it. Where `buildApp` builds several
 * environments, the hook waits for the last of them.
 *
 * Only for plugins without other hooks whose place in the list matters. In `configResolved`, before Vite gives its environments their plugins.
 */
export function moveToEnd<Plugin extends object>(
  plugins: readonly Plugin[],
  plugin: NoInfer<Plugin>,
  stage: BuildStage,
): void {
  Object.assign(plugin, { [STAGE]: stage })
  // The type is read-only; the list is the one that environments are made from (Vite 7 and 8).
  const list = plugins as (Plugin & Staged)[]
  waitForApp(plugins, plugin)
  const rank = (one: Plugin & Staged): number =>
    endsApp(one) ? STAGES.length : one[STAGE] === undefined ? -1 : STAGES.indexOf(one[STAGE])
  list.sort((a, b) => rank(a) - rank(b))
}
