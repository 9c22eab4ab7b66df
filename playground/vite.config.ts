import react from '@vitejs/plugin-react'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'
import { chunkOptions } from './build/chunk-options.ts'
import { buildOptions, deliveryOptions, imageOptions, loadedTogether, workerOptions } from './build/options.ts'
import { sla } from './build/sla.ts'

export default defineConfig({
  plugins: [
    react(),
    paceline({
      buildGraph: { routes: loadedTogether },
      chunks: chunkOptions,
      images: imageOptions,
      serviceWorker: workerOptions,
      delivery: deliveryOptions,
      sla,
      vitals: true,
      budgets: {
        sizeLimit: '../.size-limit.json',
        initial: '170 kB',
        routes: { '*': { firstLoad: '250 kB', requests: 25, depth: 3 }, '/notes/:noteId': '260 kB' },
        css: '20 kB',
        fonts: '100 kB',
        images: '120 kB',
        precache: '1.2 MB',
      },
    }),
  ],
  build: buildOptions,
})
