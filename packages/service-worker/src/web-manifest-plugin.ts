import { posix, resolve } from 'node:path'
import type { Plugin, ResolvedConfig } from 'vite'
import { makeIcons, stemOf, type MadeIcon } from './adapters/make-icons.ts'
import { workerPlace } from './core/urls.ts'
import { MANIFEST_FILE, manifestTags, webManifest } from './core/web-manifest.ts'
import { serviceWorkerError } from './errors.ts'
import type { ResolvedManifestOptions } from './resolve-options.ts'

interface WebManifestApi {
  hashedNames(): ReadonlyMap<string, { readonly prefix: string; readonly suffix: string }>
}

/** Writes the web app manifest and its icons, and names them in every page. */
export function webManifestPlugin(options: ResolvedManifestOptions): Plugin<WebManifestApi> {
  let config: ResolvedConfig | undefined
  let icons: readonly MadeIcon[] = []
  return {
    name: 'paceline:web-manifest',
    apply: 'build',
    applyToEnvironment: ({ config: { consumer } }) => consumer === 'client',
    api: {
      hashedNames: () =>
        new Map(
          icons.map(({ file, size, purpose }) => [
            file,
            { prefix: posix.join(posix.dirname(file), stemOf(size, purpose)), suffix: '.png' },
          ]),
        ),
    },
    configResolved(resolvedConfig) {
      config = resolvedConfig
    },
    async buildStart() {
      const { root, build } = config!
      const path = resolve(root, options.icon)
      this.addWatchFile(path)
      icons = await makeIcons({ path, name: options.icon, ground: options.backgroundColor, folder: build.assetsDir })
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { path }) {
        if (/<link\b[^>]*\brel=["']?manifest\b/i.test(html)) {
          throw serviceWorkerError('PACELINE_SW_MANIFEST_TWICE', [path])
        }
        const { scope, urlOf } = workerPlace(config!.base)
        // With a relative base, pages in folders have to climb.
        const root = scope === './' ? '../'.repeat(path.split('/').length - 2) || './' : scope
        return manifestTags(options, icons, { root, urlOf })
      },
    },
    generateBundle() {
      for (const { file, content } of icons) this.emitFile({ type: 'asset', fileName: file, source: content })
      const { urlOf } = workerPlace(config!.base)
      this.emitFile({ type: 'asset', fileName: MANIFEST_FILE, source: webManifest(options, icons, urlOf) })
    },
  }
}
