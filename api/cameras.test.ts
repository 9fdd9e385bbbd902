// Cameras over HTTP: who is told their addresses, generated streams, and which hosts pages may reach for pictures.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PackCamera } from '#domain/city/types.ts'
import { cityPack, placeAt } from '#domain/testing/city.ts'
import { cameraHosts } from './http/headers.ts'
import { expectProblem, openTestApi, type TestApi, USERS } from './testing/api.ts'

const base = cityPack()
const grid = base.areas.find((a) => a.level === 'grid')?.code ?? ''
const cameras: PackCamera[] = [
  { code: 'K1', name: '路口', ...placeAt(0.5, 3.5), kind: 'hls', url: 'https://video.example.org/k1.m3u8' },
  { code: 'K/2', name: '郊外', lng: 110, lat: 20, kind: 'generated', area: grid },
]
const PLAYLIST = '/api/v1/streams/generated/K%2F2/index.m3u8'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi({ pack: { ...base, cameras, users: USERS } })
})
afterAll(() => api.close())

describe('the list', () => {
  test('says where they stand, to anybody', async () => {
    const { body } = await api.get('/cameras')
    expect(body.items).toEqual([
      { code: 'K1', name: '路口', location: placeAt(0.5, 3.5), kind: 'hls', area: expect.any(String) },
      { code: 'K/2', name: '郊外', location: { lng: 110, lat: 20 }, kind: 'generated', area: grid },
    ])
  })

  test.each(['wall', 'operator', 'dispatcher', 'duty', 'head', 'leader', 'evaluator', 'admin'])(
    'names their addresses to %s',
    async (as) => {
      const { body } = await api.get('/cameras', { as })
      expect(body.items.map((c: { url?: string }) => c.url)).toEqual([cameras[0]?.url, PLAYLIST])
    },
  )

  test.each(['grid', 'supervisor', 'water', 'handler'])('keeps them from %s', async (as) => {
    const { body } = await api.get('/cameras', { as })
    for (const camera of body.items) expect(camera).not.toHaveProperty('url')
  })
})

describe('a generated stream', () => {
  const read = (name: string, as = 'wall') => api.get(PLAYLIST.replace('index.m3u8', name), { as })

  test('is a live playlist whose every part is there', async () => {
    const { body, headers } = await api.get(PLAYLIST, { as: 'wall' })
    expect(headers['content-type']).toBe('application/vnd.apple.mpegurl')
    expect(headers['cache-control']).toBe('no-store')
    expect(body).not.toContain('#EXT-X-ENDLIST')
    const parts = [...String(body).matchAll(/^(\d+)\.m4s$/gm)].map(([name]) => name)
    expect(parts).toHaveLength(4)
    for (const name of ['init.mp4', ...parts]) {
      const answer = await read(name)
      expect([name, answer.status]).toEqual([name, 200])
      expect(answer.headers['content-type']).toBe('video/mp4')
      expect(answer.raw.rawPayload.toString('latin1', 4, 8)).toBe(name === 'init.mp4' ? 'ftyp' : 'moof')
    }
  })

  test('has no part of the future, nor of long ago', async () => {
    const { body } = await api.get(PLAYLIST, { as: 'wall' })
    const first = Number(/MEDIA-SEQUENCE:(\d+)/.exec(String(body))?.[1])
    expectProblem(await read(`${first + 1000}.m4s`), 404, 'not-found')
    expectProblem(await read(`${first - 1000}.m4s`), 404, 'not-found')
  })

  test('is for those who may look, and of cameras that are generated', async () => {
    for (const name of ['index.m3u8', 'init.mp4', '1.m4s']) {
      expectProblem(await api.get(PLAYLIST.replace('index.m3u8', name)), 401, 'unauthorized')
      expectProblem(await read(name, 'grid'), 403, 'forbidden')
      expectProblem(await api.get(`/streams/generated/K1/${name}`, { as: 'wall' }), 404, 'not-found')
    }
  })
})

test('a screen’s own session is told addresses and plays what is generated', async () => {
  const screen = { name: '一号大屏', widthMm: 4800, viewingDistanceM: 8, tiles: { columns: 1, rows: 1 } }
  const { body: added } = await api.post('/screens', screen, { as: 'admin' })
  const session = await api.post('/screens/session', { token: added.token })
  const headers = { cookie: String(session.headers['set-cookie']).split(';')[0] ?? '' }
  const { body } = await api.get('/cameras', { headers })
  expect(body.items[1].url).toBe(PLAYLIST)
  const playlist = await api.get(PLAYLIST, { headers })
  const part = /^\d+\.m4s$/m.exec(String(playlist.body))?.[0] ?? ''
  for (const name of ['init.mp4', part])
    expect((await api.get(PLAYLIST.replace('index.m3u8', name), { headers })).status).toBe(200)
})

describe('pages', () => {
  const directive = (name: string, policy: string) => policy.split('; ').find((d) => d.startsWith(name))

  test('may reach the hosts that cameras of the city send from', async () => {
    const policy = String((await api.app.inject('/wall')).headers['content-security-policy'])
    for (const name of ['connect-src', 'media-src', 'img-src'])
      expect(directive(name, policy)).toContain(' https://video.example.org')
    for (const name of ['script-src', 'default-src'])
      expect(directive(name, policy)).not.toContain('video.example')
  })

  test('each host once, as an origin without its path', () => {
    const at = (url: string): PackCamera => ({ code: url, name: url, lng: 0, lat: 0, kind: 'flv', url })
    expect(
      cameraHosts([
        at('http://10.1.2.3:8080/live/a.flv'),
        at('http://10.1.2.3:8080/b.flv'),
        at('/video/c.flv'),
      ]),
    ).toEqual(['http://10.1.2.3:8080'])
    expect(cameraHosts(undefined)).toEqual([])
  })
})

test('the document describes them', async () => {
  const { body } = await api.get('/api/openapi.json')
  expect(body.paths).toHaveProperty('/api/v1/cameras')
  expect(body.paths).toHaveProperty('/api/v1/streams/generated/{code}/index.m3u8')
})
