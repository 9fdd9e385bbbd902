// One chaos run: people work, things break, people work the rest off, the log is compared with what they were told.
import { setTimeout as delay } from 'node:timers/promises'
import { isFinal, type Status } from '#domain/case.ts'
import { demoNow, readDemo } from '#store/demo.ts'
import type { Store } from '#store/open.ts'
import { dice } from '../life/chance.ts'
import { type Fault, faultsFor } from './faults.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { desk, type Desk, person, report, supervisor } from './people.ts'
import { buildTown, type Town } from '../town/town.ts'
import { type Finding, verify } from './verify.ts'

export interface ChaosOptions {
  queue: 'postgres' | 'redis'
  /** So many things go wrong; each kind at least once where there are as many. */
  faults: number
  seed: string
  /** Milliseconds between the beginnings of two faults, on average. */
  every: number
  /** So many times as fast as the world. */
  clock: number
  log: (line: string) => void
}

export interface ChaosReport {
  /** How often each thing went wrong. */
  struck: Record<string, number>
  reports: number
  steps: number
  photos: number
  retries: number
  closed: number
  /** Starts of apis and workers beyond the first ones. */
  restarts: number
  findings: Finding[]
}

/** Real milliseconds; at rest a system needs far less. */
const WORKED_OFF_WITHIN_MS = 6 * 60_000

export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const { log, seed } = options
  let drawn = 0
  const random = () => dice(seed, drawn++)
  const town = await buildTown({ ...options, command: 'npm run chaos' })
  const ledger = openLedger()
  const state = { isOver: false }
  try {
    await town.ready()
    log('the town is up')
    const staff = await hire(town, ledger, random, () => state.isOver)
    const work = [
      ...staff.reporters.map((r) => endless(r, state, 60)),
      ...staff.desks.map((d) => endless(() => d.work(4), state, 150)),
    ]
    const struck = await strike(town, options, random)
    state.isOver = true
    await Promise.all(work)
    await town.ready()
    log(`${ledger.reports.size} reports; the rest is worked off`)
    state.isOver = false
    const store = town.store()
    try {
      const open = await workOff(store, staff.desks)
      const findings = await verify(store, ledger, {
        now: demoNow(await readDemo(store)).now,
        slackMs: 60_000 * options.clock,
        hasPhoto: staff.hasPhoto,
      })
      if (open.length > 0)
        findings.push({
          what: 'cases that could not be brought to an end',
          count: open.length,
          examples: open.slice(0, 10),
        })
      return {
        struck,
        reports: ledger.reports.size,
        steps: [...ledger.steps.values()].reduce(
          (n, of) => n + [...of.values()].reduce((a, b) => a + b, 0),
          0,
        ),
        photos: ledger.photos.size,
        retries: ledger.retries,
        closed: await countClosed(store),
        restarts: [...town.apis, ...town.workers].reduce((n, p) => n + p.starts - 1, 0),
        findings,
      }
    } finally {
      await store.close()
    }
  } finally {
    state.isOver = true
    await town.stop()
  }
}

interface Staff {
  reporters: (() => Promise<void>)[]
  desks: Desk[]
  hasPhoto: (id: string) => Promise<boolean>
}

async function hire(town: Town, ledger: Ledger, random: () => number, isOver: () => boolean): Promise<Staff> {
  const options = { urls: town.urls, ledger, random, isOver }
  const duty = await person('duty', options)
  const grid = await person('grid', options)
  const zones = await grid.ask('GET', '/zones')
  const places: { lng: number; lat: number }[] = zones.body.items.map(
    (z: { centre: { lng: number; lat: number } }) => z.centre,
  )
  const units = await duty.ask('GET', '/departments')
  const first: string[] = units.body.items
    .filter((d: { parent?: string }) => d.parent === undefined)
    .map((d: { code: string }) => d.code)
  const desks: Desk[] = [
    desk(await person('operator', options), 'waitsFor=operator', options),
    desk(await person('dispatcher', options), 'waitsFor=dispatcher', options),
    desk(duty, 'waitsFor=duty-manager', options),
    desk(duty, 'waitsFor=duty-manager', options),
  ]
  for (const name of town.usersOf('supervisor')) desks.push(supervisor(await person(name, options), options))
  for (const code of first) {
    const unit = await person(`dept-${code}`, options)
    desks.push(desk(unit, `department=${code}&status=dispatched,handling`, options))
  }
  return {
    reporters: [1, 2].map(() => () => report(grid, places, options)),
    desks,
    hasPhoto: async (id) => (await duty.ask('GET', `/uploads/${id}`)).status === 200,
  }
}

/** Somebody at work until it is over. */
async function endless(
  work: () => Promise<unknown>,
  state: { isOver: boolean },
  pauseMs: number,
): Promise<void> {
  while (!state.isOver) {
    await work()
    await delay(pauseMs)
  }
}

async function strike(
  town: Town,
  { faults: wanted, every, log }: ChaosOptions,
  random: () => number,
): Promise<Record<string, number>> {
  const kinds = faultsFor(town)
  const struck: Record<string, number> = {}
  const going: Promise<void>[] = []
  const began = performance.now()
  /** Killing the database twice at once is one kill. */
  const busy = new Set<string>()
  for (let i = 0; i < wanted; i++) {
    await delay(every * (0.3 + 1.4 * random()))
    const free = kinds.filter((k) => !busy.has(k.name))
    // Each kind comes up before any comes up twice; then the rare ones are drawn more often.
    const least = Math.min(...free.map((k) => struck[k.name] ?? 0))
    const rare = free.filter((k) => (struck[k.name] ?? 0) === least)
    const pool = least === 0 || random() < 0.5 ? rare : free
    const fault = pool[Math.floor(random() * pool.length)] as Fault
    struck[fault.name] = (struck[fault.name] ?? 0) + 1
    busy.add(fault.name)
    log(`${((performance.now() - began) / 1000).toFixed(1)} s  ${i + 1}/${wanted}  ${fault.name}`)
    going.push(fault.strike(town, random).finally(() => busy.delete(fault.name)))
    // Awaited at the end, when it is told; until then nobody listens.
    going.at(-1)?.catch(() => undefined)
  }
  const failed = (await Promise.allSettled(going)).filter((r) => r.status === 'rejected')
  if (failed.length > 0)
    throw new AggregateError(
      failed.map((r) => r.reason),
      'faults that could not be struck',
    )
  return struck
}

/** Until every case is at its end. @returns those that are not in time, with what they wait for */
async function workOff(store: Store, desks: readonly Desk[]): Promise<string[]> {
  const until = Date.now() + WORKED_OFF_WITHIN_MS
  for (;;) {
    const rows = await store.sql<{ id: string; status: Status; waits: string | null }[]>`
      select id, status, state ->> 'waitsFor' as waits from "case"`
    const open = rows.filter((r) => !isFinal(r.status))
    if (open.length === 0) return []
    if (Date.now() > until) return open.map((r) => `${r.id} ${r.status} waits for ${r.waits ?? 'nobody'}`)
    await Promise.all(desks.map((d) => d.work(50)))
    await delay(300)
  }
}

async function countClosed({ sql }: Store): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from "case" where status = 'closed'`
  return row?.n ?? 0
}
