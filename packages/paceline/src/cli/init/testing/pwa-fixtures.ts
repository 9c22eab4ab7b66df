import type { FixtureFiles } from '@paceline/testkit'
import { manifest } from './plugin-fixtures.ts'

const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#063" d="M0 0h8v8H0z"/></svg>\n'

/** Apps with vite-plugin-pwa. */
export const pwaFixtures: Readonly<Record<string, FixtureFiles>> = {
  'a PWA with everything': {
    'package.json': manifest(['vite-plugin-pwa', '@vitejs/plugin-react']),
    'public/icon.svg': ICON,
    'src/vite-env.d.ts':
      '/// <reference types="vite/client" />\n/// <reference types="vite-plugin-pwa/client" />\n/// <reference types="vite-plugin-pwa/react" />\n',
    'tsconfig.json':
      '{\n  "compilerOptions": {\n    /* Types */\n    "types": ["vite/client", "vite-plugin-pwa/client"],\n  },\n}\n',
    'vite.config.ts': `import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA, type VitePWAOptions } from 'vite-plugin-pwa'

const pwaOptions: Partial<VitePWAOptions> = {
  registerType: 'autoUpdate',
  injectRegister: 'auto',
  includeAssets: ['favicon.ico', '/robots.txt'],
  manifest: {
    name: 'Farm shop',
    short_name: "Zoë's",
    theme_color: '#0a6640',
    background_color: 'white',
    start_url: '/',
    display: 'standalone',
    icons: [
      { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any maskable' },
    ],
    shortcuts: [{ name: 'Basket', url: './basket' }],
  },
  workbox: {
    globPatterns: ['**/*.{js,css,html,woff2}'],
    globIgnores: ['**/admin-*.js'],
    maximumFileSizeToCacheInBytes: 5 * 1024 ** 2,
    cleanupOutdatedCaches: true,
    navigateFallback: '/index.html',
    navigateFallbackDenylist: [/^\\/api\\//, /^\\/oauth/],
    runtimeCaching: [
      {
        // prices change every minute
        urlPattern: ({ url }) => url.pathname.startsWith('/api/prices'),
        handler: 'NetworkFirst',
        options: {
          cacheName: 'prices',
          broadcastUpdate: { channelName: 'prices' },
          networkTimeoutSeconds: 3,
        },
      },
    ],
    cacheId: 'shop',
  },
  devOptions: { enabled: true, type: 'module' },
}

export default defineConfig({
  plugins: [react(), VitePWA(pwaOptions)],
})
`,
  },
  'a worker of its own': {
    'package.json': manifest(['vite-plugin-pwa', 'workbox-precaching']),
    'src/worker/sw.ts':
      "import { precacheAndRoute } from 'workbox-precaching'\ndeclare let self: ServiceWorkerGlobalScope\nprecacheAndRoute(self.__WB_MANIFEST)\n",
    'vite.config.ts': `import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

export default defineConfig({
  plugins: [
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/worker',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: false,
      injectManifest: { globPatterns: ['**/*.js'], rollupFormat: 'iife' },
    }),
  ],
});
`,
  },
  'a PWA whose client is used': {
    'package.json': manifest(['vite-plugin-pwa', 'rollup-plugin-visualizer']),
    'src/main.ts': "import { registerSW } from 'virtual:pwa-register'\n\nregisterSW({ immediate: true })\n",
    'vite.config.js': `import { visualizer } from 'rollup-plugin-visualizer'
import { VitePWA } from 'vite-plugin-pwa'

export default { plugins: [VitePWA({ registerType: 'prompt' }), visualizer()] }
`,
  },
}
