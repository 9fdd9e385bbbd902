// Builds the dashboard: dashboard/ → dashboard/dist. Map and chart libraries are loaded by the pages that need them,
// so they never weigh on the first load; fonts are emitted beside the code, nothing comes from another origin.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { phoneShell } from './dashboard/build/phone-shell.ts'

const api = process.env.API_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: fileURLToPath(new URL('dashboard', import.meta.url)),
  plugins: [react(), phoneShell()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Which piece brings which others: what a page loads first is measured by it.
    manifest: true,
    // Fonts stay files: a strict content security policy has no `data:` fonts.
    assetsInlineLimit: 0,
    // A map library is one megabyte of code and comes as one piece.
    chunkSizeWarningLimit: 2000,
  },
  server: {
    proxy: {
      '/api': api,
      '/socket.io': { target: api, ws: true },
    },
  },
})
