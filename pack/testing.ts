// For tests of the reader: the sample pack with one thing changed, read from a folder of its own.
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FeatureCollection, Polygon, Position } from 'geojson'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPack } from './read-pack.ts'
import type { ReadPack } from './read-pack.ts'

export const TODAY = '2026-11-20'

/** Contents of a file, changed; undefined removes the file. */
export type Change = (text: string) => string | Uint8Array | undefined

/** The sample pack: small, sound, and the one that `npm run city -- new` writes. */
export const sample: ReadonlyMap<string, string> = (() => {
  const dir = join(import.meta.dirname, '../cities/sample')
  return new Map(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]))
})()

/** Without its cells, which would say more about a fault planted in an area. */
export const sound: ReadonlyMap<string, string> = new Map(
  [...sample].filter(([name]) => name !== 'cells.geojson'),
)

let root = ''

/** Call at the top of a spec file: makes the folder for its packs and removes it. */
export function makePackFolder(): void {
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'huiyin-pack-'))
  })
  afterAll(() => rm(root, { recursive: true }))
}

/** A folder with the files of a pack, changed; a change of a file that the pack has not makes it. */
export async function packFolder(changes: Record<string, Change>, pack = sound): Promise<string> {
  const dir = await mkdtemp(join(root, 'pack-'))
  for (const name of new Set([...pack.keys(), ...Object.keys(changes)])) {
    const text = pack.get(name) ?? ''
    const changed = changes[name] ? changes[name](text) : text
    if (changed !== undefined) await writeFile(join(dir, name), changed)
  }
  return dir
}

export async function readChanged(
  changes: Record<string, Change>,
  today = TODAY,
  pack = sound,
): Promise<ReadPack> {
  return readPack(await packFolder(changes, pack), { today })
}

/** What is planted, the change, and the places `[row, field]` where faults must be found. */
export type Plant = readonly [what: string, change: Change, ...found: [row: number | '', field: string][]]

/** Each fault must be found in its place in `file`, in two languages, and nothing else with it. */
export function plant(file: string, ...plants: Plant[]): void {
  plantIn(sound, file, ...plants)
}

export function plantIn(pack: ReadonlyMap<string, string>, file: string, ...plants: Plant[]): void {
  it.each(plants.map(([what, change, ...found]) => ({ what, change, found })))(
    `${file}: $what`,
    async ({ change, found }) => {
      const { pack: read, faults } = await readChanged({ [file]: change }, TODAY, pack)
      expect(read).toBeUndefined()
      expect(faults.map((f) => [f.file, f.row ?? '', f.field ?? ''])).toEqual(
        found.map((at) => [file, ...at]),
      )
      for (const fault of faults) {
        expect(fault.message).not.toBe('')
        expect(fault.zh).toMatch(/\p{Script=Han}/u)
      }
    },
  )
}

const linesOf = (file: string) => (sample.get(file) ?? '').trimEnd().split('\n')

/** Line number of the line that begins with `start`. */
export function lineOf(file: string, start: string): number {
  const line = linesOf(file).findIndex((l) => l.startsWith(start))
  if (line < 0) throw new Error(`no line of ${file} begins with ${start}`)
  return line + 1
}

/** Line number of a line put behind the last. */
export const newLine = (file: string) => linesOf(file).length + 1

/** Replaces in the line that begins with `start`; a change that changes nothing is a broken test. */
export const inLine =
  (start: string, from: string, to: string) =>
  (text: string): string => {
    const lines = text.split('\n')
    const i = lines.findIndex((l) => l.startsWith(start))
    const changed = (lines[i] ?? '').replace(from, to)
    if (changed === lines[i]) throw new Error(`nothing to replace in "${lines[i]}"`)
    return lines.with(i, changed).join('\n')
  }

export const addLine = (line: string) => (text: string) => `${text}${line}\n`

/** Sets a value in city.json by its path, e.g. `policies.close`; undefined takes it away. */
export const setCity = (path: string, value: unknown) => (text: string) => {
  const city = JSON.parse(text)
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const inner = keys.reduce((at, key) => at[key], city)
  inner[last] = value
  return JSON.stringify(city)
}

type Features = FeatureCollection<Polygon, Record<string, unknown>>['features']

export const changeFeatures = (edit: (all: Features) => void) => (text: string) => {
  const collection = JSON.parse(text)
  edit(collection.features)
  return JSON.stringify(collection)
}

export function indexOf(file: string, code: string): number {
  const { features } = JSON.parse(sample.get(file) ?? '') as { features: Features }
  const index = features.findIndex((f) => f.properties.code === code)
  if (index < 0) throw new Error(`no ${code} in ${file}`)
  return index
}

/** Sets properties of the feature with that code. */
export const setProperties = (file: string, code: string, properties: Record<string, unknown>) =>
  changeFeatures((all) => Object.assign(all[indexOf(file, code)]?.properties ?? {}, properties))

export const setGeometry = (file: string, code: string, geometry: unknown) =>
  changeFeatures((all) => Object.assign(all[indexOf(file, code)] ?? {}, { geometry }))

/** Changes the outer ring of the feature with that code. */
export const changeRing = (file: string, code: string, edit: (ring: Position[]) => Position[]) =>
  changeFeatures((all) => {
    const rings = all[indexOf(file, code)]?.geometry.coordinates ?? []
    rings[0] = edit(rings[0] ?? [])
  })
