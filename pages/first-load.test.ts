// How much JavaScript a wall loads before its map and its charts: what the page's modules name by plain imports, packed
// as a server packs it. A library that slips into the first load shows here, not in a command centre.
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { ensureDashboard } from '#scripts/runtime/dashboard.ts'

const DIST = new URL('../dashboard/dist/', import.meta.url)
/** Thousand bytes, packed. */
const MOST_KB = 400

interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
}

let manifest: Record<string, Chunk>

beforeAll(async () => {
  await ensureDashboard()
  manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', DIST), 'utf8'))
})

/** Chunks that come with these, by plain imports. */
function comingWith(names: readonly string[]): Set<string> {
  const found = new Set<string>()
  const take = (name: string) => {
    if (found.has(name)) return
    const chunk = manifest[name]
    if (!chunk) throw new Error(`${name} is not in the build's manifest`)
    found.add(name)
    for (const next of chunk.imports ?? []) take(next)
  }
  for (const name of names) take(name)
  return found
}

const kilobytes = async (names: Iterable<string>) => {
  const sizes = await Promise.all(
    [...names].map(async (name) => {
      const file = manifest[name]?.file ?? ''
      return file.endsWith('.js') ? gzipSync(await readFile(new URL(file, DIST))).length : 0
    }),
  )
  return sizes.reduce((sum, n) => sum + n, 0) / 1000
}

it('is at most 400 kB packed for /wall, and has neither map nor charts nor video in it', async () => {
  const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry)
  const first = comingWith([
    ...entries,
    'src/pages/wall/wall-page.tsx',
    'src/pages/wall/screen/screen-gate.tsx',
  ])
  const size = await kilobytes(first)
  console.info(`first load of /wall: ${size.toFixed(0)} kB of JavaScript in ${first.size} pieces, packed`)
  expect(size).toBeGreaterThan(20)
  expect(size).toBeLessThanOrEqual(MOST_KB)

  const later = [
    ...['src/components/chart/hour-chart.tsx', 'src/pages/wall/cameras/camera-wall.tsx'],
    ...['src/pages/wall/cameras/players/hls.ts', 'src/pages/wall/cameras/players/flv.ts'],
    ...['maplibre-gl/dist/maplibre-gl.mjs', 'mapbox-gl/dist/mapbox-gl.js'].map(
      (end) => Object.keys(manifest).find((name) => name.endsWith(end)) ?? end,
    ),
  ]
  for (const chunk of later) {
    expect(Object.keys(manifest)).toContain(chunk)
    expect([...first]).not.toContain(chunk)
  }
})
