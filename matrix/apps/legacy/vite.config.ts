import react from '@vitejs/plugin-react'
import legacy from '@vitejs/plugin-legacy'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react(), legacy(), paceline()],
})
