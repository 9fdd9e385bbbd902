// `npm run city`: check, load, new, user. Parses its arguments and prints; the work is done elsewhere.
import { resolve } from 'node:path'
import type { CityPack } from '#domain/city/types.ts'
import type { Lesson } from '#domain/register.ts'
import type { LoadedPack } from '#store/city.ts'
import type { OpenCaseUses } from '#store/city-uses.ts'
import type { DispatchedCase } from '#store/dispatched.ts'
import type { NewPassword, PasswordSet } from '#store/first-user.ts'
import { HELP, parseArguments } from './arguments.ts'
import type { CheckArguments, NewArguments, UserArguments } from './arguments.ts'
import { goneButUsed, packChanges } from '#pack/changes.ts'
import { changesText, goneText } from './changes-text.ts'
import { formulasText } from './formulas.ts'
import { limitsText } from './limits.ts'
import { notes } from './notes.ts'
import { passwordFault, randomPassword } from './password.ts'
import { readPack } from '#pack/read-pack.ts'
import type { Language } from './report.ts'
import { refusal, report, summary } from './report.ts'
import { rerouting, reroutingText } from './reroute.ts'
import { writeTemplate } from './template.ts'

/** The database as this command needs it. */
export interface CityStore {
  newest(): Promise<{ version: number; pack: CityPack } | undefined>
  openCaseUses(): Promise<OpenCaseUses>
  /** Cases of the last so many days, for trying a pack on them. */
  dispatchedLately(days: number): AsyncIterable<readonly DispatchedCase[]>
  /** What the component register has learnt since. */
  lessons(): Promise<readonly Lesson[]>
  load(pack: CityPack): Promise<LoadedPack>
  hasAdministrator(): Promise<boolean>
  passwordOutcome(username: string): Promise<PasswordSet>
  setPassword(wanted: NewPassword): Promise<PasswordSet>
}

export interface Io {
  /** Folders are named from here. */
  cwd: string
  out(text: string): void
  err(text: string): void
  /** Opens the database for as long as `work` takes. */
  withStore<T>(work: (store: CityStore) => Promise<T>): Promise<T>
  /** A password from the pipe, or typed unseen; undefined when broken off or when there is nobody to ask. */
  password(from: 'pipe' | 'terminal', question: string): Promise<string | undefined>
}

/** @returns the exit code: 0, 1 for faults, 2 for arguments that make no sense. */
export async function cityCommand(args: string[], io: Io): Promise<number> {
  const parsed = parseArguments(args)
  if (typeof parsed === 'string') {
    io.err(`${parsed}\n\n${HELP}`)
    return 2
  }
  switch (parsed.action) {
    case 'help':
      io.out(HELP)
      return 0
    case 'new':
      return makeNew(parsed, io)
    case 'user':
      return setUser(parsed, io)
    case 'check':
    case 'load':
      return checkOrLoad(parsed, io)
  }
}

async function makeNew({ dir, xlsx, name, code, language }: NewArguments, io: Io): Promise<number> {
  const folder = resolve(io.cwd, dir)
  const files = await writeTemplate(folder, { xlsx, name, code })
  const tops = [...new Set(files.map((f) => f.replace(/[\\/].*$/, '/')))]
  const list = tops.map((f) => `  ${f}`).join('\n')
  const tables = xlsx ? files.find((f) => f.endsWith('.xlsx')) : '*.csv'
  io.out(
    language === 'zh'
      ? `已写入${folder}：\n${list}\n
下一步：
  1. 用记事本打开city.json，填写城市编码、名称和兜底单位
  2. 填写${tables}，放入areas.geojson（街道、社区、网格的边界）；照着“样例”文件夹里的写法
  3. npm run city -- check ${dir}`
      : `Written to ${folder}:\n${list}\n
Next:
  1. fill in code, name and fall-back unit in city.json
  2. fill in ${tables} and put your borders into areas.geojson, as in the folder 样例
  3. npm run city -- check ${dir}`,
  )
  return 0
}

async function checkOrLoad(given: CheckArguments, io: Io): Promise<number> {
  const { action, dir, language, all, limits, indicators, dryRun, days, firstAdmin } = given
  const result = await readPack(resolve(io.cwd, dir))
  const findings = report(result, language, all)
  if (findings !== '') io.out(findings)
  const { pack } = result
  if (!pack) {
    if (action === 'load') io.err(refusal(language))
    return 1
  }
  if (limits) io.out(`${limitsText(pack, language)}\n`)
  if (indicators && pack.indicators?.length) io.out(`${formulasText(pack, language)}\n`)
  io.out(summary(pack, language))
  for (const note of notes(pack, language)) io.out(note)
  if (action === 'check') {
    io.out(language === 'zh' ? `下一步：npm run city -- load ${dir}` : `Next: npm run city -- load ${dir}`)
    return 0
  }
  await io.withStore(async (store) => {
    await tellChanges(store, pack, language, io)
    if (dryRun) await tellRerouting(store, pack, { days, language, io })
    if (dryRun) io.out(language === 'zh' ? '试运行：未装载' : 'dry run: nothing was loaded')
    else io.out(await loaded(store, pack, language, firstAdmin))
  })
  return 0
}

async function tellChanges(store: CityStore, pack: CityPack, language: Language, io: Io): Promise<void> {
  const before = await store.newest()
  if (!before) return
  const changes = packChanges(before.pack, pack)
  io.out(changesText(changes, before.version, language))
  if (before.pack.code !== pack.code)
    io.err(
      language === 'zh'
        ? `警告：已装载的是${before.pack.name}（${before.pack.code}），将换成${pack.name}（${pack.code}）`
        : `Warning: ${before.pack.name} (${before.pack.code}) is loaded; this is ${pack.name} (${pack.code})`,
    )
  if (!changes.some((c) => c.removed.length > 0)) return
  const gone = goneText(goneButUsed(changes, await store.openCaseUses()), language)
  if (gone !== '') io.err(gone)
}

/** Where past cases would have gone by the new pack: rules, zones, owners and units together. */
async function tellRerouting(
  store: CityStore,
  after: CityPack,
  { days, language, io }: { days: number; language: Language; io: Io },
): Promise<void> {
  const newest = await store.newest()
  if (!newest) return
  const before = newest.pack
  const found = await rerouting(before, after, {
    pages: store.dispatchedLately(days),
    lessons: await store.lessons(),
  })
  io.out(reroutingText(found, days, { before, after }, language))
}

async function loaded(
  store: CityStore,
  pack: CityPack,
  language: Language,
  firstAdmin: boolean,
): Promise<string> {
  const { version, unchanged, overruled } = await store.load(pack)
  const isChinese = language === 'zh'
  const done = unchanged
    ? isChinese
      ? `与第${version}版内容相同，账号已核对`
      : `the same as version ${version}; accounts are up to date`
    : isChinese
      ? `已装载，第${version}版；正在运行的系统几秒内生效`
      : `loaded as version ${version}; a running system takes it up within seconds`
  const admin = pack.users.find((u) => u.posts.includes('admin'))?.username ?? 'admin'
  const isAdministered = await store.hasAdministrator()
  const next = isAdministered
    ? isChinese
      ? '下一步：用管理员账号登录，在系统管理页为其他账号设置密码'
      : 'Next: log in as an administrator and give the other accounts their passwords'
    : isChinese
      ? `下一步：
  1. npm run city -- user ${admin}（为第一个管理员设置密码）
  2. DEMO=0 SESSION_SECRET=随机长串 npm start，登录后在系统管理页为其他账号设置密码`
      : `Next:
  1. npm run city -- user ${admin} (a password for the first administrator)
  2. DEMO=0 SESSION_SECRET=… npm start, then log in and give the other accounts their passwords`
  const list = overruled.join(isChinese ? '、' : ', ')
  const kept = isChinese
    ? `管理员改过的策略保持不变：${list}（在系统管理页“策略”中可撤回）\n`
    : `kept as an administrator has set them: ${list} (taken back on the administration page, under policies)\n`
  const then = firstAdmin && !isAdministered ? await madeFirst(store, admin, language) : next
  return `${done}\n${list === '' ? '' : kept}${then}`
}

/** A password that is shown this once; whoever logs in with it chooses another. */
async function madeFirst(store: CityStore, username: string, language: Language): Promise<string> {
  const password = randomPassword()
  const set = await store.setPassword({ username, password, mustChange: true })
  if (set === 'disabled' || set === 'unknown')
    return language === 'zh'
      ? `账号${username}不能登录，未设置密码`
      : `the account ${username} may not log in: no password was set`
  return language === 'zh'
    ? `首个管理员：${username}\n一次性密码：${password}\n仅显示这一次，首次登录后须修改`
    : `first administrator: ${username}\none-time password:   ${password}\nshown this once; to be changed at the first login`
}

async function setUser({ username, fromPipe, name, language }: UserArguments, io: Io): Promise<number> {
  const isChinese = language === 'zh'
  const say = (zh: string, en: string) => io.err(isChinese ? zh : en)
  const ask = (zh: string, en: string) =>
    io.password(fromPipe ? 'pipe' : 'terminal', isChinese ? `${zh}：` : `${en}: `)
  return io.withStore(async (store) => {
    const outcome = await store.passwordOutcome(username)
    if (outcome === 'unknown' || outcome === 'disabled') return answer(outcome)
    const password = await ask(`${username}的新密码`, `new password of ${username}`)
    if (password === undefined) {
      say('没有输入密码；脚本中请用--password-stdin', 'no password was given; scripts use --password-stdin')
      return 1
    }
    const fault = passwordFault(username, password, language)
    if (fault !== undefined) {
      io.err(fault)
      return 1
    }
    if (!fromPipe && (await ask('再输入一次', 'once more')) !== password) {
      say('两次输入不同，未作修改', 'the two differ; nothing was changed')
      return 1
    }
    return answer(await store.setPassword({ username, password, name }))
  })

  function answer(set: PasswordSet): number {
    switch (set) {
      case 'set':
        io.out(
          isChinese
            ? `${username}的密码已设置，原有登录已失效`
            : `${username} has the new password; earlier logins have ended`,
        )
        return 0
      case 'made':
        io.out(
          isChinese
            ? `已新建管理员${username}，可以登录`
            : `the administrator ${username} was made and can log in`,
        )
        return 0
      case 'unknown':
        say(
          `没有账号${username}：请写入users.csv后装载，再设置密码`,
          `no account ${username}: add it to users.csv, load the pack, then set its password`,
        )
        return 1
      case 'disabled':
        say(
          `账号${username}已停用：请管理员先启用`,
          `the account ${username} is disabled: an administrator can enable it`,
        )
        return 1
    }
  }
}
