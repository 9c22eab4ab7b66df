import { visualizer } from 'rollup-plugin-visualizer'
import { compression } from 'vite-plugin-compression2'
import { VitePWA } from 'vite-plugin-pwa'

/** The stack by hand, each tool as its documentation shows it. Its caches and reports go where the bench says. */
export const peers = ({ report }) => ({
  plugins: [
    VitePWA({
      registerType: 'autoUpdate',
      workbox: {
        globPatterns: ['**/*.{js,css,html,ico,png,svg,woff2}'],
        maximumFileSizeToCacheInBytes: 10_000_000,
      },
    }),
    compression({ algorithms: ['gzip', 'brotliCompress'], threshold: 1024 }),
    visualizer({ ...report, gzipSize: true, brotliSize: true }),
  ],
})
