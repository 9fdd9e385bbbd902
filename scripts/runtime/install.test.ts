import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { holdsAll, wantedHash } from './install.mjs'
import { temporaryFolder } from './testing.ts'

type Entry = { version: string; dev?: boolean; optional?: boolean }

const WANTED: Record<string, Entry> = {
  'node_modules/kept': { version: '1.0.0' },
  'node_modules/kept/node_modules/nested': { version: '2.0.0' },
  'node_modules/tool': { version: '3.0.0', dev: true },
  'node_modules/other-platform': { version: '4.0.0', optional: true },
}

async function project(present: Record<string, Entry> | undefined) {
  const root = await temporaryFolder()
  const write = (file: string, value: unknown) => writeFile(join(root, file), JSON.stringify(value))
  await write('package.json', { name: 'x' })
  await write('package-lock.json', { packages: { '': {}, ...WANTED } })
  if (present === undefined) return root
  for (const path of Object.keys(present)) await mkdir(join(root, path), { recursive: true })
  await write('node_modules/.package-lock.json', { packages: present })
  return root
}

const without = (name: string) => Object.fromEntries(Object.entries(WANTED).filter(([path]) => path !== name))

test('a folder without node_modules holds nothing', async () => {
  expect(holdsAll(await project(undefined), false)).toBe(false)
})

test('an install without development packages is enough to run, not to test', async () => {
  const root = await project(without('node_modules/tool'))
  expect([holdsAll(root, false), holdsAll(root, true)]).toEqual([true, false])
})

test('optional packages of other platforms are not missed', async () => {
  expect(holdsAll(await project(without('node_modules/other-platform')), true)).toBe(true)
})

test('another version is not what the lock file asks for', async () => {
  expect(holdsAll(await project({ ...WANTED, 'node_modules/kept': { version: '1.0.1' } }), false)).toBe(false)
})

test('a nested package is missed', async () => {
  expect(holdsAll(await project(without('node_modules/kept/node_modules/nested')), false)).toBe(false)
})

test('the hash follows both manifests', async () => {
  const root = await project(WANTED)
  const before = wantedHash(root)
  expect(wantedHash(root)).toBe(before)
  await writeFile(join(root, 'package.json'), JSON.stringify({ name: 'y' }))
  expect(wantedHash(root)).not.toBe(before)
})
