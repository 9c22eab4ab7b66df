import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [paceline()],
})
