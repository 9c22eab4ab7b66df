import { budgets } from '@paceline/budgets'
import { buildGraph } from '@paceline/build-graph'
import { defineConfig } from 'vite'

/** The dashboard is held to a budget as any app is: more than this, and the build fails. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/__paceline/dashboard/',
  plugins: [buildGraph(), budgets({ initial: '32 kB', total: { limit: '120 kB', encoding: 'raw' } })],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing is inlined: the policy of the page allows files of ours, and nothing else.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
