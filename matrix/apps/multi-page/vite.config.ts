import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [paceline()],
  build: {
    rolldownOptions: { input: { home: 'index.html', about: 'about/index.html' } },
  },
})
