import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyPath } from '#domain/city/policy-settings.ts'
import type { CityPack } from '#domain/city/types.ts'
import type { OpenCaseUses } from '#store/city-uses.ts'
import type { NewPassword, PasswordSet } from '#store/first-user.ts'
import { cityCommand } from './command.ts'
import type { CityStore } from './command.ts'
import { lineOf } from './password.ts'
import { readPack } from '#pack/read-pack.ts'
import { report } from './report.ts'
import { sample } from '#pack/testing.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'huiyin-city-'))
})
afterAll(() => rm(root, { recursive: true }))

interface Stage {
  /** What the database holds. */
  newest?: { version: number; pack: CityPack }
  uses?: Partial<OpenCaseUses>
  hasAdministrator?: boolean
  outcome?: PasswordSet
  overruled?: PolicyPath[]
  /** Answers at the terminal or in the pipe, in order. */
  passwords?: string[]
}

const NO_USES: OpenCaseUses = {
  departments: new Map(),
  categories: new Map(),
  conditions: new Map(),
  areas: new Map(),
  zones: new Map(),
}

async function runWith(stage: Stage, ...args: string[]) {
  const said: string[] = []
  const complained: string[] = []
  const loaded: CityPack[] = []
  const set: NewPassword[] = []
  const passwords = [...(stage.passwords ?? [])]
  const store: CityStore = {
    newest: async () => stage.newest,
    openCaseUses: async () => ({ ...NO_USES, ...stage.uses }),
    dispatchedLately: async function* () {},
    lessons: async () => [],
    load: async (pack) => {
      loaded.push(pack)
      return { version: (stage.newest?.version ?? 0) + 1, unchanged: false, overruled: stage.overruled ?? [] }
    },
    hasAdministrator: async () => stage.hasAdministrator ?? false,
    passwordOutcome: async () => stage.outcome ?? 'set',
    setPassword: async (wanted) => {
      set.push(wanted)
      return stage.outcome ?? 'set'
    },
  }
  const code = await cityCommand(args, {
    cwd: root,
    out: (text) => said.push(text),
    err: (text) => complained.push(text),
    withStore: (work) => work(store),
    password: async () => passwords.shift(),
  })
  return { code, out: said.join('\n'), err: complained.join('\n'), loaded, set, asked: passwords.length }
}

const run = (...args: string[]) => runWith({}, ...args)

async function writePack(
  change: (name: string, text: string) => string = (_, text) => text,
): Promise<string> {
  const dir = await mkdtemp(join(root, 'pack-'))
  for (const [name, text] of sample) await writeFile(join(dir, name), change(name, text))
  return dir
}

const withTypo = () =>
  writePack((name, text) => (name === 'users.csv' ? text.replace('duty-manager', 'duty-manger') : text))

describe('npm run city', () => {
  it('check ends with 0 and says what the pack holds', async () => {
    const { code, out } = await run('check', await writePack())
    expect(code).toBe(0)
    expect(out).toContain('样例县（990191）：街镇2，社区3，网格6')
    expect(out).toMatch(/下一步：npm run city -- load/)
  })

  it('check ends with 1 and a table of faults', async () => {
    const { code, out } = await run('check', await withTypo())
    expect(code).toBe(1)
    expect(out).toMatch(/users\.csv +3 +岗位 posts +未知岗位“duty-manger”/)
  })

  it('--lang en says the same in English', async () => {
    const { out } = await run('check', await withTypo(), '--lang', 'en')
    expect(out).toMatch(/1 fault:[\s\S]*users\.csv +3 +posts +unknown post "duty-manger"/)
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
    [['user']],
    [['burn', 'x']],
    [['check', 'a', 'b']],
    [['check', 'a', '--lang', 'fr']],
    [['check', '--fast', 'a']],
    [['check', 'a', '--xlsx']],
    [['new', 'a', '--dry-run']],
  ])('%j makes no sense and ends with 2', async (args) => {
    const { code, err } = await run(...args)
    expect(code).toBe(2)
    expect(err).toContain('npm run city')
  })
})

describe('load', () => {
  const loadedPack = async () => {
    const { pack } = await readPack(await writePack())
    if (!pack) throw new Error('the sample pack has faults')
    return pack
  }

  it('loads a sound pack and names the next step', async () => {
    const { code, loaded, out } = await run('load', await writePack())
    expect(code).toBe(0)
    expect(loaded.map((p) => p.name)).toEqual(['样例县'])
    expect(out).toMatch(/已装载，第1版[\s\S]*npm run city -- user admin/)
    const { out: later } = await runWith(
      { hasAdministrator: true },
      'load',
      await writePack(),
      '--lang',
      'en',
    )
    expect(later).toMatch(/loaded as version 1[\s\S]*log in as an administrator/)
    expect(later).not.toContain('administrator has set')
    const { out: kept } = await runWith({ overruled: ['warnShare'] }, 'load', await writePack())
    expect(kept).toContain('管理员改过的策略保持不变：warnShare')
  })

  it('shows the first administrator a password once, and none to the next', async () => {
    const dir = await writePack()
    const first = await run('load', dir, '--first-admin', '--lang', 'en')
    const [given] = first.set
    expect(given).toMatchObject({ username: 'admin', mustChange: true })
    expect(given?.password).toMatch(/^(\w{4}-){3}\w{4}$/)
    expect(first.out).toContain(`one-time password:   ${given?.password}`)
    expect((await run('load', dir, '--first-admin')).set[0]?.password).not.toBe(given?.password)
    const later = await runWith({ hasAdministrator: true }, 'load', dir, '--first-admin')
    expect(later.set).toEqual([])
    expect((await run('load', dir, '--first-admin', '--dry-run')).set).toEqual([])
  })

  it('does not load a pack with a fault', async () => {
    const { code, loaded, err } = await run('load', await withTypo())
    expect(code).toBe(1)
    expect(loaded).toEqual([])
    expect(err).toContain('未装载')
  })

  it('says what changes against the version before, by table', async () => {
    const pack = await loadedPack()
    const dir = await writePack((name, text) => {
      if (name === 'users.csv')
        return `${text}grid-9,网格员壬,grid-member,,,\n`.replace('值班长甲', '值班长丁')
      return name === 'routing.csv' ? text.replace(/^R007.*\n/m, '') : text
    })
    const { out, err } = await runWith({ newest: { version: 4, pack } }, 'load', dir)
    expect(out).toContain('与已装载的第4版相比')
    expect(out).toMatch(/users\.csv +新增1（grid-9），修改1（duty）/)
    expect(out).toMatch(/routing\.csv +删除1（R007）/)
    expect(out).not.toMatch(/areas\.geojson/)
    expect(err).toBe('')
  })

  it('is told that nothing changes', async () => {
    const stage = { newest: { version: 4, pack: await loadedPack() } }
    const { out } = await runWith(stage, 'load', await writePack(), '--lang', 'en')
    expect(out).toContain('the same as version 4')
  })

  it('warns of what open cases still use', async () => {
    const dir = await writePack((name, text) => {
      if (name === 'filing-conditions.csv') return text.replace(/^C0103-2.*\n/m, '')
      return name === 'zones.geojson' ? text.replace(/^.*"PK01".*\n/m, '') : text
    })
    const stage = {
      newest: { version: 4, pack: await loadedPack() },
      uses: { conditions: new Map([['C0103-2', 3]]), zones: new Map([['MR01', 9]]) },
    }
    const { code, err } = await runWith(stage, 'load', dir)
    expect(code).toBe(0)
    expect(err).toMatch(/filing-conditions\.csv +C0103-2：未结案件3件/)
    expect(err).not.toMatch(/PK01|MR01/)
  })

  it('warns when it is another city', async () => {
    const pack = { ...(await loadedPack()), code: '990199', name: '试城' }
    const { err } = await runWith({ newest: { version: 1, pack } }, 'load', await writePack())
    expect(err).toMatch(/试城（990199），将换成样例县（990191）/)
  })

  it('--dry-run changes nothing', async () => {
    const { code, loaded, out } = await run('load', await writePack(), '--dry-run')
    expect([code, loaded]).toEqual([0, []])
    expect(out).toContain('未装载')
  })
})

describe('new', () => {
  it.each([
    ['CSV files', []],
    ['a workbook', ['--xlsx']],
  ])('writes %s in which a check names only what is to be filled in', async (what, options) => {
    const dir = `fresh ${what}`
    expect((await run('new', dir, ...options)).code).toBe(0)
    const { out } = await run('check', dir, '--lang', 'en')
    expect(out).not.toMatch(/unknown|column|not JSON|missing|cells/)
    expect(out).toMatch(/city\.json +name +must not be empty/)
    expect(out).toMatch(/no unit is listed[\s\S]*no season of owner "centre"[\s\S]*no category is listed/)
    await expect(run('new', dir)).rejects.toThrow(/not empty/)
  })

  it.each([
    ['CSV files', []],
    ['a workbook', ['--xlsx']],
  ])('puts a sample as %s beside it that is the sample city', async (what, options) => {
    const dir = `sampled ${what}`
    await run('new', dir, ...options)
    const { pack, faults, warnings } = await readPack(join(root, dir, '样例'), { today: '2026-11-20' })
    expect([faults, warnings]).toEqual([[], []])
    expect(pack).toEqual((await readPack(await writePack())).pack)
  })

  it('fills in what it is told of the city', async () => {
    await run('new', 'named', '--name', '清河县', '--code', '990192')
    const city = JSON.parse(await readFile(join(root, 'named/city.json'), 'utf8'))
    expect(city).toMatchObject({ name: '清河县', code: '990192', centreName: '清河县城市运行管理中心' })
  })

  it('a spreadsheet may save its files again', async () => {
    await run('new', 'resaved')
    const file = join(root, 'resaved/users.csv')
    const text = await readFile(file, 'utf8')
    const quoted = text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .map((line) => (line.startsWith('# ') ? `"${line}",,,,,` : line))
    await writeFile(file, quoted.join('\r\n'))
    const { out } = await run('check', 'resaved', '--lang', 'en')
    expect(out).not.toContain('users.csv  1')
    expect(out).toMatch(/users\.csv +posts +nobody holds the post admin/)
  })
})

describe('user', () => {
  const PASSWORD = '一个好密码2026'

  it('sets a password typed twice, and shows it nowhere', async () => {
    const { code, out, err, set } = await runWith({ passwords: [PASSWORD, PASSWORD] }, 'user', 'duty')
    expect(code).toBe(0)
    expect(set).toEqual([{ username: 'duty', password: PASSWORD, name: undefined }])
    expect(out + err).not.toContain(PASSWORD)
    expect(out).toContain('duty的密码已设置')
  })

  it('takes it from a pipe once', async () => {
    const { code, set } = await runWith({ passwords: [PASSWORD, 'x'] }, 'user', 'duty', '--password-stdin')
    expect([code, set.length]).toEqual([0, 1])
  })

  it('makes the first administrator', async () => {
    const stage: Stage = { outcome: 'made', passwords: [PASSWORD] }
    const { code, out, set } = await runWith(stage, 'user', 'root', '--password-stdin', '--name', '张管理')
    expect(code).toBe(0)
    expect(set[0]).toMatchObject({ username: 'root', name: '张管理' })
    expect(out).toContain('已新建管理员root')
  })

  it.each<[what: string, stage: Stage, said: RegExp]>([
    ['two that differ', { passwords: [PASSWORD, `${PASSWORD}!`] }, /两次输入不同/],
    ['a short one', { passwords: ['1234567', '1234567'] }, /至少8个字符/],
    ['the user name', { passwords: ['operator1', 'operator1'] }, /不能与用户名相同/],
    ['nobody to ask', {}, /--password-stdin/],
  ])('refuses %s', async (_, stage, said) => {
    const { code, err, set } = await runWith(stage, 'user', 'operator1')
    expect([code, set]).toEqual([1, []])
    expect(err).toMatch(said)
  })

  it.each<[PasswordSet, RegExp]>([
    ['unknown', /没有账号duty/],
    ['disabled', /已停用/],
  ])('asks no password for an account that is %s', async (outcome, said) => {
    const { code, err, asked } = await runWith({ outcome, passwords: [PASSWORD] }, 'user', 'duty')
    expect([code, asked]).toEqual([1, 1])
    expect(err).toMatch(said)
  })

  it('reads the first line of a pipe', async () => {
    expect(await lineOf(Readable.from(['密', '码一\r\n', 'rest\n']))).toBe('密码一')
    expect(await lineOf(Readable.from([]))).toBe('')
  })
})

it('a report of thousands shows 200, unless all are wanted, each file together', () => {
  const faults = Array.from({ length: 1000 }, (_, i) => ({
    file: i % 2 === 0 ? 'users.csv' : 'routing.csv',
    row: 1000 - i,
    message: 'm',
    zh: '错',
  }))
  const shown = report({ faults, warnings: [] }, 'zh')
    .split('\n')
    .filter((l) => l.includes('错'))
  expect(shown).toHaveLength(201)
  expect(shown.slice(1).every((l) => l.includes('users.csv'))).toBe(true)
  expect(shown[1]).toMatch(/users\.csv +2 /)
  expect(report({ faults, warnings: [] }, 'en', true)).toMatch(/routing\.csv +999 /)
})
