// The system that is fuzzed: the real api on a database of its own with the demo city, its rate limits out of the way, and
// a caller of every kind. There is no worker: what rules do next is done when we say so, so that nothing moves while a
// refused request is being held against the tables.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { POSTS, type Post } from '#domain/case.ts'
import type { CityPack } from '#domain/city/types.ts'
import { LIMITS, type Limits } from '#api/http/limits.ts'
import { startApi } from '#api/server.ts'
import { newApiKey, SESSION_COOKIE } from '#api/auth/tokens.ts'
import { addApiKey, findAccount, openSession } from '#store/accounts.ts'
import { loadPack } from '#store/city.ts'
import type { Config } from '#store/config.ts'
import { sha256 } from '#store/hash.ts'
import { openLog } from '#store/log.ts'
import { openStore, type Store } from '#store/open.ts'
import { followNotices } from '#store/notices.ts'
import { followPhotoUses } from '#store/photo-uses.ts'
import { openProjector } from '#store/projector.ts'
import { learnOwners } from '#worker/readers/register.ts'
import { openRuntime } from '#store/runtime.ts'
import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'

export interface FuzzCaller {
  name: string
  /** What a request of theirs carries; empty for nobody. */
  headers: Record<string, string>
}

export interface FuzzSystem {
  url: string
  store: Store
  pack: CityPack
  /** What `GET /api/openapi.json` answers. */
  document: object
  callers: FuzzCaller[]
  /** Gives back what callers took from themselves: sessions, accounts, the key, the screen, the policy. */
  heal(): Promise<void>
  /** What rules and readers would do now with these cases, done to its end. */
  settle(caseIds?: readonly string[]): Promise<void>
  close(): Promise<void>
}

const SESSION_MS = 30 * 86_400_000

/** A post that none of the pack's people hold alone gets a person. */
function withEveryPost(pack: CityPack): { pack: CityPack; people: Map<Post, string> } {
  const people = new Map<Post, string>()
  const users = [...pack.users]
  for (const post of POSTS) {
    const found = users.find((u) => u.posts.length === 1 && u.posts[0] === post)
    if (found) people.set(post, found.username)
    else {
      const username = `fuzz-${post}`
      users.push({ username, name: post, posts: [post], areas: [] })
      people.set(post, username)
    }
  }
  return { pack: { ...pack, users }, people }
}

const LIFTED = Object.fromEntries(
  Object.keys(LIMITS).map((name) => [name, { max: 1_000_000_000, windowMs: 60_000 }]),
) as Limits

/**
 * @param databaseUrl of a migrated, empty database, as the application's role
 * @param dataDir a folder of its own; kept
 */
export async function openFuzzSystem(given: {
  databaseUrl: string
  dataDir: string
  pack: CityPack
  port?: number
}): Promise<FuzzSystem> {
  const { databaseUrl, dataDir, port = 0 } = given
  const store = openStore({ databaseUrl, max: 8, applicationName: 'huiyin-fuzz' })
  const { pack, people } = withEveryPost(given.pack)
  await loadPack(store, pack)
  await mkdir(dataDir, { recursive: true })
  const log = openLog('error', 'fuzz')
  const runtime = await openRuntime(store, log)
  const projector = openProjector({ store, cityFor: runtime.cityFor, signals: runtime.signals })
  const config: Config = {
    port,
    host: '127.0.0.1',
    publicUrl: `http://127.0.0.1:${port || 8080}`,
    dataDir: join(dataDir, 'app'),
    databaseUrl,
    demo: true,
    demoTraffic: false,
    demoHistory: false,
    logLevel: 'error',
    sessionSecret: 'a secret for fuzzing, long enough',
  }
  await mkdir(config.dataDir, { recursive: true })
  const api = await startApi({ store, config, log, runtime, limits: LIFTED })

  const idOf = async (username: string) => {
    const account = await findAccount(store, username)
    if (!account) throw new Error(`nobody is called ${username}`)
    return account.id
  }
  const sessions = await Promise.all(
    [...people].map(async ([post, username]) => ({
      name: post as string,
      accountId: await idOf(username),
      token: randomBytes(32).toString('base64url'),
    })),
  )
  const key = newApiKey()
  const keyId = uuidv7()
  await addApiKey(store, {
    id: keyId,
    name: 'fuzz',
    keyHash: sha256(key),
    accountId: await idOf(people.get('operator') ?? ''),
  })
  const cookieOf = (token: string) => ({ cookie: `${SESSION_COOKIE}=${token}` })
  const screen: FuzzCaller = { name: 'screen', headers: {} }
  const callers: FuzzCaller[] = [
    ...sessions.map(({ name, token }) => ({ name, headers: cookieOf(token) })),
    { name: 'machine', headers: { authorization: `Bearer ${key}` } },
    screen,
    { name: 'nobody', headers: {} },
  ]

  const ask = async (method: string, path: string, headers: Record<string, string>, body: object) => {
    const answer = await fetch(`${api.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }

  /** A screen of our own, whose token we know, opened in a browser. */
  async function openScreen(): Promise<void> {
    const admin = callers.find((c) => c.name === 'system-admin')?.headers ?? {}
    const made = await ask('POST', '/screens', admin, {
      name: 'fuzz',
      widthMm: 4800,
      viewingDistanceM: 8,
      tiles: { columns: 1, rows: 1 },
    })
    const { token } = (await made.json()) as { token: string }
    const opened = await ask('POST', '/screens/session', {}, { token })
    screen.headers = { cookie: (opened.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' }
  }
  const screenIsOpen = async () => {
    const answer = await fetch(`${api.url}/api/v1/auth/me`, { headers: screen.headers })
    return answer.ok
  }

  async function heal(): Promise<void> {
    await store.sql`update account set must_change = false, disabled_at = null where must_change or disabled_at is not null`
    await store.sql`delete from login_failure`
    await store.sql`delete from security_policy`
    await store.sql`update api_key set revoked_at = null where id = ${keyId} and revoked_at is not null`
    for (const { accountId, token } of sessions) {
      const [open] = await store.sql`
        select 1 from session where token_hash = ${sha256(token)} and expires_at > now() + interval '1 day'`
      if (open) continue
      await store.sql`delete from session where token_hash = ${sha256(token)}`
      await openSession(store, { tokenHash: sha256(token), accountId, lastsMs: SESSION_MS })
    }
    if (!(await screenIsOpen())) await openScreen()
  }

  async function settle(caseIds: readonly string[] = []): Promise<void> {
    for (const id of caseIds) await runtime.commander.advance(id)
    await projector.catchUp()
    await learnOwners(store, runtime.signals)
    await followPhotoUses(store)
    await followNotices(store, { cityFor: runtime.cityFor, now: runtime.clock.now, onNew: () => {} })
  }

  await heal()
  // As a worker leaves it at its start: readers have cursors.
  await store.sql`insert into reader (name, seq) values ('register', 0) on conflict do nothing`
  await settle()
  const document = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as object
  return {
    url: api.url,
    store,
    pack,
    document,
    callers,
    heal,
    settle,
    async close() {
      await api.close()
      await runtime.close()
      await store.close()
    },
  }
}
