import react from '@vitejs/plugin-react'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'
import { buildOptions, deliveryOptions, imageOptions, loadedTogether, workerOptions } from './build/options.ts'
import { sla } from './build/sla.ts'

/** The same app in the chunks that Vite makes by itself: whatever a plan promises has to hold without one, too. */
export default defineConfig({
  plugins: [
    react(),
    paceline({
      buildGraph: { routes: loadedTogether, dir: '.paceline/default' },
      chunks: { strategy: 'default' },
      images: imageOptions,
      serviceWorker: workerOptions,
      delivery: deliveryOptions,
      sla,
      vitals: true,
      budgets: false,
    }),
  ],
  build: { ...buildOptions, outDir: 'dist-default' },
})
