import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { entryGroups } from './build/entry-groups.ts'
import { keepWasmFiles } from './build/keep-wasm-files.ts'

export default defineConfig({
  plugins: [react()],
  build: {
    assetsInlineLimit: keepWasmFiles,
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: entryGroups } } },
  },
})
