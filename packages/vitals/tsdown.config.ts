import { defineConfig } from 'tsdown'

const shared = { dts: { oxc: true }, format: 'esm', fixedExtension: false, sourcemap: false } as const

export default defineConfig([
  { ...shared, entry: { index: 'src/index.ts' } },
  {
    ...shared,
    entry: { react: 'client/react/index.ts' },
    tsconfig: 'client/tsconfig.json',
    platform: 'browser',
    target: 'es2022',
    // The plugin makes it, in the build of the app.
    deps: { neverBundle: [/^virtual:/] },
    clean: false,
  },
])
