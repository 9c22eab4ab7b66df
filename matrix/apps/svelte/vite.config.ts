import { svelte } from '@sveltejs/vite-plugin-svelte'
import { paceline } from 'paceline'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [svelte(), paceline()],
})
