import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli/main.ts', 'rebuild-child': 'src/cli/rebuild/child.ts' },
})
