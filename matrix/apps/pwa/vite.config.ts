import react from '@vitejs/plugin-react'
import { VitePWA } from 'vite-plugin-pwa'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react(), VitePWA({ registerType: 'autoUpdate', manifest: { name: 'Matrix', icons: [] } }), paceline()],
})
