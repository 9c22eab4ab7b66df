import vue from '@vitejs/plugin-vue'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [vue(), paceline()],
})
