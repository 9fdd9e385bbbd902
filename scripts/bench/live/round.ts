// One round of the live feed: N walls of the real api while lives go by, and the same payloads at the same pace from a bare
// Socket.IO. A round in which any wall shows something else than the log makes of it is refused.
import { SCREEN_SESSION_MS, newScreenSessionToken, newScreenToken, SESSION_COOKIE } from '#api/auth/tokens.ts'
import { fromSnapshot } from '#domain/board.ts'
import { boardView } from '#domain/board-view.ts'
import { boardSnapshot } from '#store/board.ts'
import { sha256 } from '#store/hash.ts'
import type { Store } from '#store/open.ts'
import type { Runtime } from '#store/runtime.ts'
import { sameJson } from '#store/same-json.ts'
import { addScreen, openScreenSession } from '#store/screens.ts'
import { randomUUID } from 'node:crypto'
import { peopleAt } from '../lifecycles.ts'
import type { Place } from '../pipeline.ts'
import type { Bare } from './bare.ts'
import type { Child } from './child.ts'
import { cpuMs, quantile } from './clock.ts'
import { digestOf } from './digest.ts'
import { type Committed, EVENTS_A_LIFE, feedLives } from './feeder.ts'
import type { Folds, Recording, Walls } from './walls.ts'

const REACHED_WITHIN_MS = 60_000

/** What is measured: a started api, with a worker somewhere, and ourselves as the write side. */
export interface Site {
  store: Store
  runtime: Runtime
  api: { url: string; pid: number }
  place: Place
}

export interface Measured {
  /** From just after a commit to folded, over every wall; milliseconds. Undefined without walls. */
  p50: number | undefined
  p99: number | undefined
  /** Of the server, in all. */
  cpuMs: number
  /** Of all walls together. */
  wallsCpuMs: number
  events: number
  seconds: number
}

export interface LiveRound extends Measured {
  /** As the first wall was sent it; undefined without walls. */
  recording: Recording | undefined
  /** Samples behind the quantiles. */
  samples: number
}

/** A screen each, with a session, as `/wall?screen=…` opens one. @returns their Cookie headers */
export async function hangScreens(store: Store, n: number): Promise<string[]> {
  const { someone } = await peopleAt(store)
  const cookies: string[] = []
  for (let i = 0; i < n; i++) {
    const [token, session] = [newScreenToken(), newScreenSessionToken()]
    const record = {
      id: randomUUID(),
      name: `屏 ${i + 1}`,
      widthMm: 2000,
      viewingDistanceM: 4,
      tiles: { columns: 1, rows: 1 },
      sound: false,
    }
    await addScreen(store, { record, plan: [], tokenHash: sha256(token), by: someone })
    await openScreenSession(store, {
      screenTokenHash: sha256(token),
      tokenHash: sha256(session),
      lastsMs: SCREEN_SESSION_MS,
    })
    cookies.push(`${SESSION_COOKIE}=${session}`)
  }
  return cookies
}

/** @param cookies one a wall. @throws when a wall, or GET /board, is not exactly what the database has */
export async function liveRound(
  { store, runtime, api, place }: Site,
  walls: Child<Walls>,
  { cookies, lives, rate }: { cookies: readonly string[]; lives: number; rate: number },
): Promise<LiveRound> {
  await walls.ask('open', { url: api.url, cookies: [...cookies] })
  const before = { api: cpuMs(api.pid), walls: cpuMs(walls.pid) }
  const fed = await feedLives(store, runtime, { lives, rate, place })
  await walls.ask('reach', { seq: fed.head, withinMs: REACHED_WITHIN_MS })
  const spent = { cpuMs: cpuMs(api.pid) - before.api, wallsCpuMs: cpuMs(walls.pid) - before.walls }
  const { folds, digests, faults } = await walls.ask('report', null)
  const recording = await walls.ask('recording', null)
  await walls.ask('close', null)
  if (faults.length > 0) throw new Error(`live: ${faults.slice(0, 3).join('; ')}`)
  const [cookie] = cookies
  await assertExact(store, runtime, { digests, url: api.url, cookie })
  return {
    ...spent,
    ...delays(fed.committed, folds),
    events: fed.events,
    seconds: fed.seconds,
    recording,
  }
}

/** The same walls, payloads and pace from a server that does nothing else. @throws when a wall ends elsewhere */
export async function bareRound(
  bare: Child<Bare>,
  walls: Child<Walls>,
  { recording, cookies }: { recording: Recording; cookies: readonly string[] },
): Promise<Omit<Measured, 'events' | 'seconds'>> {
  const url = await bare.ask('load', recording)
  await walls.ask('open', { url, cookies: [...cookies] })
  const before = { bare: cpuMs(bare.pid), walls: cpuMs(walls.pid) }
  const sent = await bare.ask('play', null)
  await walls.ask('reach', { seq: sent.at(-1)?.seq ?? 0, withinMs: REACHED_WITHIN_MS })
  const spent = { cpuMs: cpuMs(bare.pid) - before.bare, wallsCpuMs: cpuMs(walls.pid) - before.walls }
  const { folds, digests, faults } = await walls.ask('report', null)
  await walls.ask('close', null)
  await bare.ask('close', null)
  if (faults.length > 0) throw new Error(`bare: ${faults.slice(0, 3).join('; ')}`)
  if (new Set(digests).size !== 1) throw new Error('bare: the walls do not show the same')
  const { p50, p99 } = delays(sent, folds)
  return { ...spent, p50, p99 }
}

/** A thing is in with the first fold that reaches its seq; both lists rise. */
export function delays(committed: readonly Committed[], folds: readonly Folds[]) {
  const all = new Float64Array(committed.length * folds.length)
  let n = 0
  for (const { seqs, ats } of folds) {
    let i = 0
    for (const { seq, at } of committed) {
      while (i < seqs.length && (seqs[i] ?? 0) < seq) i += 1
      const folded = ats[i]
      if (folded === undefined) throw new Error(`a wall never folded ${seq}`)
      all[n++] = folded - at
    }
  }
  all.sort()
  return { p50: quantile(all, 0.5), p99: quantile(all, 0.99), samples: n }
}

async function assertExact(
  store: Store,
  runtime: Runtime,
  { digests, url, cookie }: { digests: readonly string[]; url: string; cookie: string | undefined },
): Promise<void> {
  const snapshot = await boardSnapshot(store)
  const wanted = digestOf(fromSnapshot(snapshot))
  const wrong = digests.filter((d) => d !== wanted).length
  if (wrong > 0)
    throw new Error(`live: ${wrong} of ${digests.length} walls do not show the board at ${snapshot.seq}`)
  if (cookie !== undefined) await assertBoard(store, runtime, { url, cookie })
}

/** @throws unless GET /board says what the stored board comes to */
export async function assertBoard(
  store: Store,
  { cityFor }: Pick<Runtime, 'cityFor'>,
  { url, cookie }: { url: string; cookie: string },
): Promise<void> {
  const answer = await fetch(`${url}/api/v1/board?scope=city`, { headers: { cookie } })
  if (!answer.ok) throw new Error(`GET /board: ${answer.status}`)
  const told = (await answer.json()) as { asOf: string; seq: number }
  const state = fromSnapshot(await boardSnapshot(store))
  const { departments } = await cityFor()
  const isSecondLevel = (unit: string) => departments.get(unit)?.parent !== undefined
  const view = boardView(state, Date.parse(told.asOf), 'city', isSecondLevel)
  // The same instant, with the city's offset.
  const wanted = { ...view, asOf: told.asOf }
  if (!sameJson(JSON.parse(JSON.stringify(wanted)), told))
    throw new Error(`GET /board at ${told.seq} is not the stored board at ${state.seq}`)
}

/** Lives that make about `events` events. */
export const livesFor = (events: number): number => Math.max(1, Math.round(events / EVENTS_A_LIFE))
