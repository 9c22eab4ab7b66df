import react from '@vitejs/plugin-react'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'
import { buildOptions, loadedTogether } from './build/options.ts'

/** The same app in the chunks that Vite makes by itself: whatever a plan promises has to hold without one, too. */
export default defineConfig({
  plugins: [
    react(),
    paceline({
      buildGraph: { routes: loadedTogether, dir: '.paceline/default' },
      chunks: { strategy: 'default' },
      budgets: false,
    }),
  ],
  build: { ...buildOptions, outDir: 'dist-default' },
})
