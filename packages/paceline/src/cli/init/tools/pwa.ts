import { automatic, none, same, stays, type OptionMove } from '../move.ts'
import { sibling } from './compression2.ts'
import { moveManifest } from './pwa-manifest.ts'
import { workboxRules } from './pwa-workbox.ts'
import type { PluginTool } from './plugin-tool.ts'

/** @see https://vite-pwa-org.netlify.app/guide/ */
export const pwa: PluginTool = {
  package: 'vite-plugin-pwa',
  factories: ['VitePWA'],
  instead: 'serviceWorker',
  rules: {
    registerType: {
      becomes: '`serviceWorker.update`',
      note: "`autoUpdate` is `'auto'`: it reloads when nothing typed is lost and nobody looks. `prompt` asks the visitor; the prompt is built in.",
      move: (option) => {
        if (option.is('autoUpdate')) option.to('serviceWorker.update', option.print('auto'))
        else if (option.is('prompt')) option.automatic('It is the default, and the prompt is built in.')
        else option.stays('cannot be read without running it')
      },
    },
    injectRegister: {
      becomes: '`serviceWorker.register`',
      note: '`null` and `false` are `false`; then the app calls `registerServiceWorker()`.',
      move: (option) => {
        if (option.is(false) || option.is(null)) option.to('serviceWorker.register', 'false')
        else option.automatic('Every page registers the worker.')
      },
    },
    strategies: {
      becomes: '`serviceWorker.strategy`',
      move: (option) => {
        if (option.is('generateSW')) option.automatic('It is the default.')
        else option.to('serviceWorker.strategy')
      },
    },
    srcDir: { becomes: '`serviceWorker.source`', note: 'With `filename`, of `injectManifest`.', move: moveSource },
    filename: {
      becomes: '`serviceWorker.filename`, `source`',
      note: 'Never change the name of a worker: browsers go on asking for the old one.',
      move: moveFilename,
    },
    manifest: {
      becomes: '`serviceWorker.manifest`',
      note: 'All icons are made of the best one of its list: an SVG, or at least 512 pixels. Fields without a name of their own go to `more`.',
      move: moveManifest,
    },
    includeAssets: {
      becomes: '`serviceWorker.precache.include`',
      move: (option) => {
        const read = option.read()
        const globs = read.known ? [read.value].flat() : []
        if (read.known && globs.every((glob) => typeof glob === 'string')) {
          const relative = globs.map((glob) => option.print(glob.replace(/^\.?\//, '')))
          option.to('serviceWorker.precache.include', relative)
        } else option.stays('cannot be read without running it')
      },
    },
    includeManifestIcons: automatic('Icons are stored when they are used: the system asks for them, hardly the page.'),
    selfDestroying: same('serviceWorker.selfDestroying'),
    'devOptions.enabled': same('serviceWorker.dev'),
    'devOptions.type': automatic('The worker of the dev server is of the type that the browser takes.'),
    'devOptions.navigateFallback': automatic('The dev server answers navigations.'),
    'devOptions.suppressWarnings': automatic('There is nothing to suppress.'),
    ...workboxRules,
    disable: {
      ...stays('Unless it is `false`.'),
      move: (option) => {
        if (option.is(false)) option.automatic('It is on.')
        else option.stays('is turned off, or depends on something that is known only when it runs')
      },
    },
    base: none("The worker lies where Vite's `base` says."),
    buildBase: none("The worker lies where Vite's `base` says."),
    scope: none('The scope is the folder that the worker lies in.'),
    outDir: none("The worker lies in Vite's output."),
    mode: automatic('The worker is built by the mode of the app.'),
    minify: automatic('The worker is minified.'),
    manifestFilename: none('It is called `manifest.webmanifest`.'),
    useCredentials: none('The manifest is asked for without credentials.'),
    showMaximumFileSizeToCacheInBytesWarning: automatic('There is no limit for the size of a file.'),
    pwaAssets: stays(
      'Icons by its generator have no equivalent; `serviceWorker.manifest.icon` makes them of one picture.',
    ),
    integration: stays('Its hooks have no equivalent.'),
  },
  always: (call) => {
    call.also('serviceWorker', 'true')
    const isInjected = worksBy(call, 'injectManifest')
    const where = call.siblings && sibling(call, isInjected ? 'injectManifest' : 'workbox')
    if (where?.type !== 'ObjectExpression' || !/\bglobPatterns\b/.test(call.code(where))) {
      // What the plugin stores without being told.
      call.also('serviceWorker.precache.include', [call.print('**/*.{js,css,html}')])
    }
    // Its default source, where neither folder nor name are written.
    if (isInjected && !sibling(call, 'srcDir') && !sibling(call, 'filename')) {
      call.also('serviceWorker.source', call.print(`${call.facts.publicDir}/sw.js`))
    }
  },
  needed: ({ pwaModules }) => ({
    uses: pwaModules,
    because:
      'The app uses its client. Write that with `virtual:paceline/service-worker` (docs/service-worker.md), or remove it for the built-in prompt, and run the command again.',
  }),
}

function worksBy(option: OptionMove, strategy: string): boolean {
  const written = option.siblings && sibling(option, 'strategies')
  return (written ? option.text(written) : 'generateSW') === strategy
}

function moveSource(option: OptionMove): void {
  if (!worksBy(option, 'injectManifest')) return option.automatic('`generateSW` has no source.')
  const name = sibling(option, 'filename')
  const file = name ? option.text(name) : 'sw.js'
  const directory = option.text()
  if (file === undefined || directory === undefined) return option.stays('cannot be read without running it')
  const path = [directory.replace(/^\.?\//, '').replace(/\/$/, ''), file].filter((part) => part !== '' && part !== '.')
  option.to('serviceWorker.source', option.print(path.join('/')))
}

function moveFilename(option: OptionMove): void {
  const name = option.text()
  if (name === undefined) return option.stays('cannot be read without running it')
  if (worksBy(option, 'injectManifest') && !sibling(option, 'srcDir')) {
    option.to('serviceWorker.source', option.print(`${option.facts.publicDir}/${name}`))
  }
  const emitted = name.replace(/\.m?ts$/, '.js')
  if (emitted === 'sw.js') option.automatic('It is the default.')
  else option.to('serviceWorker.filename', option.print(emitted))
}
