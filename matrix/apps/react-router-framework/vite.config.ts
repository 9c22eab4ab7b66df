import { reactRouter } from '@react-router/dev/vite'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [reactRouter(), paceline()],
})
