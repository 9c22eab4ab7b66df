import react from '@vitejs/plugin-react'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'
import { entryGroups } from './build/entry-groups.ts'
import { keepWasmFiles } from './build/keep-wasm-files.ts'

export default defineConfig({
  plugins: [
    react(),
    paceline({
      buildGraph: {
        routes: { '/notes/:noteId': ['src/pages/notes/note-page.tsx', 'src/pages/notes/markdown-editor.tsx'] },
      },
      budgets: {
        sizeLimit: '../.size-limit.json',
        initial: '170 kB',
        routes: { '*': { firstLoad: '250 kB', requests: 25, depth: 3 } },
        css: '20 kB',
        fonts: '100 kB',
      },
    }),
  ],
  build: {
    assetsInlineLimit: keepWasmFiles,
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: entryGroups } } },
  },
})
