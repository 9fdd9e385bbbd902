import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CityPack } from '#domain/city/types.ts'
import { cityCommand } from './command.ts'
import { report } from './report.ts'
import { sound } from './testing.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'huiyin-city-'))
})
afterAll(() => rm(root, { recursive: true }))

async function run(...args: string[]) {
  const said: string[] = []
  const complained: string[] = []
  const loaded: CityPack[] = []
  const code = await cityCommand(args, {
    cwd: root,
    out: (text) => said.push(text),
    err: (text) => complained.push(text),
    load: async (pack) => {
      loaded.push(pack)
      return 'loaded'
    },
  })
  return { code, out: said.join('\n'), err: complained.join('\n'), loaded }
}

async function writePack(
  change: (name: string, text: string) => string = (_, text) => text,
): Promise<string> {
  const dir = await mkdtemp(join(root, 'pack-'))
  for (const [name, text] of sound) await writeFile(join(dir, name), change(name, text))
  return dir
}

const withTypo = () =>
  writePack((name, text) => (name === 'users.csv' ? text.replace('duty-manager', 'duty-manger') : text))

describe('npm run city', () => {
  it('check ends with 0 and says what the pack holds', async () => {
    const { code, out } = await run('check', await writePack())
    expect(code).toBe(0)
    expect(out).toContain('云泽市（990181）：街道4，社区22，网格4')
  })

  it('check ends with 1 and a table of faults', async () => {
    const { code, out } = await run('check', await withTypo())
    expect(code).toBe(1)
    expect(out).toMatch(/users\.csv +3 +posts +未知岗位“duty-manger”/)
  })

  it('--lang en says the same in English', async () => {
    const { out } = await run('check', await withTypo(), '--lang', 'en')
    expect(out).toMatch(/1 fault:[\s\S]*users\.csv +3 +posts +unknown post "duty-manger"/)
  })

  it('load loads a sound pack', async () => {
    const { code, loaded } = await run('load', await writePack())
    expect(code).toBe(0)
    expect(loaded.map((p) => p.name)).toEqual(['云泽市'])
  })

  it('load does not load a pack with a fault', async () => {
    const { code, loaded, err } = await run('load', await withTypo())
    expect(code).toBe(1)
    expect(loaded).toEqual([])
    expect(err).toContain('未装载')
  })

  it('new writes every file once, and a check names only what is to be filled in', async () => {
    expect((await run('new', 'fresh')).code).toBe(0)
    expect(await readFile(join(root, 'fresh/users.csv'), 'utf8')).toContain('username,name,posts')
    const { out } = await run('check', 'fresh', '--lang', 'en')
    expect(out).not.toMatch(/unknown|column|not JSON/)
    await expect(run('new', 'fresh')).rejects.toThrow(/not empty/)
  })

  it.each([['--help'], ['help'], ['check', 'somewhere', '-h']])(
    '%s %s gives help and ends with 0',
    async (...args) => {
      const { code, out } = await run(...args)
      expect(code).toBe(0)
      expect(out).toContain('npm run city -- check DIR')
    },
  )

  it.each([
    [[]],
    [['check']],
    [['burn', 'x']],
    [['check', 'a', 'b']],
    [['check', 'a', '--lang', 'fr']],
    [['check', '--fast', 'a']],
  ])('%j makes no sense and ends with 2', async (args) => {
    const { code, err } = await run(...args)
    expect(code).toBe(2)
    expect(err).toContain('npm run city')
  })
})

it('a report of thousands shows 200, unless all are wanted', () => {
  const faults = Array.from({ length: 1000 }, (_, i) => ({
    file: 'users.csv',
    row: i,
    message: 'm',
    zh: '错',
  }))
  expect(
    report({ faults, warnings: [] }, 'zh')
      .split('\n')
      .filter((l) => l.includes('错')).length,
  ).toBe(201)
  expect(report({ faults, warnings: [] }, 'en', true)).toContain('999')
})
