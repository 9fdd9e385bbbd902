// What walls are told over a real socket, apart from the board: their record, shows, warning and duty, on joining and on
// each change, also from another api process; and that a revoked screen is told so and cut off.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ScreenMessage } from '#domain/wall-screen.ts'
import { goOnDuty } from '#store/duty.ts'
import { openLog } from '#store/log.ts'
import { openRuntime, type Runtime } from '#store/runtime.ts'
import { startApi, type StartedApi } from '../server.ts'
import { openTestApi, type TestApi } from '../testing/api.ts'
import { openScreens, type ScreenClient } from './screens.ts'

let api: TestApi
let started: StartedApi
let pagesDir: string
const sockets: Socket[] = []
beforeAll(async () => {
  pagesDir = await mkdtemp(join(tmpdir(), 'huiyin-pages-'))
  await build('first')
  api = await openTestApi()
  started = await startApi({ ...api.start, pagesDir })
})
afterEach(() => {
  for (const s of sockets.splice(0)) s.disconnect()
})
afterAll(async () => {
  await started.close()
  await api.close()
  await rm(pagesDir, { recursive: true })
})

async function build(name: string): Promise<void> {
  await mkdir(pagesDir, { recursive: true })
  const page = `<html><script type="module" crossorigin src="/assets/index-${name}.js"></script></html>`
  await writeFile(join(pagesDir, 'index.html'), page)
}

interface Wall {
  socket: Socket
  heard: ScreenMessage[]
  events: string[]
  /** Resolves with the first message, past ones included, of which `is` holds. */
  until(is: (message: ScreenMessage) => boolean): Promise<ScreenMessage>
}

function open(cookie: string, auth: object = {}, url = started.url): Wall {
  const socket = io(`${url}/live`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: { cookie },
  })
  sockets.push(socket)
  const wall: Wall = {
    socket,
    heard: [],
    events: [],
    until: (is) =>
      new Promise((resolve) => {
        const look = () => {
          const found = wall.heard.find(is)
          if (found) resolve(found)
        }
        socket.on('screen', look)
        look()
      }),
  }
  socket.on('screen', (message: ScreenMessage) => wall.heard.push(message))
  socket.onAny((event: string) => wall.events.push(event))
  return wall
}

async function addScreen(name: string, more: object = {}): Promise<{ id: string; cookie: string }> {
  const made = await api.post(
    '/screens',
    { name, widthMm: 4800, viewingDistanceM: 8, ...more },
    { as: 'admin' },
  )
  const answer = await api.post('/screens/session', { token: made.body.token })
  return { id: made.body.id, cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' }
}

const announce = async (text: string, screens: unknown = 'all'): Promise<string> => {
  const show = { kind: 'announcement', text, level: 'info' }
  const answer = await api.post('/wall/shows', { screens, show, minutes: 5 }, { as: 'duty' })
  expect(answer.status).toBe(201)
  return answer.body.id
}
const says = (text: string) => (m: ScreenMessage) =>
  m.shows.some((s) => s.kind === 'announcement' && s.text === text)
const hears = (socket: Socket, event: string) =>
  new Promise<void>((resolve) => socket.once(event, () => resolve()))
/** The same, but it may have come before this is asked. */
const had = (wall: Wall, event: string) =>
  wall.events.includes(event) ? Promise.resolve() : hears(wall.socket, event)

test('a screen is told who it is, and the board, on joining', async () => {
  const plan = [{ scene: 'ranking', seconds: 60 }]
  const { id, cookie } = await addScreen('会议室', { tiles: { columns: 2, rows: 2 }, plan })
  const wall = open(cookie)
  const message = await wall.until(() => true)
  expect(message).toMatchObject({
    record: { id, name: '会议室', widthMm: 4800, tiles: { columns: 2, rows: 2 }, sound: false },
    plan,
    shows: [],
    build: '/assets/index-first.js',
    duty: { onDuty: 0, supervisors: 2 },
  })
  await had(wall, 'snapshot')
})

test('what is shown reaches the screens that are meant, and is taken back', async () => {
  const [one, other] = [await addScreen('一'), await addScreen('二')]
  const [here, there, plain] = [
    open(one.cookie),
    open(other.cookie),
    open(await api.cookieOf('wall'), { screen: 'any' }),
  ]
  await Promise.all([here, there, plain].map((w) => w.until(() => true)))
  const id = await announce('只在一号', [one.id])
  const message = await here.until(says('只在一号'))
  expect(message.shows).toMatchObject([{ id, kind: 'announcement', level: 'info' }])
  const [shown] = message.shows
  expect((shown?.until ?? 0) - message.at).toBeGreaterThan(4 * 60_000)
  expect((shown?.until ?? 0) - message.at).toBeLessThanOrEqual(5 * 60_000)
  // Everybody hears this one, and nobody else had heard of the first.
  const all = await announce('所有大屏')
  for (const wall of [there, plain]) {
    await wall.until(says('所有大屏'))
    expect(wall.heard.some(says('只在一号'))).toBe(false)
  }
  for (const show of [id, all]) await api.send('DELETE', `/wall/shows/${show}`, { as: 'duty' })
  await here.until((m) => here.heard.indexOf(m) > here.heard.indexOf(message) && m.shows.length === 0)
})

test('a change of the record, a warning and duty are told too', async () => {
  const { id, cookie } = await addScreen('要改')
  const wall = open(cookie)
  await wall.until(() => true)
  await api.send('PATCH', `/screens/${id}`, { as: 'admin', body: { viewingDistanceM: 12 } })
  await wall.until((m) => m.record?.viewingDistanceM === 12)
  await api.send('PUT', '/wall/warning', { as: 'duty', body: { level: 'orange', text: '暴雨' } })
  await wall.until((m) => m.warning?.level === 'orange' && m.warning.text === '暴雨')
  await goOnDuty(api.store, { account: await api.accountId('supervisor'), at: api.clock.now() })
  await api.send('DELETE', '/wall/warning', { as: 'duty' })
  await wall.until((m) => m.warning === undefined && m.duty?.onDuty === 1)
})

test('who answers for the centre now is told by name, without a phone', async () => {
  const { cookie } = await addScreen('值班')
  const wall = open(cookie)
  expect((await wall.until(() => true)).duty?.people).toBeUndefined()
  const now = api.clock.now()
  const turn = (post: string, name: string, fromHour: number) =>
    api.post(
      '/rota',
      {
        post,
        name,
        phone: '0000-5550001',
        since: new Date(now + fromHour * 3_600_000).toISOString(),
        until: new Date(now + (fromHour + 8) * 3_600_000).toISOString(),
      },
      { as: 'duty' },
    )
  const made = [
    await turn('lead', '甲领导', -1),
    await turn('seat', '一号坐席', -1),
    await turn('duty-manager', '乙班值班长', 7),
    await turn('duty-manager', '甲班值班长', -1),
  ]
  // Any signal makes the walls' news be read anew.
  const id = await announce('看值班')
  const { duty } = await wall.until(says('看值班'))
  expect(duty?.people).toEqual([
    { post: 'duty-manager', name: '甲班值班长' },
    { post: 'lead', name: '甲领导' },
  ])
  await api.send('DELETE', `/wall/shows/${id}`, { as: 'duty' })
  for (const { body } of made) await api.send('DELETE', `/rota/${body.id}`, { as: 'duty' })
})

test('who did it is not told', async () => {
  const { cookie } = await addScreen('谁')
  const wall = open(cookie)
  const id = await announce('停水通知')
  const message = await wall.until(says('停水通知'))
  expect(JSON.stringify(message)).not.toContain(await api.accountId('duty'))
  expect(JSON.stringify(message)).not.toContain('duty 的人')
  await api.send('DELETE', `/wall/shows/${id}`, { as: 'duty' })
})

test('nobody is told who does not ask, or who has nothing to do with walls', async () => {
  const desk = open(await api.cookieOf('duty'))
  const grid = open(await api.cookieOf('grid'), { screen: 'any' })
  const wall = open(await api.cookieOf('wall'), { screen: 'any' })
  await Promise.all([desk, grid].map((w) => had(w, 'snapshot')))
  const id = await announce('给大屏')
  await wall.until(says('给大屏'))
  // The line keeps order: what came after the show was sent comes after it.
  for (const w of [desk, grid]) {
    const again = hears(w.socket, 'snapshot')
    w.socket.emit('resync', {})
    await again
    expect(w.events).not.toContain('screen')
  }
  await api.send('DELETE', `/wall/shows/${id}`, { as: 'duty' })
})

test('a manager looks at a screen as it is, without being it', async () => {
  const { id } = await addScreen('预览')
  const wall = open(await api.cookieOf('duty'), { screen: id })
  await wall.until((m) => m.record?.id === id)
  const [row] = await api.store.sql`select last_seen_at from screen where id = ${id}`
  expect(row?.last_seen_at).toBeNull()
})

test.each([
  ['is revoked', (id: string) => api.send('DELETE', `/screens/${id}`, { as: 'admin' })],
  ['gets another token', (id: string) => api.send('POST', `/screens/${id}/token`, { as: 'admin' })],
])('a screen that %s is told so, cut off, and not let in again', async (_, end) => {
  const { id, cookie } = await addScreen('停用')
  const [wall, other] = [open(cookie), open((await addScreen('别的')).cookie)]
  await Promise.all([wall.until(() => true), other.until(() => true)])
  const gone = Promise.all([hears(wall.socket, 'revoked'), hears(wall.socket, 'disconnect')])
  await end(id)
  await gone
  expect(other.socket.connected).toBe(true)
  const again = open(cookie)
  const refusal = await new Promise((resolve) => again.socket.on('connect_error', (e) => resolve(e.message)))
  expect(refusal).toBe('revoked')
})

test('that it was there is kept', async () => {
  const { id, cookie } = await addScreen('在线')
  await open(cookie).until(() => true)
  await expect
    .poll(
      async () =>
        (await api.get('/screens', { as: 'admin' })).body.items.find((s: { id: string }) => s.id === id)
          .online,
    )
    .toBe(true)
})

test('another api process tells its screens too, and cuts off its own', async () => {
  const log = openLog('silent', 'test')
  const runtime = await openRuntime(api.store, log, { clock: api.clock })
  const second = await startApi({ ...api.start, runtime, pagesDir })
  try {
    const { id, cookie } = await addScreen('别处')
    const wall = open(cookie, {}, second.url)
    await wall.until(() => true)
    const show = await announce('两台服务器')
    await wall.until(says('两台服务器'))
    const board = () => fetch(`${second.url}/api/v1/board`, { headers: { cookie } })
    expect((await board()).status).toBe(200)
    const revoked = hears(wall.socket, 'revoked')
    await api.send('DELETE', `/screens/${id}`, { as: 'admin' })
    await revoked
    expect((await board()).status).toBe(401)
    await api.send('DELETE', `/wall/shows/${show}`, { as: 'duty' })
  } finally {
    await second.close()
    await runtime.close()
  }
})

test('a new build of the page, and a show that ended, are told without a signal; what is the same is not', async () => {
  const runtime: Runtime = await openRuntime(api.store, openLog('silent', 'test'), { clock: api.clock })
  const screens = openScreens({
    store: api.store,
    signals: runtime.signals,
    log: openLog('silent', 'test'),
    clock: api.clock,
    pagesDir,
    lookEvery: 20,
  })
  const heard: ScreenMessage[] = []
  const waiting: (() => void)[] = []
  const client: ScreenClient = {
    screenId: undefined,
    sessionHash: undefined,
    send(message) {
      heard.push(message)
      for (const look of waiting) look()
    },
    revoke: () => {
      throw new Error('nobody’s session was ended')
    },
  }
  const until = (is: (m: ScreenMessage) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => heard.some(is) && resolve()
      waiting.push(look)
      look()
    })
  try {
    const id = await announce('快结束了')
    screens.join(client)
    await until(says('快结束了'))
    await api.store.sql`update screen_show set until = now() where id = ${id}`
    await until((m) => heard.indexOf(m) > 0 && m.shows.length === 0)
    await build('second')
    await until((m) => m.build === '/assets/index-second.js')
    // While the next build is being put in place there is none: the old one stands.
    await rm(join(pagesDir, 'index.html'))
    await api.send('PUT', '/wall/warning', { as: 'duty', body: { level: 'blue', text: '大风' } })
    await until((m) => m.warning?.level === 'blue' && m.build === '/assets/index-second.js')
    const said = heard.map((m) => JSON.stringify({ ...m, at: 0 }))
    expect(said.every((s, i) => s !== said[i - 1])).toBe(true)
  } finally {
    screens.close()
    await runtime.close()
    await api.send('DELETE', '/wall/warning', { as: 'duty' })
  }
})
