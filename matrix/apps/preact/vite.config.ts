import preact from '@preact/preset-vite'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [preact(), paceline()],
})
