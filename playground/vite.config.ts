import react from '@vitejs/plugin-react'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'
import { chunkOptions } from './build/chunk-options.ts'
import { buildOptions } from './build/options.ts'

export default defineConfig({
  plugins: [
    react(),
    paceline({
      buildGraph: {
        routes: { '/notes/:noteId': ['src/pages/notes/note-page.tsx', 'src/pages/notes/markdown-editor.tsx'] },
      },
      chunks: chunkOptions,
      budgets: {
        sizeLimit: '../.size-limit.json',
        initial: '170 kB',
        routes: { '*': { firstLoad: '250 kB', requests: 25, depth: 3 }, '/notes/:noteId': '260 kB' },
        css: '20 kB',
        fonts: '100 kB',
      },
    }),
  ],
  build: buildOptions,
})
