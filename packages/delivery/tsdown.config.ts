import { defineConfig } from 'tsdown'

export default defineConfig({
  // A server needs none of what a build needs.
  entry: { index: 'src/index.ts', server: 'src/server/index.ts' },
})
