import { resolve } from 'node:path'
import type { Plugin, Rollup, UserConfig } from 'vite'
import { chooseImportMap, stableDirectory, type ImportMapChoice } from './choose-import-map.ts'
import { isHtml } from './inputs.ts'
import { mergeImportMaps } from './merge-import-maps.ts'

/** What the plugin has to know of the one it belongs to. */
export interface ImportMapHost {
  readonly name: string
  /** The option. */
  readonly stable: boolean
  /** Whether these plugins are of a build that is to have what the option says. */
  isOurs(user: UserConfig): boolean
  /** Takes note of whether chunks will name each other by an import map. */
  decided(choice: ImportMapChoice): void
}

/** Turns on Vite's import map, where `stable` asks for it and every page can hold it; says so where none can. */
export function importMapPlugin({ name, stable, isOurs, decided }: ImportMapHost): Plugin {
  let user: UserConfig = {}
  let obstacle: string | undefined
  /** Whether the pages get a map because of the option. */
  let isMapped = false
  return {
    name: `${name}-import-map`,
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: (environment) => environment.name === 'client',
    config: {
      // Other plugins set `base` and the inputs: those for backends do.
      order: 'post',
      handler(config) {
        user = config
        obstacle = undefined
        isMapped = false
      },
    },
    configEnvironment: {
      order: 'post',
      handler(environment, client) {
        if (environment !== 'client') return undefined
        const { viteVersion } = this.meta
        const renderBuiltUrl = user.experimental?.renderBuiltUrl !== undefined
        const app = { viteVersion, root: resolve(user.root ?? '.'), base: user.base, renderBuiltUrl, client }
        const choice = chooseImportMap(app)
        const mapped = choice.mapped && (stable || client.build?.chunkImportMap === true)
        decided({ ...choice, mapped })
        if (!stable) return undefined
        const cwd = mapped ? stableDirectory(app) : undefined
        const rolldownOptions = cwd === undefined ? {} : { rolldownOptions: { cwd } }
        if (!isOurs(user)) return { build: rolldownOptions }
        obstacle = choice.obstacle
        isMapped = mapped
        return { build: { ...rolldownOptions, ...(mapped ? { chunkImportMap: true } : {}) } }
      },
    },
    buildStart() {
      if (obstacle !== undefined) this.environment.logger.info(withoutMap(obstacle))
      // Once is enough for those who watch.
      obstacle = undefined
    },
    // They are made one, see below.
    onLog: (_level, { message }) => (isMapped && message.includes(SEVERAL_MAPS) ? false : undefined),
    generateBundle: {
      // After Vite has written the pages.
      order: 'post',
      handler(_options, bundle) {
        if (!isMapped) return
        for (const entry of lonelyEntries(bundle)) this.environment.logger.warn(mayMissMap(entry))
        for (const output of Object.values(bundle)) {
          if (output.type !== 'asset' || !isHtml(output.fileName)) continue
          const html = typeof output.source === 'string' ? output.source : new TextDecoder().decode(output.source)
          const merged = mergeImportMaps(html, output.fileName)
          if (merged !== html) output.source = merged
        }
      },
    },
  }
}

/** Entries that plugins have added, and that need other chunks: nobody knows what will load them. */
function lonelyEntries(bundle: Rollup.OutputBundle): string[] {
  return Object.values(bundle).flatMap((output) => {
    if (output.type !== 'chunk' || !output.isEntry || isHtml(output.facadeModuleId ?? '')) return []
    const isAlone = [...output.imports, ...output.dynamicImports].every((file) => bundle[file] === undefined)
    return isAlone ? [] : [output.fileName]
  })
}

function mayMissMap(file: string): string {
  return `\`${file}\` finds what it imports only where there is an import map; it is an entry that a plugin has added, without a page. If another site, a worker or a worklet loads it, set \`build.chunkImportMap\` to false.`
}

/** What Vite says of a page with a map of its own. */
const SEVERAL_MAPS = 'multiple import maps generated in the output HTML'

function withoutMap(obstacle: string): string {
  return `\`chunks.stable\` is without an import map: ${obstacle}. A chunk that changes renames those that import it; modules with \`import()\` are still kept apart.`
}
