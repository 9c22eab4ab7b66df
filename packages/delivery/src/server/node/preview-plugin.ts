import { join } from 'node:path'
import { findBuildGraph } from '@paceline/build-graph'
import type { Plugin } from 'vite'

/**
 * Makes `vite preview` answer as `paceline serve` does, where there is a manifest of the build. Files come first, then what Vite and other plugins
 * have on their paths, proxies among it, then pages.
 */
export function deliveryPreview(): Plugin {
  return {
    name: 'paceline:delivery-preview',
    apply: (_config, { isPreview }) => isPreview === true,
    async configurePreviewServer(server) {
      // A build has no use for a server.
      const { previewServer } = await import('./preview-server.ts')
      return previewServer(server, findBuildGraph(server.config.plugins)?.dir ?? join(server.config.root, '.paceline'))
    },
  }
}
