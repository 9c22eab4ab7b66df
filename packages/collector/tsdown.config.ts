import { defineConfig } from 'tsdown'

export default defineConfig({
  // The thread by this name, beside the rest: thread.ts says so in `new URL('./store-worker.js', …)`.
  entry: { index: 'src/index.ts', 'store-worker': 'src/sqlite/store-worker.ts' },
  format: 'esm',
  platform: 'node',
  fixedExtension: false,
  dts: { oxc: true },
  sourcemap: false,
})
