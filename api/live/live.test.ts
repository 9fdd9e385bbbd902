// The live feed over a real socket: a client that follows it shows what GET /board says, whatever it missed.
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  applyDelta,
  applyHeartbeat,
  type BoardDelta,
  type BoardSnapshot,
  type BoardState,
  fromSnapshot,
  type Heartbeat,
  type Verdict,
} from '#domain/board.ts'
import { boardView } from '#domain/board-view.ts'
import { PLACES } from '#domain/testing/city.ts'
import { startApi, type StartedApi } from '../server.ts'
import { openTestApi, type TestApi } from '../testing/api.ts'

let api: TestApi
let started: StartedApi
const sockets: Socket[] = []
beforeAll(async () => {
  api = await openTestApi()
  started = await startApi(api.start)
})
afterEach(() => {
  for (const s of sockets.splice(0)) s.disconnect()
})
afterAll(async () => {
  await started.close()
  await api.close()
})

interface Follower {
  socket: Socket
  heard: string[]
  board: BoardState | undefined
  verdicts: Verdict[]
  /** Resolves once `is` holds after some message. */
  until(is: (board: BoardState) => boolean): Promise<BoardState>
}

async function follow(
  auth: object,
  { as = 'wall', headers = {} }: { as?: string; headers?: object } = {},
): Promise<Follower> {
  const socket = io(`${started.url}/live`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: { cookie: await api.cookieOf(as), ...headers },
  })
  sockets.push(socket)
  const waiting: { is: (b: BoardState) => boolean; resolve: (b: BoardState) => void }[] = []
  const follower: Follower = {
    socket,
    heard: [],
    board: undefined,
    verdicts: [],
    until: (is) =>
      new Promise((resolve) => {
        waiting.push({ is, resolve })
        look()
      }),
  }
  function look() {
    const { board } = follower
    if (!board) return
    for (const w of [...waiting]) {
      if (!w.is(board)) continue
      waiting.splice(waiting.indexOf(w), 1)
      w.resolve(board)
    }
  }
  const hear = (event: string, verdict?: Verdict) => {
    follower.heard.push(event)
    if (verdict) follower.verdicts.push(verdict)
    look()
  }
  socket.on('snapshot', (s: BoardSnapshot) => {
    follower.board = fromSnapshot(s)
    hear('snapshot')
  })
  socket.on('delta', (d: BoardDelta) => hear('delta', follower.board && applyDelta(follower.board, d)))
  socket.on('heartbeat', (h: Heartbeat) =>
    hear('heartbeat', follower.board && applyHeartbeat(follower.board, h)),
  )
  return follower
}

const refusedAs = async (auth: object, options?: Parameters<typeof follow>[1]) => {
  const { socket } = await follow(auth, options)
  return new Promise((resolve) => {
    socket.on('connect_error', (e: Error & { data?: { code: string } }) => resolve(e.data?.code ?? e.message))
    socket.on('connect', () => resolve('connected'))
  })
}

async function report(body: object = {}): Promise<string> {
  const answer = await api.post(
    '/cases',
    { description: '垃圾', location: PLACES.road, categoryCode: 'E0110', source: 'grid', ...body },
    { as: 'grid' },
  )
  expect(answer.status).toBe(201)
  await api.settle(answer.body.id)
  return answer.body.id
}

/** The board that the live feed serves has everything. */
async function isRead(): Promise<void> {
  const answer = await fetch(`${started.url}/api/v1/board`, {
    headers: { cookie: await api.cookieOf('wall') },
  })
  expect(answer.status).toBe(200)
}

const next = (socket: Socket, event: string) =>
  new Promise<void>((resolve) => socket.once(event, () => resolve()))

async function boardOf(scope: string) {
  const { body } = await api.get(`/board?scope=${scope}`, { as: 'duty' })
  return body
}

/** What a client would show, as GET /board tells it. */
const shown = (board: BoardState, scope: string, { asOf }: { asOf: string }) =>
  JSON.parse(JSON.stringify({ ...boardView(board, Date.parse(asOf), scope), asOf }))

test.each(['city', 'area:1', 'area:101', 'department:sanitation'])(
  '%s: snapshot and deltas are GET /board',
  async (scope) => {
    const before = await report()
    const wall = await follow({ scope })
    await wall.until((b) => b.cases.has(before) || scope === 'area:101')
    const lane = await report({ location: PLACES.backLane })
    await report({ location: PLACES.west })
    const last = await report()
    // A case that leaves the scope, and one that leaves the board.
    await api.post(`/cases/${before}/actions`, { action: 'void', reason: '重复' }, { as: 'duty' })
    await api.project()
    const truth = await boardOf(scope)
    if (scope === 'area:101') await wall.until((b) => b.cases.has(lane))
    else await wall.until((b) => b.cases.has(last) && !b.cases.has(before))
    if (!wall.board) throw new Error('no board')
    expect(wall.verdicts).not.toContain('resync')
    wall.board.seq = truth.seq
    expect(shown(wall.board, scope, truth)).toEqual(truth)
  },
)

test('who comes back with its seq gets what it missed, not everything again', async () => {
  const first = await follow({ scope: 'city' })
  const { epoch, seq } = await first.until(() => true)
  first.socket.disconnect()
  const id = await report()
  await isRead()
  const again = await follow({ scope: 'city', epoch, lastSeq: seq })
  again.board = first.board
  await again.until((b) => b.cases.has(id))
  expect(again.heard[0]).toBe('delta')
  expect(again.heard).not.toContain('snapshot')
})

test('who has missed nothing hears just that', async () => {
  await isRead()
  const first = await follow({ scope: 'city' })
  const { epoch, seq } = await first.until(() => true)
  const again = await follow({ scope: 'city', epoch, lastSeq: seq })
  again.board = first.board
  await next(again.socket, 'heartbeat')
  expect(again.heard).toEqual(['heartbeat'])
  const id = await report()
  await again.until((b) => b.cases.has(id))
  expect(again.verdicts).not.toContain('resync')
})

test.each([
  ['another epoch', { epoch: 'other', lastSeq: 1 }],
  ['a seq ahead of the feed', { lastSeq: 1_000_000 }],
  ['no seq', {}],
])('with %s it gets a snapshot', async (_, position) => {
  const [row] = await api.store.sql<{ epoch: string }[]>`select epoch from feed_head`
  const wall = await follow({ scope: 'city', epoch: row?.epoch, ...position })
  await wall.until(() => true)
  expect(wall.heard[0]).toBe('snapshot')
})

test('a gap is asked for and filled', async () => {
  const wall = await follow({ scope: 'city' })
  const { epoch, seq } = await wall.until(() => true)
  // Lost on the way: the client knows nothing of this one.
  wall.socket.off('delta')
  const came = next(wall.socket, 'delta')
  const lost = await report()
  await came
  expect(wall.board?.cases.has(lost)).toBe(false)
  wall.socket.on('delta', (d: BoardDelta) => {
    if (wall.board) wall.verdicts.push(applyDelta(wall.board, d))
    wall.heard.push('filled')
  })
  const filled = next(wall.socket, 'delta')
  wall.socket.emit('resync', { epoch, lastSeq: seq })
  await filled
  expect(wall.board?.cases.has(lost)).toBe(true)
  const followed = next(wall.socket, 'delta')
  const later = await report()
  await followed
  expect(wall.board?.cases.has(later)).toBe(true)
  expect(wall.verdicts).not.toContain('resync')
})

test('a restore, which makes another epoch, reaches clients that stay', async () => {
  const wall = await follow({ scope: 'area:1' })
  await wall.until(() => true)
  const other = crypto.randomUUID()
  await api.store.sql`update feed_head set epoch = ${other}`
  api.runtime.signals.raise('feed')
  const board = await wall.until((b) => b.epoch === other)
  expect(board.epoch).toBe(other)
  expect(wall.heard.at(-1)).toBe('snapshot')
})

test('who may listen', async () => {
  const nobody = { headers: { cookie: '' } }
  expect(await refusedAs({ scope: 'city' }, nobody)).toBe('unauthorized')
  expect(await refusedAs({ scope: 'city', token: 'hy_wrong' })).toBe('unauthorized')
  expect(await refusedAs({ scope: 'city', token: await api.newKey('wall') }, nobody)).toBe('connected')
  expect(await refusedAs({})).toBe('connected')
  expect(await refusedAs({ scope: 'department:water' }, { as: 'grid' })).toBe('connected')
  expect(await refusedAs({ scope: 'area:nowhere' })).toBe('unknown-scope')
  expect(await refusedAs({ scope: 5 })).toBe('bad-handshake')
  expect(await refusedAs({ scope: 'city', lastSeq: -1 })).toBe('bad-handshake')
  const foreign = await refusedAs({ scope: 'city' }, { headers: { origin: 'https://evil.example' } })
  expect(foreign).not.toBe('connected')
})

test('a board needs a login and a scope that is there', async () => {
  expect((await api.get('/board')).status).toBe(401)
  expect((await api.get('/board?scope=area:nowhere', { as: 'wall' })).status).toBe(400)
})
