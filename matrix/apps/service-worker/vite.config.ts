import react from '@vitejs/plugin-react'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react(), paceline({ serviceWorker: true })],
})
