import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceHash } from './dashboard.ts'
import { temporaryFolder } from './testing.ts'

async function sources() {
  const root = await temporaryFolder()
  await mkdir(join(root, 'pages'))
  await writeFile(join(root, 'pages', 'wall.tsx'), 'wall')
  await writeFile(join(root, 'lock.json'), '{}')
  return { root, hash: () => sourceHash(root, ['pages', 'lock.json', 'absent']) }
}

test('nothing changed, nothing stale', async () => {
  const { hash } = await sources()
  expect(await hash()).toBe(await hash())
})

test.each([
  ['a changed file', (root: string) => writeFile(join(root, 'pages', 'wall.tsx'), 'hall')],
  ['a new file', (root: string) => writeFile(join(root, 'pages', 'duty.tsx'), '')],
  [
    'a renamed file',
    (root: string) => rename(join(root, 'pages', 'wall.tsx'), join(root, 'pages', 'hall.tsx')),
  ],
  ['other packages', (root: string) => writeFile(join(root, 'lock.json'), '{"a":1}')],
])('%s makes the build stale', async (_, change) => {
  const { root, hash } = await sources()
  const before = await hash()
  await change(root)
  expect(await hash()).not.toBe(before)
})

test('a test beside the sources does not', async () => {
  const { root, hash } = await sources()
  const before = await hash()
  await writeFile(join(root, 'pages', 'wall.test.tsx'), 'test')
  expect(await hash()).toBe(before)
})
