import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [paceline()],
  environments: {
    client: { build: { outDir: 'dist/client' } },
    ssr: { build: { outDir: 'dist/server', rolldownOptions: { input: 'src/server.tsx' } } },
  },
  builder: {
    async buildApp(builder) {
      await builder.build(builder.environments.client)
      await builder.build(builder.environments.ssr)
    },
  },
  oxc: { jsx: { importSource: 'preact' } },
})
