// Builds the test page of cameras (cameras/) as the dashboard is built; an api with this folder as its pages serves it.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

/** @returns the folder; the caller removes it. */
export async function buildCameraPage(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'huiyin-cameras-'))
  await build({
    configFile: false,
    root: fileURLToPath(new URL('cameras', import.meta.url)),
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
  })
  return outDir
}
