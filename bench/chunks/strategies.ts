/** In the order in which the results list them. The first is what the others are compared with. */
export const STRATEGIES = [
  'default',
  'own',
  'vendor',
  'package',
  'hand-tuned',
  'planned',
  'planned-first-visit',
  'default-map',
  'planned-stable',
] as const
export type StrategyName = (typeof STRATEGIES)[number]

/** What each strategy is, in words. */
export const DESCRIPTIONS: Readonly<Record<StrategyName, string>> = {
  default: "Vite's default; what the app's config says about chunks is left out",
  own: "what the app's config says about chunks",
  vendor: 'one chunk of everything in `node_modules`, as `manualChunks` is mostly written',
  package: 'a chunk per package, by `manualChunks`',
  'hand-tuned': 'groups that somebody who knows the app would write, `bench/chunks/hand-tuned/`',
  planned: "`chunks({ strategy: 'planned' })`, everything else at its default",
  'planned-first-visit': "`chunks({ strategy: 'planned', returning: 0 })`: nobody has an earlier release",
  'default-map': "Vite's default with its `build.chunkImportMap`",
  'planned-stable': "`chunks({ strategy: 'planned', stable: true })`",
}

/**
 * Builds that are no strategy but a ruler: one chunk per module, everything that one route needs in one chunk, and the default's chunks
 * with `chunks({ strategy: 'default' })`, which checks them and holds them to its rules.
 */
export const RULERS = ['modules', 'bound', 'checked'] as const
export type RulerName = (typeof RULERS)[number]
