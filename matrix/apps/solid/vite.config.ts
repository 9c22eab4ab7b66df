import solid from 'vite-plugin-solid'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [solid(), paceline()],
})
