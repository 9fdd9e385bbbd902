// Standings as they are stored: a snapshot and the deltas to it are one, through days and months; they are what the
// flags of the logs say, what the audit recounts, and what lists of cases hold.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  applyDelta,
  type BoardSnapshot,
  type BoardState,
  fromSnapshot,
  MONTH_STANDINGS,
  STANDINGS,
  toSnapshot,
} from '#domain/board.ts'
import { boardView } from '#domain/board-view.ts'
import type { City } from '#domain/city/types.ts'
import { cityDay } from '#domain/city-time.ts'
import type { Command } from '#domain/command.ts'
import { addDays } from '#domain/days.ts'
import { flagsOf } from '#domain/flags.ts'
import { stands } from '#domain/flags/flag.ts'
import { audit } from './audit.ts'
import { boardDelta, boardSnapshot } from './board.ts'
import { caseLogs } from './case-logs.ts'
import { currentCity } from './city.ts'
import { rebuild } from './rebuild.ts'
import { standingCases } from './standings.ts'
import { HOUR, openTown, type Town, TOWN } from './testing-town.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

const PACK = {
  ...TOWN,
  users: [...TOWN.users, { username: 'evaluator', name: '考核员', posts: ['evaluator' as const], areas: [] }],
  // From the 26th to the 25th; the next month is the calendar's.
  periods: [
    { kind: 'month' as const, name: '2024-03', from: '2024-02-26', to: '2024-03-25' },
    { kind: 'month' as const, name: '2024-04', from: '2024-03-26', to: '2024-04-25' },
  ],
}
const DAYS = 64

let database: TestDatabase
let town: Town
let city: City
beforeAll(async () => {
  database = await testDatabase()
  town = await openTown(database.store, PACK)
  const loaded = await currentCity(database.store)
  if (!loaded) throw new Error('no city is loaded')
  city = loaded
})
afterAll(() => database.drop())

/** The same numbers each time. */
function random(seed: number): (below: number) => number {
  let x = seed
  return (below) => {
    x = (Math.imul(x, 1103515245) + 12345) & 0x7fffffff
    return Math.floor((x / 0x80000000) * below)
  }
}

const sorted = (s: BoardSnapshot) => ({
  ...s,
  cases: [...s.cases].sort((a, b) => a.id.localeCompare(b.id)),
  counts: [...s.counts].sort((a, b) => `${a.key}${a.metric}`.localeCompare(`${b.key}${b.metric}`)),
})

const ON: Readonly<Record<string, readonly [string, Command]>> = {
  dispatched: ['dept', { action: 'acknowledge', payload: {} }],
  handling: ['dept', { action: 'reply', payload: { result: '已清理' } }],
  replied: ['supervisor', { action: 'pass', payload: { note: '看过了' } }],
  checked: ['duty', { action: 'close', payload: { outcome: 'fixed' } }],
}
/** What else anybody might do, allowed or not; whatever is refused is left alone. */
const ASIDE: readonly (readonly [string, Command])[] = [
  ['duty', { action: 'reopen', payload: { reason: '回访不满意' } }],
  ['duty', { action: 'rework', payload: { reason: '没有清干净' } }],
  ['operator', { action: 'rate', payload: { satisfaction: '满意' } }],
  ['operator', { action: 'rate', payload: { satisfaction: '不满意' } }],
  ['duty', { action: 'void', payload: { reason: '重复' } }],
  ['dept', { action: 'appeal', payload: { about: 'overdue', reason: '停电' } }],
  ['dept', { action: 'appeal', payload: { about: 'misdispatch', reason: '不归我们' } }],
  ['evaluator', { action: 'rule-on-appeal', payload: { granted: true, note: '属实' } }],
]

async function tryStep(id: string, [who, command]: readonly [string, Command]): Promise<void> {
  try {
    await town.act(id, who, command)
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith(`${command.action}:`)) throw error
  }
  await town.commander.advance(id)
}

/** A standing from the log of every case and its flags, without the fold. */
async function byFlags(from: string, to: string): Promise<Record<string, number>> {
  const { sql } = database.store
  const ids = await sql<{ id: string }[]>`select id from "case"`
  const logs = await caseLogs(
    sql,
    ids.map((r) => r.id),
  )
  const n: Record<string, number> = Object.fromEntries(MONTH_STANDINGS.map((m) => [m, 0]))
  for (const log of logs.values()) {
    const flags = flagsOf(log, city, town.clock.now()).filter((f) => f.for.kind === 'case' && stands(f))
    const dispatch = flags.find((f) => f.key === 'dispatched')
    const day = dispatch && cityDay(dispatch.at, PACK.timeZone)
    if (day === undefined || day < from || day > to) continue
    const has = (...keys: string[]) => flags.some((f) => keys.includes(f.key) && !f.exempt)
    const count = (metric: string, is: boolean) => {
      if (is) n[metric] = (n[metric] ?? 0) + 1
    }
    count('monthDispatched', has('dispatched'))
    count('monthClosed', has('closed'))
    count('monthDueReplied', has('due-replied'))
    count('monthReplied', has('replied'))
    count('monthOnTimeReplied', has('on-time-replied'))
    count('monthRated', has('very-satisfied', 'satisfied', 'neutral', 'dissatisfied'))
    count('monthSatisfied', has('very-satisfied', 'satisfied'))
  }
  return n
}

const figures = (snapshot: BoardSnapshot, prefix: 'month' | 'before') =>
  Object.fromEntries(
    MONTH_STANDINGS.map((m) => [
      m,
      snapshot.counts.find((c) => c.key === 'city' && c.metric === `${prefix}${m.slice(5)}`)?.n ?? 0,
    ]),
  )

describe('two months of a small town', () => {
  it('are the same in snapshot and deltas, and what the flags of the logs say', async () => {
    const below = random(20240304)
    const { store } = database
    const ids: string[] = []
    const followers: { every: number; board: BoardState | undefined }[] = [1, 3, 17].map((every) => ({
      every,
      board: undefined,
    }))
    let day = '2024-03-04'
    for (let i = 0; i < DAYS; i += 1) {
      for (let n = below(3); n >= 0; n -= 1) ids.push(await town.report({ description: '路边有垃圾' }))
      for (let n = 0; n < 9; n += 1) {
        const id = ids[ids.length - 1 - below(Math.min(ids.length, 14))]
        const [now] = id
          ? await store.sql<{ status: string }[]>`select status from "case" where id = ${id}`
          : []
        const step = (below(4) > 0 ? ON[now?.status ?? ''] : undefined) ?? ASIDE[below(ASIDE.length)]
        if (id && step) await tryStep(id, step)
        if (below(3) === 0) town.clock.advance(below(3) * HOUR)
        if (below(2) === 0) await town.project()
      }
      await town.project()
      const snapshot = await boardSnapshot(store)
      for (const f of followers) {
        if (i % f.every !== 0) continue
        if (!f.board) f.board = fromSnapshot(snapshot)
        const delta = await boardDelta(store, f.board.epoch, f.board.seq)
        if (delta === 'snapshot') throw new Error('too far behind')
        if (delta) expect(applyDelta(f.board, delta)).toBe('applied')
        expect(sorted(toSnapshot(f.board))).toEqual(sorted(snapshot))
      }
      if (i % 9 === 0 || i === DAYS - 1) {
        const { month } = snapshot
        if (!month) throw new Error('the board shows no month')
        expect(figures(snapshot, 'month')).toEqual(await byFlags(month.start, month.end))
        expect(figures(snapshot, 'before')).toEqual(await byFlags(month.before.start, month.before.through))
      }
      day = addDays(day, 1)
      town.clock.set(Date.parse(`${day}T0${below(9)}:00:00+08:00`))
      await town.beginDay(day)
    }
  })

  it('end in a calendar month after two of the pack’s, with a band and something in every figure', async () => {
    const board = fromSnapshot(await boardSnapshot(database.store))
    const { month, monthBefore, band, dueToday } = boardView(board, town.clock.now(), 'city')
    expect(month?.period).toEqual({ start: '2024-05-01', end: '2024-05-31', through: board.day })
    expect(monthBefore?.period).toMatchObject({ start: '2024-04-01', end: '2024-04-30' })
    expect(monthBefore?.byDepartment.map((u) => u.code)).toEqual(['sanitation'])
    expect(band).toHaveLength(24)
    expect(dueToday.n).toBeGreaterThanOrEqual(dueToday.closed)
    const all = await database.store.sql<{ metric: string }[]>`
      select metric from rollup where key = 'city' and n > 0 group by 1`
    expect(all.map((r) => r.metric)).toEqual(expect.arrayContaining([...STANDINGS]))
  })

  it('name the cases of every figure, page by page', async () => {
    const { store } = database
    const span = { from: '2024-03-26', to: '2024-04-25' }
    for (const metric of MONTH_STANDINGS)
      for (const key of ['city', 'department:sanitation', 'area:S1']) {
        const found = new Set<string>()
        for (let after: { day: string; id: string } | undefined; ; ) {
          const page = await standingCases(store, { ...span, metric, key, isDue: false, limit: 7, after })
          for (const { state } of page) found.add(state.id)
          const last = page.at(-1)
          if (!last || page.length < 7) break
          after = { day: last.day, id: last.state.id }
        }
        const [sum] = await store.sql<{ n: number }[]>`
          select coalesce(sum(n), 0)::int as n from rollup
          where key = ${key} and metric = ${metric} and day between ${span.from} and ${span.to}`
        expect(found.size, `${metric} of ${key}`).toBe(sum?.n)
      }
  })

  it('pass the audit, and are the same when they are folded anew', async () => {
    const { store } = database
    await town.project()
    expect((await audit(store)).differences).toEqual([])
    const stored = () => store.sql`
      select (select json_agg(r order by day, key, metric) from rollup r) as counts,
        (select json_agg(s order by case_id) from standing s) as standings`
    const before = await stored()
    await rebuild(store)
    expect(await stored()).toEqual(before)
    expect((await audit(store)).differences).toEqual([])
  })
})
