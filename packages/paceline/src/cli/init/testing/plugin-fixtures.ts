import type { FixtureFiles } from '@paceline/testkit'

/** What an app that can move has. */
const VERSIONS: Readonly<Record<string, string>> = {
  vite: '^8.3.0',
  'vite-plugin-pwa': '^2.0.0',
  'workbox-precaching': '^7.3.0',
}

/** package.json with development dependencies. */
export function manifest(dependencies: readonly string[], more: Readonly<Record<string, unknown>> = {}): string {
  const devDependencies = Object.fromEntries(
    ['vite', ...dependencies].toSorted().map((name) => [name, VERSIONS[name] ?? '^1.0.0']),
  )
  const scripts = { dev: 'vite', build: 'vite build' }
  return `${JSON.stringify({ name: 'shop', private: true, type: 'module', scripts, devDependencies, ...more }, undefined, 2)}\n`
}

/** Apps with plugins in their Vite config, as people write them. */
export const pluginFixtures: Readonly<Record<string, FixtureFiles>> = {
  // What create-vite makes.
  'none of the tools': {
    'package.json': manifest(['@vitejs/plugin-react']),
    'vite.config.js': `import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'

// https://vite.dev/config/
export default defineConfig({
  plugins: [react()],
})
`,
  },
  'no plugins, no devDependencies': {
    'package.json': '{\n    "name": "plain",\n    "version": "1.0.0"\n}\n',
    'vite.config.mjs': 'export default {\n    base: "/app/",\n    server: { port: 3000 } // for the proxy\n}\n',
  },
  'one call of vite-plugin-compression per algorithm': {
    'package.json': manifest(['vite-plugin-compression', '@vitejs/plugin-vue']),
    'vite.config.ts': `import { defineConfig } from "vite";
import vue from "@vitejs/plugin-vue";
import viteCompression from "vite-plugin-compression";

export default defineConfig({
\tplugins: [
\t\tvue(), // single-file components
\t\tviteCompression({
\t\t\tverbose: true,
\t\t\tthreshold: 10 * 1024,
\t\t\text: ".gz",
\t\t}),
\t\tviteCompression({
\t\t\talgorithm: "brotliCompress",
\t\t\tcompressionOptions: { level: 11 },
\t\t\text: ".br",
\t\t\tthreshold: 10240,
\t\t\tdeleteOriginFile: false,
\t\t}),
\t],

\tbuild: { sourcemap: true },
});
`,
  },
  'vite-plugin-compression2 and a visualizer of the bundler': {
    'package.json': manifest(['vite-plugin-compression2', 'rollup-plugin-visualizer']),
    'vite.config.ts': `import { visualizer } from 'rollup-plugin-visualizer'
import type { PluginOption, UserConfig } from 'vite'
import { compression, defineAlgorithm } from 'vite-plugin-compression2'

const config: UserConfig = {
  plugins: [
    compression({
      // fonts are compressed already
      include: /\\.(js|css|html|svg)$/,
      threshold: 1500,
      algorithms: ['gzip', defineAlgorithm('brotliCompress', { params: { 1: 9 } }), 'deflate'],
      scheduler: { limit: 2 },
    }),
  ],
  build: {
    target: 'es2022', // our support policy
    rollupOptions: {
      plugins: [visualizer({ filename: 'stats.html', template: 'sunburst', gzipSize: true }) as PluginOption],
    },
  },
}

export default config
`,
  },
  'originals that are deleted': {
    'package.json': manifest(['vite-plugin-compression2']),
    'vite.config.js': `import { compression } from 'vite-plugin-compression2'

export default { plugins: [compression({ deleteOriginalAssets: true })] }
`,
  },
  'images, one plugin of them needed by imports': {
    'package.json': manifest(['vite-plugin-image-optimizer', 'vite-imagetools', 'sharp']),
    'src/hero.ts':
      "import hero from './hero.jpg?w=400;800&format=avif&as=srcset'\nexport const photo = new URL('./a.jpg?url', import.meta.url)\nexport default hero\n",
    'vite.config.ts': `import { defineConfig } from 'vite'
import { imagetools } from 'vite-imagetools'
import { ViteImageOptimizer } from 'vite-plugin-image-optimizer'

export default defineConfig({
  plugins: [
    imagetools(),
    ViteImageOptimizer({
      exclude: ['og.png', 'public/press/*.jpg'],
      includePublic: false,
      jpg: { quality: 72 },
      png: { quality: 90 },
      logStats: false,
      cache: true,
      cacheLocation: '.cache/images',
    }),
  ],
})
`,
  },
  'a function with what only running it can tell': {
    'package.json': manifest(['vite-plugin-compression2', 'rollup-plugin-visualizer', 'vite-plugin-pwa']),
    'vite.config.ts': `import { visualizer } from 'rollup-plugin-visualizer'
import { defineConfig, loadEnv } from 'vite'
import { compression, tarball } from 'vite-plugin-compression2'
import { VitePWA } from 'vite-plugin-pwa'
import { pwa } from './pwa.config'

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, process.cwd())
  return {
    base: env.VITE_BASE,
    plugins: [
      ...shared,
      mode === 'analyze' && visualizer({ open: true }),
      compression(),
      tarball({ dest: 'release' }),
      VitePWA(pwa),
    ].filter(Boolean),
  }
})
`,
  },
}
