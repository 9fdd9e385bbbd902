// What every address has in common: errors of one shape, request ids, security headers, the description of the API.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mapHosts } from './http/headers.ts'
import { expectProblem, openTestApi, type TestApi } from './testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

describe('errors', () => {
  test('an address that is not there', async () => {
    expectProblem(await api.get('/nothing'), 404, 'not-found')
    expectProblem(await api.send('POST', '/api/nothing'), 404, 'not-found')
  })

  test('another method than the one that is there: 405 with Allow', async () => {
    const answer = await api.send('PUT', '/cases')
    expectProblem(answer, 405, 'method-not-allowed')
    expect(String(answer.headers.allow).split(', ').sort()).toEqual(['GET', 'HEAD', 'POST'])
    expectProblem(await api.get('/auth/login'), 405, 'method-not-allowed')
  })

  test('an address that can’t be read', async () => {
    expect((await api.get('/cases/%zz')).status).toBe(400)
    expect((await api.get('/cases/%zz')).headers['content-type']).toMatch(/problem\+json/)
  })

  test('asking for nothing again and again', async () => {
    const strict = await openTestApi({ limits: { notFound: { max: 2, windowMs: 60_000 } } })
    try {
      for (let i = 0; i < 2; i++) expectProblem(await strict.get('/wp-admin'), 404, 'not-found')
      expectProblem(await strict.get('/wp-admin'), 429, 'too-many-requests')
      expect((await strict.get('/city')).status).toBe(200)
    } finally {
      await strict.close()
    }
  })

  test('a bug hides its message and is logged with the request id', async () => {
    const lines: string[] = []
    const broken = await openTestApi()
    try {
      broken.app.log.level = 'error'
      // The test's log is silent; what it would write is watched.
      const { openLog } = await import('#store/log.ts')
      const log = openLog('error', 'test', { write: (line) => void lines.push(line) })
      const { buildApp } = await import('./app.ts')
      const { apiDeps } = await import('./server.ts')
      const built = await buildApp(
        apiDeps({
          ...broken.start,
          log,
          runtime: { ...broken.runtime, cityFor: () => Promise.reject(new Error('secret of the house')) },
        }),
      )
      const raw = await built.app.inject({ url: '/api/v1/city', headers: { 'x-request-id': 'mine-12345' } })
      expect(raw.statusCode).toBe(500)
      expect(raw.json()).toMatchObject({ code: 'internal', requestId: 'mine-12345' })
      expect(raw.body).not.toContain('secret')
      expect(lines.map((line) => JSON.parse(line))).toContainEqual(
        expect.objectContaining({
          reqId: 'mine-12345',
          err: expect.objectContaining({ message: 'secret of the house' }),
        }),
      )
      await built.app.close()
    } finally {
      await broken.close()
    }
  })
})

test('a request id is given, or taken over when it is harmless', async () => {
  expect((await api.get('/city')).headers['x-request-id']).toMatch(/^[\w-]{8}\.\w+$/)
  const own = await api.get('/city', { headers: { 'x-request-id': 'trace-0815' } })
  expect(own.headers['x-request-id']).toBe('trace-0815')
  const bad = await api.get('/city', { headers: { 'x-request-id': 'a b\tc<script>' } })
  expect(bad.headers['x-request-id']).toMatch(/^[\w-]{8}\.\w+$/)
})

describe('security headers', () => {
  test('allow our own scripts only, and a map’s worker', async () => {
    const csp = String((await api.app.inject('/wall')).headers['content-security-policy'])
    expect(csp).toContain("script-src 'self';")
    expect(csp).toContain("worker-src 'self' blob:")
    expect(csp).toContain("img-src 'self' data: blob:;")
    expect(csp).not.toContain('mapbox')
    expect(csp).not.toContain('upgrade-insecure-requests')
    const answer = await api.get('/city')
    expect(answer.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  test('name other hosts only when a map from there is configured', () => {
    expect(mapHosts({})).toEqual([])
    expect(mapHosts({ mapSource: { kind: 'style', url: '/style.json' } })).toEqual([])
    expect(mapHosts({ mapSource: { kind: 'style', url: 'https://tiles.example/style.json' } })).toEqual([
      'https://tiles.example',
    ])
    expect(mapHosts({ mapSource: { kind: 'style', url: 'mapbox://styles/x' } })).toEqual(
      mapHosts({ mapboxToken: 'pk.x' }),
    )
    expect(mapHosts({ mapboxToken: 'pk.x' })).toContain('https://api.mapbox.com')
  })
})

describe('the description', () => {
  test('names every route, with a schema for every status', async () => {
    const { body } = await api.get('/api/openapi.json')
    for (const path of [
      '/api/v1/auth/login',
      '/api/v1/auth/logout',
      '/api/v1/auth/me',
      '/api/v1/uploads',
      '/api/v1/uploads/{id}',
      '/api/v1/cases',
      '/api/v1/cases/{id}',
      '/api/v1/cases/{id}/events',
      '/api/v1/cases/{id}/actions',
      '/api/v1/tasks',
      '/api/v1/tasks/{id}/actions',
      '/api/v1/board',
      '/api/v1/city',
      '/api/v1/map',
      '/api/v1/areas',
      '/api/v1/zones',
      '/api/v1/categories',
      '/api/v1/departments',
      '/api/v1/cameras',
      '/api/v1/track/{receiptNo}',
      '/healthz',
      '/readyz',
      '/metrics',
    ])
      expect(Object.keys(body.paths)).toContain(path)
    const action = body.paths['/api/v1/cases/{id}/actions'].post
    const oneOf = action.requestBody.content['application/json'].schema.oneOf
    expect(oneOf.map((s: { title: string }) => s.title)).toContain('reply')
    expect(body.components.schemas).toHaveProperty('Case')
    expect(body.components.schemas).toHaveProperty('Problem')
  })

  test('has a page that needs nothing from elsewhere', async () => {
    const page = await api.get('/api/docs')
    expect(page.status).toBe(200)
    expect(page.headers['content-type']).toMatch(/text\/html/)
    const sources = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map((m) => m[1] ?? '')
    expect(sources.length).toBeGreaterThan(3)
    for (const source of sources) {
      expect(source).not.toMatch(/^(https?:)?\/\//)
      const url = new URL(source, 'http://x/api/docs/').pathname
      expect((await api.app.inject(url)).statusCode, url).toBe(200)
    }
    expect(String(page.body)).not.toMatch(/<script(?![^>]*src=)/)
  })
})

describe('operations', () => {
  test('health, readiness, metrics', async () => {
    expect((await api.get('/healthz')).body).toEqual({ status: 'ok' })
    expect((await api.app.inject('/readyz')).json()).toEqual({ status: 'ok' })
    const { body } = await api.app.inject('/metrics')
    for (const name of [
      'http_request_duration_seconds_bucket',
      'huiyin_inbox_size 0',
      'huiyin_board_seq 0',
      'huiyin_live_clients 0',
      'process_cpu_user_seconds_total',
    ])
      expect(body).toContain(name)
    expect(body).toMatch(/route="\/api\/v1\/city",status="200"/)
  })

  test('not ready without a city', async () => {
    const { testDatabase } = await import('#store/testing.ts')
    const { openRuntime } = await import('#store/runtime.ts')
    const { buildApp } = await import('./app.ts')
    const { apiDeps } = await import('./server.ts')
    const empty = await testDatabase()
    const runtime = await openRuntime(empty.store, api.start.log, { clock: api.clock })
    const { app } = await buildApp(apiDeps({ ...api.start, store: empty.store, runtime }))
    try {
      expect((await app.inject('/healthz')).statusCode).toBe(200)
      const ready = await app.inject('/readyz')
      expect(ready.statusCode).toBe(503)
      expect(ready.json()).toMatchObject({ code: 'no-city' })
      expect((await app.inject('/api/v1/city')).json()).toMatchObject({ status: 503, code: 'no-city' })
    } finally {
      await app.close()
      await runtime.close()
      await empty.drop()
    }
  })
})

describe('pages', () => {
  test('say so when they are not built, and are there when they are', async () => {
    const pagesDir = join(api.config.dataDir, 'pages')
    const other = await openTestApi({ pagesDir })
    try {
      const missing = await other.app.inject('/wall')
      expect(missing.statusCode).toBe(503)
      expect(missing.body).toMatch(/not built/)
      await mkdir(join(pagesDir, 'assets'), { recursive: true })
      await writeFile(join(pagesDir, 'index.html'), '<p>the page</p>')
      await writeFile(join(pagesDir, 'icon.svg'), '<svg/>')
      await writeFile(join(pagesDir, 'assets', 'app-1a2b.js'), 'x')
      for (const page of ['/', '/wall', '/wall?scope=area:1', '/track/R201909290001', '/anything/else']) {
        const answer = await other.app.inject(page)
        expect(answer.statusCode, page).toBe(200)
        expect(answer.body).toBe('<p>the page</p>')
        expect(answer.headers['cache-control']).toBe('no-cache')
      }
      const script = await other.app.inject('/assets/app-1a2b.js')
      expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect((await other.app.inject('/icon.svg')).statusCode).toBe(200)
      for (const wrong of [
        '/assets/app-old.js',
        '/favicon.ico',
        '/api/v2/cases',
        '/assets/../../package.json',
        '/assets/..%2F..%2Fpackage.json',
      ])
        expect((await other.app.inject(wrong)).json(), wrong).toMatchObject({ code: 'not-found' })
      expect((await other.app.inject({ method: 'POST', url: '/wall' })).statusCode).toBe(404)
    } finally {
      await other.close()
    }
  })
})
