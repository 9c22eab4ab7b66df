import tailwindcss from '@tailwindcss/vite'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [tailwindcss(), paceline()],
})
