// The whole api on a database of its own: a small city, a person of every post, a clock moved by hand. No worker: tests
// call `settle` where one would have run. Every answer is held against the schema that its route declares.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import type { Post } from '#domain/case.ts'
import type { CityPack } from '#domain/city/types.ts'
import { SimulatedClock } from '#domain/clock.ts'
import { cityPack } from '#domain/testing/city.ts'
import { addApiKey, findAccount, openSession } from '#store/accounts.ts'
import { loadPack } from '#store/city.ts'
import type { Config } from '#store/config.ts'
import { sha256 } from '#store/hash.ts'
import { openLog } from '#store/log.ts'
import { openProjector } from '#store/projector.ts'
import { openRuntime } from '#store/runtime.ts'
import { testDatabase } from '#store/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { buildApp } from '../app.ts'
import type { App } from '../deps.ts'
import { newApiKey, SESSION_COOKIE } from '../auth/tokens.ts'
import { apiDeps, type StartOptions } from '../server.ts'
import { schemaChecker } from './schemas.ts'

/** A make-up working Sunday in Chibi; see domain/testing/calendars.ts. */
export const SUNDAY = Date.parse('2019-09-29T08:00:00+08:00')
export const PASSWORD = 'a right password'

const person = (username: string, posts: Post[], department?: string) => ({
  username,
  name: `${username} 的人`,
  posts,
  areas: [],
  ...(department === undefined ? {} : { department }),
})

export const USERS: CityPack['users'] = [
  { ...person('grid', ['grid-member']), password: PASSWORD },
  person('grid2', ['grid-member']),
  person('operator', ['operator']),
  person('dispatcher', ['dispatcher']),
  person('duty', ['duty-manager']),
  person('head', ['head']),
  person('leader', ['leader']),
  person('evaluator', ['evaluator']),
  person('admin', ['admin']),
  { ...person('supervisor', ['supervisor']), areas: ['1'] },
  { ...person('supervisor2', ['supervisor']), areas: ['2'] },
  person('wall', ['display']),
  person('water', ['department-officer'], 'water'),
  person('canal', ['department-officer'], 'water-canal'),
  person('sanitation', ['department-officer'], 'sanitation'),
  person('handler', ['handler'], 'water'),
]

export interface SendOptions {
  /** Username; nobody when absent. */
  as?: string
  /** An api key. */
  key?: string
  body?: unknown
  idempotencyKey?: string
  headers?: Record<string, string>
  payload?: InjectOptions['payload']
}

export interface Answer {
  status: number
  headers: LightMyRequestResponse['headers']
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape; their schema is checked apart
  body: any
  raw: LightMyRequestResponse
}

export type TestApi = Awaited<ReturnType<typeof openTestApi>>

export interface TestApiOptions extends Partial<Omit<StartOptions, 'config'>> {
  config?: Partial<Config>
  pack?: CityPack
  /** Routes beside the api's own. */
  more?: (app: App) => void
}

export async function openTestApi(options: TestApiOptions = {}) {
  const database = await testDatabase()
  const { store } = database
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-api-'))
  await loadPack(store, options.pack ?? { ...cityPack(), users: USERS })
  const log = openLog('silent', 'test')
  const clock = new SimulatedClock(SUNDAY)
  const runtime = await openRuntime(store, log, { clock })
  const projector = openProjector({ store, cityFor: runtime.cityFor, signals: runtime.signals })
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    publicUrl: 'http://127.0.0.1:8080',
    dataDir,
    demo: true,
    demoTraffic: false,
    demoHistory: false,
    logLevel: 'silent',
    sessionSecret: 'a secret of the tests, long enough',
    ...options.config,
  }
  const start: StartOptions & { runtime: typeof runtime } = { ...options, store, config, log, runtime }
  const built = await buildApp(apiDeps(start))
  const { app } = built
  options.more?.(app)
  await app.ready()
  const check = schemaChecker(app.swagger())
  const cookies = new Map<string, string>()

  async function accountId(username: string): Promise<string> {
    const account = await findAccount(store, username)
    if (!account) throw new Error(`nobody is called ${username}`)
    return account.id
  }

  /** A session without the cost of a password. */
  async function cookieOf(username: string): Promise<string> {
    const known = cookies.get(username)
    if (known !== undefined) return known
    // A password of the pack is somebody else's word: who is logged in here has changed it.
    await store.sql`update account set must_change = false where username = ${username}`
    const token = randomBytes(16).toString('hex')
    await openSession(store, {
      tokenHash: sha256(token),
      accountId: await accountId(username),
      lastsMs: 3_600_000,
    })
    const cookie = `${SESSION_COOKIE}=${token}`
    cookies.set(username, cookie)
    return cookie
  }

  async function send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    given: SendOptions = {},
  ): Promise<Answer> {
    const path = url.startsWith('/api/') || url.startsWith('/healthz') ? url : `/api/v1${url}`
    const raw = await app.inject({
      method,
      url: path,
      headers: {
        ...(given.as === undefined ? {} : { cookie: await cookieOf(given.as) }),
        ...(given.key === undefined ? {} : { authorization: `Bearer ${given.key}` }),
        ...(given.idempotencyKey === undefined ? {} : { 'idempotency-key': given.idempotencyKey }),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { payload: given.body as object }),
      ...(given.payload === undefined ? {} : { payload: given.payload }),
    })
    const isJson =
      /[/+]json/.test(String(raw.headers['content-type'])) && raw.headers['content-encoding'] === undefined
    const body = isJson ? raw.json() : raw.body
    if (raw.headers['content-encoding'] === undefined) check(method, path, raw)
    return { status: raw.statusCode, headers: raw.headers, body, raw }
  }

  return {
    ...built,
    store,
    /** As the owner of the tables. */
    ownerUrl: database.ownerUrl,
    runtime,
    clock,
    config,
    start,
    send,
    accountId,
    cookieOf,
    get: (url: string, given?: SendOptions) => send('GET', url, given),
    post: (url: string, body: unknown, given?: SendOptions) => send('POST', url, { ...given, body }),
    /** The steps that the worker would take, and the board after them. */
    async settle(caseId: string): Promise<void> {
      await runtime.commander.advance(caseId)
      await projector.catchUp()
    },
    async project(): Promise<void> {
      await projector.catchUp()
    },
    /** A key of a new machine account. */
    async newKey(username: string): Promise<string> {
      const key = newApiKey()
      await addApiKey(store, {
        id: uuidv7(),
        name: username,
        keyHash: sha256(key),
        accountId: await accountId(username),
      })
      return key
    },
    async events(caseId: string): Promise<number> {
      const [row] = await store.sql<{ n: number }[]>`
        select count(*)::int as n from case_event where case_id = ${caseId}`
      return row?.n ?? 0
    },
    async close(): Promise<void> {
      await app.close()
      await runtime.close()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A problem with this status and code, of the right type. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.body).toMatchObject({ status, code, type: `urn:huiyin:problem:${code}` })
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(answer.headers['x-request-id']).toBe(answer.body.requestId)
}

export const faultPaths = (answer: Answer): string[] =>
  ((answer.body.errors ?? []) as { path: string }[]).map((e) => e.path).sort()
