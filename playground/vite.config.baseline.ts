import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { eagerImports } from './build/eager-imports.ts'
import { keepWasmFiles } from './build/options.ts'
import { plainPictures } from './build/plain-pictures.ts'

/** The unoptimised twin: the same source as one program, without a plugin of ours and without vendor files. */
export default defineConfig({
  plugins: [eagerImports(), plainPictures(), react()],
  build: { outDir: 'dist-baseline', assetsInlineLimit: keepWasmFiles, chunkSizeWarningLimit: Infinity },
})
