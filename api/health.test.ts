// The operator's page and the board of the queues, with a queue on PostgreSQL as in production.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBeating } from '#store/processes.ts'
import { migratePostgres, openBackend } from '#store/queue-backend.ts'
import { emptyDatabase, testRedisUrl } from '#store/testing.ts'
import { noteUpkeep } from '#store/upkeep.ts'
import { BOARD_PATH } from './routes/queue-board.ts'
import { expectProblem, openTestApi, type TestApi } from './testing/api.ts'

const HOUR_MS = 3_600_000
let queue: Awaited<ReturnType<typeof emptyDatabase>>
let api: TestApi
beforeAll(async () => {
  queue = await emptyDatabase()
  await migratePostgres(queue.url)
  api = await openTestApi({ config: { queueDatabaseUrl: queue.url } as TestApi['config'] })
})
afterAll(async () => {
  await api.close()
  await queue.drop()
})

async function lights(): Promise<Record<string, [light: string, state: string]>> {
  const { body, status } = await api.get('/admin/health', { as: 'admin' })
  expect(status).toBe(200)
  return Object.fromEntries(
    body.checks.map((c: { check: string; light: string; state: string }) => [c.check, [c.light, c.state]]),
  )
}

test('processes are seen while they beat, and missed when they are silent', async () => {
  expect((await lights()).worker).toEqual(['red', 'none'])
  const worker = startBeating(api.store, 'worker', '1.2.3', api.start.log)
  await expect.poll(async () => (await lights()).worker).toEqual(['green', 'fine'])
  const { body } = await api.get('/admin/health', { as: 'admin' })
  expect(body.processes).toMatchObject([{ kind: 'worker', version: '1.2.3', pid: process.pid }])
  await worker.close()
  expect((await lights()).worker).toEqual(['red', 'none'])
  await api.store.sql`insert into process (id, kind, version, host, pid, heard_at)
    values (gen_random_uuid(), 'api', '1', 'h', 1, now() - interval '1 minute')`
  expect((await lights()).api).toEqual(['red', 'none'])
})

test('a backup and an audit count when they were noted', async () => {
  expect((await lights()).backup?.[1]).toBe('never')
  await noteUpkeep(api.store, 'backup', true, {})
  await noteUpkeep(api.store, 'audit', false, { found: 3 })
  expect(await lights()).toMatchObject({ backup: ['green', 'fine'], audit: ['red', 'differs'] })
  await api.store.sql`update upkeep set at = now() - interval '30 hours' where kind = 'backup'`
  expect((await lights()).backup).toEqual(['yellow', 'old'])
})

test('timers that should have rung and cases that nobody moves are counted', async () => {
  const report = {
    source: 'grid',
    category: 'E0110',
    location: { lng: 113.905, lat: 29.735 },
    description: '有垃圾',
    photos: [],
  }
  const { body } = await api.post('/cases', report, { as: 'grid' })
  await api.store.sql`insert into timer (case_id, kind, round, fire_at)
    values (${body.id}, 'red', 1, ${new Date(api.clock.now() - 2 * 60_000)})`
  expect(await lights()).toMatchObject({ timers: ['yellow', 'late'], stuck: ['green', 'fine'] })
  api.clock.advance(HOUR_MS)
  expect(await lights()).toMatchObject({ timers: ['red', 'late'], stuck: ['yellow', 'some'] })
  const { body: health } = await api.get('/admin/health', { as: 'admin' })
  expect(health.stuck).toMatchObject([{ id: body.id, status: 'reported' }])
})

const page = async (path: string, as = 'admin') =>
  api.app.inject({ method: 'GET', url: `${BOARD_PATH}${path}`, headers: { cookie: await api.cookieOf(as) } })

async function addFailing(config: Parameters<typeof openBackend>[0]) {
  const backend = openBackend(config, { workers: 1, onError: () => {} })
  const added = backend.queue('pipeline')
  await added.add('screen', { caseId: 'a-case', version: 1 }, { jobId: 'one-job', delay: HOUR_MS })
  await added.close()
  await backend.close()
}

test('the board shows the queues of PostgreSQL, with nothing from elsewhere, and only looks', async () => {
  await addFailing(api.config)
  const { body } = await api.get('/admin/health', { as: 'admin' })
  expect(body.queues).toContainEqual({ name: 'pipeline', waiting: 0, active: 0, delayed: 1, failed: 0 })

  const index = await page('/')
  expect(index.statusCode).toBe(200)
  expect(index.body).toContain('__UI_CONFIG__')
  expect(index.body).not.toMatch(/(href|src)="https?:/)
  expect(index.headers['content-security-policy']).toContain("script-src 'self'")
  const script = /src="(static\/js\/main[^"]+)"/.exec(index.body)?.[1]
  expect((await page(`/${script}`)).statusCode).toBe(200)

  const listed = await page('/api/queues?activeQueue=pipeline&status=delayed&page=1&jobsPerPage=10')
  expect(listed.statusCode).toBe(200)
  const pipeline = listed.json().queues.find((q: { name: string }) => q.name === 'pipeline')
  expect(pipeline).toMatchObject({ counts: { delayed: 1 }, readOnlyMode: true, jobs: [{ id: 'one-job' }] })

  const pause = await api.app.inject({
    method: 'PUT',
    url: `${BOARD_PATH}/api/queues/pipeline/pause`,
    headers: { cookie: await api.cookieOf('admin') },
  })
  expect([404, 405]).toContain(pause.statusCode)
})

test('only the administrator of the system sees it', async () => {
  const refused = await page('/', 'operator')
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'forbidden'])
  expectProblem(await api.get('/admin/health', { as: 'duty' }), 403, 'forbidden')
})

test.runIf(testRedisUrl())('the board shows the queues of Redis', async () => {
  const config = { redisUrl: testRedisUrl() } as TestApi['config']
  const other = await openTestApi({ config })
  try {
    await addFailing({ ...config, databaseUrl: other.config.databaseUrl })
    const listed = await other.app.inject({
      method: 'GET',
      url: `${BOARD_PATH}/api/queues?activeQueue=pipeline&status=delayed&page=1&jobsPerPage=10`,
      headers: { cookie: await other.cookieOf('admin') },
    })
    const pipeline = listed.json().queues.find((q: { name: string }) => q.name === 'pipeline')
    expect(pipeline.counts.delayed).toBeGreaterThan(0)
  } finally {
    await other.close()
  }
})
