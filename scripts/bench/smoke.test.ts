// The sections `live` and `recovery` in small: what they hold to be exact is exact. Nothing here is about time.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { readPack } from '#pack/read-pack.ts'
import { audit } from '#store/audit.ts'
import { loadPack } from '#store/city.ts'
import { openLog } from '#store/log.ts'
import { openRuntime } from '#store/runtime.ts'
import { emptyDatabase, testDatabase } from '#store/testing.ts'
import { migrateQueue } from '#worker/queues.ts'
import { type Kind, startProcess } from '../processes/running.ts'
import { freePort } from '../runtime/port.ts'
import type { Bare } from './live/bare.ts'
import { startChild } from './live/child.ts'
import { bareRound, delays, hangScreens, livesFor, liveRound } from './live/round.ts'
import type { Walls } from './live/walls.ts'
import { recoveryRound, STEPS_A_CASE, wrongLives } from './recovery.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PATIENT_MS = 240_000

/** A database with the demo city, and how processes are started on it; all of it goes when the test ends. */
async function city() {
  const database = await testDatabase()
  onTestFinished(() => database.drop())
  const queue = await emptyDatabase()
  onTestFinished(() => queue.drop())
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const { pack } = await readPack(join(ROOT, 'cities/demo'))
  const road = pack?.zones.find((z) => z.kind === 'main-road')
  if (!pack || !road) throw new Error('the demo city has faults')
  const { store } = database
  await loadPack(store, pack)
  await migrateQueue({ queueDatabaseUrl: queue.url })
  const runtime = await openRuntime(store, openLog('warn', 'test'))
  onTestFinished(() => runtime.close())
  const port = await freePort()
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.url,
    QUEUE_DATABASE_URL: queue.url,
    SESSION_SECRET: 'a secret of the tests, long enough',
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    DRAIN_SECONDS: '0',
  }
  const start = (kind: Kind) => startProcess(ROOT, kind, env, kind === 'api' ? port : 0)
  return { store, runtime, start, url: `http://127.0.0.1:${port}`, place: road.centre }
}

test(
  'walls fold everything, from the api and from the bare server, to the board that is stored',
  async () => {
    const { store, runtime, start, url, place } = await city()
    const worker = await start('worker')
    onTestFinished(() => void worker.stop())
    const api = await start('api')
    onTestFinished(() => void api.stop())
    const walls = startChild<Walls>(new URL('./live/walls.ts', import.meta.url))
    onTestFinished(() => walls.stop())
    const bare = startChild<Bare>(new URL('./live/bare.ts', import.meta.url))
    onTestFinished(() => bare.stop())
    const cookies = await hangScreens(store, 2)
    const site = { store, runtime, place, api: { url, pid: api.pid } }
    const lives = livesFor(50)

    const got = await liveRound(site, walls, { cookies, lives, rate: 200 })
    expect(got.events).toBeGreaterThanOrEqual(50)
    // Of ten events five are people's, each seen by both walls.
    expect(got.samples).toBe(lives * 5 * 2)
    const { recording } = got
    if (!recording) throw new Error('nothing was recorded')
    expect(recording.deltas.length).toBeGreaterThan(0)
    const floor = await bareRound(bare, walls, { recording, cookies })
    expect(floor.p99).toBeGreaterThan(0)

    const none = await liveRound(site, walls, { cookies: [], lives: 1, rate: 200 })
    expect(none).toMatchObject({ samples: 0, recording: undefined })
    await expect(
      liveRound(site, walls, { cookies: ['huiyin_session=screen.nobody'], lives: 1, rate: 200 }),
    ).rejects.toThrow('wall 0')
  },
  PATIENT_MS,
)

test(
  'every step that was pending at kill -9 is made once, and the board is exact',
  async () => {
    const { store, runtime, start, url, place } = await city()
    const [cookie = ''] = await hangScreens(store, 1)
    // Nothing is sequenced until the kill, so that everything is pending then.
    const held = await store.sql.reserve()
    await held`begin`
    await held`select 1 from feed_head for update`
    let isHeld = true
    const letGo = async () => {
      if (!isHeld) return
      isHeld = false
      await held`commit`
      held.release()
    }
    onTestFinished(letGo)
    const heldBack = async (kind: Kind) => {
      const running = await start(kind)
      const kill = () => {
        running.kill()
        void letGo()
      }
      return { ...running, kill }
    }
    const site = { store, runtime, start: heldBack, url, place, cookie }
    const got = await recoveryRound(site, { pending: 48, ahead: 0, kill: true })
    expect(got.pending).toBe(48)
    expect(got.firstStep).toBeGreaterThan(0)
    expect(await wrongLives(store)).toEqual([])
    const { cases, differences } = await audit(store)
    expect({ cases, differences }).toEqual({ cases: 48 / STEPS_A_CASE, differences: [] })
  },
  PATIENT_MS,
)

test('a thing is in with the first fold that reaches it', () => {
  const committed = [1, 4, 5].map((seq) => ({ seq, at: seq * 10 }))
  const wall = { seqs: [3, 5], ats: [40, 90] }
  expect(delays(committed, [wall])).toEqual({ p50: 40, p99: 50, samples: 3 })
  expect(() => delays([...committed, { seq: 6, at: 60 }], [wall])).toThrow('never folded 6')
})
