import { defineConfig } from 'tsdown'

const shared = { dts: { oxc: true }, format: 'esm', fixedExtension: false, sourcemap: false } as const
// Who reads them are bundlers: what only people need is left out.
const minify = { compress: false, mangle: true, codegen: true } as const
const browser = { ...shared, platform: 'browser', target: 'es2022', clean: false, minify } as const

// By these names, beside the plugin: it says so in `new URL('./worker.js', …)`. Each by itself: a chunk in common would tie one to the other.
export default defineConfig([
  { ...shared, entry: { index: 'src/index.ts' } },
  { ...browser, entry: { client: 'client/index.ts' }, tsconfig: 'client/tsconfig.json' },
  { ...browser, entry: { begin: 'client/begin.ts' }, tsconfig: 'client/tsconfig.json', dts: false },
  { ...browser, entry: { worker: 'worker/index.ts' }, tsconfig: 'worker/tsconfig.json' },
])
