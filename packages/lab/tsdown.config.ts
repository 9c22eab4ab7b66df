import { defineConfig } from 'tsdown'

export default defineConfig({
  // The keeper by this name, beside the rest: start-command.ts says so in `new URL('./keep-server.js', …)`.
  entry: { index: 'src/index.ts', 'keep-server': 'src/source/keep-server.ts' },
})
