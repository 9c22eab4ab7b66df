import { defineConfig } from 'tsdown'

const shared = { dts: { oxc: true }, format: 'esm', fixedExtension: false, sourcemap: false } as const

export default defineConfig([
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      // By these names, beside the rest: work-in-process.ts and score-threads.ts say so in `new URL('./score-worker.js', …)`.
      'image-process': 'src/encode/image-process.ts',
      'score-worker': 'src/quality/score-worker.ts',
    },
  },
  {
    ...shared,
    entry: {
      react: 'client/react/index.ts',
      client: 'client/upload/index.ts',
      // By this name, beside the client: it says so in `new URL('./compress-worker.js', …)`.
      'compress-worker': 'client/upload/compress-worker.ts',
    },
    tsconfig: 'client/tsconfig.json',
    platform: 'browser',
    target: 'es2022',
    clean: false,
  },
])
