import { automatic, none, same, stays, type OptionMove, type OptionRule, type OptionRules } from '../move.ts'

const globs = (name: 'include' | 'exclude'): OptionRule => ({
  becomes: `\`serviceWorker.precache.${name}\``,
  note: 'Relative to the output directory. Beside them the page is stored, and what it loads at once.',
  move: (option) => {
    const read = option.read()
    if (read.known && Array.isArray(read.value)) {
      option.to(
        `serviceWorker.precache.${name}`,
        read.value.map((glob) => option.print(glob)),
      )
    } else option.stays('cannot be read without running it')
  },
})

const files = {
  globPatterns: globs('include'),
  globIgnores: globs('exclude'),
  globDirectory: automatic('It is the output directory.'),
  globFollow: automatic('It is the output directory.'),
  globStrict: automatic('Nothing is skipped in silence.'),
  maximumFileSizeToCacheInBytes: automatic(
    'There is no limit for the size of a file; `budgets.precache` limits all of them together.',
  ),
  dontCacheBustURLsMatching: automatic('Every file is compared by its content.'),
  manifestTransforms: stays('changes the list of files by your own code'),
  modifyURLPrefix: none("Files are where Vite's `base` says."),
  templatedURLs: none('Pages are stored as they were built.'),
  additionalManifestEntries: none('Files of the output alone are stored beforehand.'),
} satisfies OptionRules

const generated = {
  runtimeCaching: same('serviceWorker.runtimeCaching', 'As written.'),
  navigateFallback: {
    becomes: '`serviceWorker.shell`',
    move: (option: OptionMove) => {
      const page = option.text()
      if (option.is(null) || option.is(undefined) || option.is('')) option.to('serviceWorker.shell', 'false')
      else if (page === undefined) option.stays('cannot be read without running it')
      else if (/^\/?(?:index\.html)?$/.test(page)) option.automatic('It is the default.')
      else option.to('serviceWorker.shell', option.print(page.replace(/^\//, '')))
    },
  },
  navigateFallbackDenylist: same(
    'serviceWorker.deny',
    'Replaces `/api/` and `/__`, which are left to the network by default.',
  ),
  navigateFallbackAllowlist: none('All navigations are answered but those of `serviceWorker.deny`.'),
  clientsClaim: same('serviceWorker.claim'),
  skipWaiting: {
    becomes: '`serviceWorker.update`',
    note: "`true` is `'auto'`: it takes over when no tab would lose anything.",
    move: (option: OptionMove) => {
      if (option.is(true)) option.to('serviceWorker.update', option.print('auto'))
      else option.automatic('A new worker waits.')
    },
  },
  inlineWorkboxRuntime: same('serviceWorker.inlineRuntime'),
  cleanupOutdatedCaches: automatic('Files of old releases go when no tab runs them any more.'),
  navigationPreload: automatic('It is on where pages come from the network.'),
  disableDevLogs: automatic('The worker logs nothing.'),
  sourcemap: none('The worker has no source map.'),
  mode: automatic('The worker is built by the mode of the app.'),
  babelPresetEnvTargets: none("The worker is built for Vite's `build.target`."),
  cacheId: none('Caches are named after the folder of the app.'),
  directoryIndex: none('`/` is answered by `index.html`.'),
  ignoreURLParametersMatching: none('Queries count.'),
  importScripts: stays(
    'Scripts beside the worker have no equivalent; write a worker of your own with `injectManifest`.',
  ),
  offlineGoogleAnalytics: none('Analytics that were sent without a network are lost.'),
  swDest: none('The worker is called `serviceWorker.filename`.'),
} satisfies OptionRules

const injected = {
  swSrc: none('The source is `serviceWorker.source`.'),
  swDest: none('The worker is called `serviceWorker.filename`.'),
  injectionPoint: none('It is `self.__WB_MANIFEST`.'),
  rollupFormat: {
    becomes: '`serviceWorker.type`',
    note: "`es` is `'module'`, `iife` is `'classic'`. The default is `'classic'` instead of `es`.",
    move: (option: OptionMove) => {
      if (option.is('es')) option.to('serviceWorker.type', option.print('module'))
      else option.automatic('It is the default.')
    },
  },
  minify: automatic('The worker is minified.'),
  sourcemap: none('The worker has no source map.'),
  target: none("The worker is built for Vite's `build.target`."),
  vitePlugins: stays('The worker is built with other plugins than the app.'),
  plugins: stays('The worker is built with other plugins than the app.'),
  buildPlugins: stays('The worker is built with other plugins than the app.'),
  rollupOptions: stays('The worker is built with options of its own.'),
  envOptions: none('The worker sees the variables of the app.'),
  enableWorkboxModulesLogs: none('The worker logs nothing.'),
} satisfies OptionRules

const below = (name: string, rules: OptionRules): OptionRules =>
  Object.fromEntries(Object.entries(rules).map(([key, rule]) => [`${name}.${key}`, rule]))

/** What lies in `workbox` and in `injectManifest`. */
export const workboxRules: OptionRules = {
  ...below('workbox', { ...files, ...generated }),
  ...below('injectManifest', { ...files, ...injected }),
}
