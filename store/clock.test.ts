// The log's clock as processes read it: the world's until a demo changes it, then the same line for all of them.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { shownAt } from '#domain/demo-clock.ts'
import { type DatabaseClock, databaseClock } from './clock.ts'
import { changeDemo, demoNow, readDemo } from './demo.ts'
import { openStore, type Store } from './open.ts'
import { openSignals, type Signals } from './signal.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

const HOUR = 3_600_000
/** What a sample may be off by on a machine that is busy with other things. */
const OFF_MS = 1_000
const PATIENCE = { timeout: 20_000, interval: 20 }
const fail = (error: unknown) => {
  throw error
}

let database: TestDatabase
const closers: (() => unknown)[] = []
beforeEach(async () => {
  database = await testDatabase()
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  await database.drop()
})

interface Process {
  store: Store
  signals: Signals
  clock: DatabaseClock
}

/** A process with a connection of its own. */
async function open({ deaf = false } = {}): Promise<Process> {
  const store = openStore({ databaseUrl: database.url, max: 3 })
  const signals = await openSignals(store, { onError: fail })
  const clock = await databaseClock(store, fail, deaf ? undefined : signals)
  closers.push(
    () => store.close(),
    () => signals.close(),
    () => clock.stop(),
  )
  return { store, signals, clock }
}

const set = async (by: Process, rate: number) => {
  const state = await changeDemo(by.store, { rate })
  by.signals.raise('clock')
  return state
}

/** Where the row says that the clock must be, read around `now()`. */
async function expectOnLine({ store, clock }: Process): Promise<void> {
  const before = await readDemo(store)
  const now = clock.now()
  const after = await readDemo(store)
  expect(after.clock).toEqual(before.clock)
  const slack = OFF_MS * clock.pace.rate()
  expect(now).toBeGreaterThan(shownAt(before.clock, before.real) - slack)
  expect(now).toBeLessThan(shownAt(after.clock, after.real) + slack)
}

test('is the world’s where nothing was ever set, and reading it keeps nothing', async () => {
  const one = await open()
  await expectOnLine(one)
  expect([one.clock.pace.rate(), one.clock.pace.stretch()]).toEqual([1, ''])
  expect(await readDemo(one.store)).toMatchObject({ isKept: false })
})

test('a change reaches every process, woken or not, and all show the same', async () => {
  const [one, two, deaf] = [await open(), await open(), await open({ deaf: true })]
  const all = [one, two, deaf]
  const seen = new Map(all.map((p) => [p, [p.clock.now()]]))
  /** Asks all of them, and looks at each clock beside. */
  const each = <T>(ask: (p: Process) => T) => {
    for (const [p, values] of seen) values.push(p.clock.now())
    return all.map(ask)
  }
  // A row makes a process that nobody wakes look again every second.
  await changeDemo(one.store, { multiple: 20 })
  await deaf.clock.refresh()
  const turns: number[] = []
  two.clock.pace.onStretch(() => turns.push(two.clock.pace.rate()))

  await set(one, 720)
  await expect.poll(() => each((p) => p.clock.pace.rate()), PATIENCE).toEqual([720, 720, 720])
  for (const p of all) await expectOnLine(p)

  // The first change has just begun; this one begins a moment later, at the same instant for all.
  const slow = await set(two, 1)
  await expect
    .poll(() => each((p) => p.clock.pace.stretch()), PATIENCE)
    .toEqual(all.map(() => String(slow.clock.anchoredAt)))
  expect(all.map((p) => p.clock.pace.rate())).toEqual([1, 1, 1])
  expect(turns).toEqual([720, 1])
  const { aheadMs } = demoNow(await readDemo(one.store))
  expect(aheadMs).toBeGreaterThan(1_000 * 719)
  // Whoever hears too late of a slower pace is ahead and stands still until the others are there.
  for (const p of [one, two]) await expectOnLine(p)
  for (const values of seen.values()) expect(values).toEqual([...values].sort((x, y) => x - y))
})

test('changes of pace that come together wait for one another, and none is lost', async () => {
  const [one, two] = [await open(), await open()]
  await Promise.all([changeDemo(one.store, { rate: 60 }), changeDemo(two.store, { traffic: false })])
  await Promise.all([changeDemo(one.store, { rate: 10 }), changeDemo(two.store, { multiple: 4 })])
  const { clock, settings } = await readDemo(one.store)
  expect([clock.rate, clock.rateBefore, settings.traffic, settings.multiple]).toEqual([10, 60, false, 4])
})

test('where nobody was at work it goes on from where it stood, for the first who comes', async () => {
  const { store } = database
  await changeDemo(store, { rate: 60 })
  // Two hours ago it was set to 60; an hour ago the last process ended.
  await store.sql`
    update demo set anchored_at = clock_timestamp() - interval '2 hours', shows = clock_timestamp() - interval '2 hours',
      at_work_at = clock_timestamp() - interval '1 hour'`
  const [left] = await store.sql<{ shows: Date }[]>`select shows from demo`
  const stoodAt = (left?.shows.getTime() ?? 0) + 60 * HOUR
  const one = await open()
  const { clock } = await readDemo(store)
  expect(clock.rate).toBe(60)
  // Not behind what a screen may have shown last, and not much ahead of it.
  expect(clock.shows).toBeGreaterThanOrEqual(stoodAt)
  expect(clock.shows).toBeLessThan(stoodAt + 60 * 5_000)
  await expectOnLine(one)
  await open()
  expect((await readDemo(store)).clock).toEqual(clock)
})

test('it is never behind the newest fact of the log', async () => {
  const { store } = database
  await changeDemo(store, { rate: 60 })
  const { real } = await readDemo(store)
  await store.sql`update demo set at_work_at = clock_timestamp() - interval '1 hour'`
  await store.sql`insert into event_inbox (fact) values (${store.sql.json({ kind: 'day', day: '2099-01-01', at: real + 100 * HOUR })})`
  const { clock } = await open()
  expect(clock.now()).toBeGreaterThanOrEqual(real + 100 * HOUR)
})

test('the row takes no pace, volume or scene that the rules do not know', async () => {
  const { store } = database
  await changeDemo(store, {})
  for (const column of ['rate = 721', 'rate = 0', 'multiple = 51', `scene = 'flood'`, `scene = 'storm'`])
    await expect(store.sql.unsafe(`update demo set ${column}`), column).rejects.toThrow('check')
})
