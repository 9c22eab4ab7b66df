import { ViteImageOptimizer } from 'vite-plugin-image-optimizer'

/** What is imported or public, in its own format. */
export const pictures = (cache) =>
  ViteImageOptimizer({
    logStats: false,
    jpg: { quality: 80 },
    jpeg: { quality: 80 },
    cache: true,
    cacheLocation: cache,
  })
