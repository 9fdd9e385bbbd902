// Random lives in the small city through the real write side: people report and take whatever steps they may, alarms ring,
// days begin. The same seed lives the same lives.
import fc from 'fast-check'
import type { Actor, CaseState, Post } from '#domain/case.ts'
import { cityDay, dayStart } from '#domain/city-time.ts'
import { addDays } from '#domain/days.ts'
import { ACTIONS, type Action } from '#domain/lifecycle.ts'
import { isLegal } from '#domain/permission.ts'
import { PLACES } from '#domain/testing/city.ts'
import { validCommand } from '#domain/testing/payloads.ts'
import { findAccount } from '#store/accounts.ts'
import { findCase } from '#store/cases.ts'
import { dueTimers, fireLight, followTimers, startDay } from '#store/timers.ts'
import type { TestApi } from './api.ts'

const MINUTE = 60_000
const CATEGORIES = ['E0110', 'E0125', 'E0113', 'C0103']
const WHO = [
  'grid',
  'operator',
  'dispatcher',
  'duty',
  'head',
  'supervisor',
  'supervisor2',
  'water',
  'canal',
  'sanitation',
  'handler',
]
/** Steps that name people of another town, end a case early, or lead nowhere. */
const LEFT_OUT: ReadonlySet<Action> = new Set<Action>([
  'merge',
  'screen',
  'comment',
  'urge',
  'hand-over-task',
  'escalate',
])
/** Ends of a life and remarks on it come up seldom. */
const SELDOM: ReadonlySet<Action> = new Set<Action>([
  'void',
  'reject',
  'self-handle',
  'oversee',
  'suspend',
  'request-suspension',
])

const arbitraryTurn = fc.record({
  minutes: fc.oneof(
    { weight: 7, arbitrary: fc.integer({ min: 1, max: 9 }) },
    { weight: 1, arbitrary: fc.integer({ min: 20, max: 150 }) },
  ),
  isReport: fc.integer({ min: 0, max: 9 }).map((n) => n < 3),
  which: fc.nat(1_000_000),
  what: fc.nat(1_000_000),
  seldom: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
})
export type Turn = typeof arbitraryTurn extends fc.Arbitrary<infer T> ? T : never

export interface LivesOptions {
  seed: number
  turns: number
  /** Called after each turn, when everything is sequenced; the clock moves on afterwards. */
  afterTurn(n: number): Promise<void>
}

/** @returns the actions that were taken, each once. */
export async function live(api: TestApi, { seed, turns, afterTurn }: LivesOptions): Promise<Set<Action>> {
  const { runtime, clock, store } = api
  const { timeZone } = (await runtime.cityFor()).pack
  const people = await Promise.all(WHO.map((name) => actorOf(api, name)))
  const open: string[] = []
  const taken = new Set<Action>()

  async function pass(minutes: number): Promise<void> {
    const until = clock.now() + minutes * MINUTE
    const midnight = dayStart(addDays(cityDay(clock.now(), timeZone), 1), timeZone)
    if (until >= midnight) {
      clock.set(midnight + 1_000)
      await startDay(store, cityDay(midnight, timeZone), midnight)
      await api.project()
    }
    clock.set(Math.max(clock.now(), until))
    while ((await followTimers(store, runtime.cityFor)) > 0);
    for (const timer of await dueTimers(store, clock.now())) await fireLight(store, timer.id, clock.now())
    await api.project()
  }

  async function report({ which, what }: Turn): Promise<void> {
    const places = Object.values(PLACES)
    const made = await runtime.commander.report(
      {
        facts: {
          source: 'grid',
          dispatchMode: 'assign',
          category: CATEGORIES[which % CATEGORIES.length] ?? 'E0110',
          position: places[what % places.length] ?? PLACES.road,
          photos: [],
        },
        words: { description: '路边有垃圾' },
      },
      { actor: people[0] as Actor },
    )
    if (!made.ok) throw new Error(`report: ${made.refusal.detail}`)
    open.push(made.state.id)
    await runtime.commander.advance(made.state.id)
  }

  async function step(turn: Turn): Promise<void> {
    const id = open[turn.which % open.length]
    const found = id === undefined ? undefined : await findCase(store, id)
    if (!found) return
    const choice = await chosen(found.state, turn)
    if (!choice) return
    const { command } = validCommand(choice.action, found.state, clock.now())
    const result = await runtime.commander.act(found.state.id, withoutPhotos(command), {
      actor: choice.actor,
    })
    if (result.ok) taken.add(choice.action)
    await runtime.commander.advance(found.state.id)
  }

  async function chosen(state: CaseState, { what, which, seldom }: Turn) {
    const city = await runtime.cityFor(state.cityVersion)
    const now = Math.max(clock.now(), state.lastAt)
    const able = ACTIONS.filter((a) => !LEFT_OUT.has(a) && (seldom || !SELDOM.has(a)))
      .map((action) => ({ action, actors: people.filter((p) => isLegal(action, state, p, city, now)) }))
      .filter(({ actors }) => actors.length > 0)
    const choice = able[what % Math.max(1, able.length)]
    const actor = choice?.actors[which % choice.actors.length]
    return choice && actor ? { action: choice.action, actor } : undefined
  }

  for (const [n, turn] of fc.sample(arbitraryTurn, { seed, numRuns: turns }).entries()) {
    await pass(turn.minutes)
    await (turn.isReport || open.length === 0 ? report(turn) : step(turn))
    await api.project()
    await afterTurn(n)
  }
  return taken
}

/** Photos of the payloads are of no upload here. */
function withoutPhotos<T extends { payload: object }>(command: T): T {
  return 'photos' in command.payload ? { ...command, payload: { ...command.payload, photos: [] } } : command
}

async function actorOf({ store }: TestApi, username: string): Promise<Actor> {
  const account = await findAccount(store, username)
  if (!account) throw new Error(`nobody is called ${username}`)
  return { kind: 'user', id: account.id, posts: account.posts as Post[], department: account.department }
}
