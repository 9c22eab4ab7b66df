import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [paceline()],
  build: { lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'index' } },
})
