// A very small city for tests of the store: one grid, two categories, one unit, everything by rule but the closing.
// Cases go through the real commander on a simulated clock, without queue or worker.
import type { Actor, Post } from '#domain/case.ts'
import type { CityPack } from '#domain/city/types.ts'
import { SimulatedClock } from '#domain/clock.ts'
import type { Command } from '#domain/command.ts'
import { findAccount } from './accounts.ts'
import { loadPack } from './city.ts'
import { openCommander, type Report } from './commander.ts'
import { openAppender } from './append.ts'
import { openCities } from './cities.ts'
import { openDirectory } from './directory.ts'
import { openNumbers } from './numbers.ts'
import type { Store } from './open.ts'
import { openProjector } from './projector.ts'
import { dueTimers, fireLight, followTimers, startDay } from './timers.ts'

/** 2024-03-04 09:00 in the town. */
export const MONDAY_NINE = Date.parse('2024-03-04T09:00:00+08:00')
export const HOUR = 3_600_000

/** A rectangle by its western, southern, eastern and northern side. */
export const square = (w: number, s: number, e: number, n: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [w, s],
      [e, s],
      [e, n],
      [w, n],
      [w, s],
    ],
  ],
})

const category = (code: string, name: string, limit: string) => ({
  category: {
    code,
    name,
    kind: 'E',
    major: '01',
    majorName: '市容环境',
    risk: 'low' as const,
    defaultCondition: `${code}-1`,
    department: 'sanitation',
  },
  condition: {
    id: `${code}-1`,
    category: code,
    text: name,
    limit: { amount: Number.parseFloat(limit), unit: 'urgent-hour' as const, text: limit },
    closeCondition: '清理干净',
  },
})

const litter = category('E0110', '暴露生活垃圾', '4紧急工作时')
const water = category('E0125', '水域不洁', '24紧急工作时')

export const TOWN: CityPack = {
  code: 'town',
  name: '小镇',
  centreName: '小镇指挥中心',
  timeZone: 'Asia/Shanghai',
  levels: [
    { key: 'street', name: '街道' },
    { key: 'grid', name: '网格' },
  ],
  policies: {
    accept: [{ decide: 'rule' }],
    file: [{ decide: 'rule' }],
    dispatch: [{ decide: 'rule' }],
    requestCheck: [{ decide: 'rule' }],
    close: [{ decide: 'duty-manager' }],
    warnShare: 0.8,
    stageLimits: { check: '2紧急工作时', close: '1紧急工作时' },
    reworkLimit: 'same',
    maxExtensions: 1,
    maxSuspendDays: 30,
    fallBackDepartment: 'sanitation',
  },
  areas: [
    {
      code: 'S1',
      name: '一街',
      level: 'street',
      geometry: square(113, 29, 114, 30),
      centre: { lng: 113.5, lat: 29.5 },
    },
    {
      code: 'S1G1',
      name: '一网格',
      level: 'grid',
      parent: 'S1',
      geometry: square(113, 29, 114, 30),
      centre: { lng: 113.5, lat: 29.5 },
    },
  ],
  zones: [],
  categories: [litter.category, water.category],
  conditions: [litter.condition, water.condition],
  departments: [{ code: 'sanitation', name: '环卫所', kind: 'bureau', calendar: 'centre' }],
  routing: [],
  calendars: [
    {
      owner: 'centre',
      timeZone: 'Asia/Shanghai',
      seasons: [
        { from: '2024-01-01', to: '2025-12-31', weekdays: { 1: [{ start: '08:00', end: '18:00' }] } },
      ],
      holidays: [],
      makeUpWorkdays: [],
    },
  ],
  users: [
    { username: 'duty', name: '值班长', posts: ['duty-manager'], areas: [] },
    { username: 'operator', name: '受理员', posts: ['operator'], areas: [] },
    { username: 'supervisor', name: '监督员', posts: ['supervisor'], areas: [] },
    {
      username: 'dept',
      name: '环卫经办',
      posts: ['department-officer'],
      department: 'sanitation',
      areas: [],
    },
  ],
  components: [],
}

export type Town = Awaited<ReturnType<typeof openTown>>

/** Loads the town, or another pack with its users, into an empty, migrated database. */
export async function openTown(store: Store, pack: CityPack = TOWN) {
  await loadPack(store, pack)
  const clock = new SimulatedClock(MONDAY_NINE)
  const cityFor = openCities(store)
  const commander = openCommander({
    store,
    appender: openAppender(store),
    numbers: openNumbers(store),
    clock,
    directory: openDirectory(store),
    cityFor,
  })
  const projector = openProjector({ store, cityFor })

  async function as(username: string): Promise<Actor> {
    const account = await findAccount(store, username)
    if (!account) throw new Error(`nobody is called ${username}`)
    return { kind: 'user', id: account.id, posts: account.posts as Post[], department: account.department }
  }

  async function act(caseId: string, username: string, command: Command) {
    const result = await commander.act(caseId, command, { actor: await as(username) })
    if (!result.ok) throw new Error(`${command.action}: ${result.refusal.detail}`)
    return result.state
  }

  const town = {
    store,
    clock,
    commander,
    act,
    /** Reports litter by rule as far as it goes: to `dispatched`. @returns the case's id. */
    async report(words: Report['words'], facts: Partial<Report['facts']> = {}): Promise<string> {
      const report: Report = {
        facts: {
          source: 'grid',
          dispatchMode: 'assign',
          category: 'E0110',
          position: { lng: 113.4, lat: 29.6 },
          photos: [],
          ...facts,
        },
        words,
      }
      const result = await commander.report(report, { actor: await as('operator') })
      if (!result.ok) throw new Error(result.refusal.detail)
      await commander.advance(result.state.id)
      return result.state.id
    },
    /** From dispatched to checked. */
    async handle(caseId: string, hours: number): Promise<void> {
      await act(caseId, 'dept', { action: 'acknowledge', payload: {} })
      clock.advance(hours * HOUR)
      await act(caseId, 'dept', { action: 'reply', payload: { result: '已清理，联系人在场' } })
      await commander.advance(caseId)
      await act(caseId, 'supervisor', { action: 'pass', payload: { note: '看过了' } })
    },
    /** From dispatched to closed. */
    async settle(caseId: string, hours: number): Promise<void> {
      await town.handle(caseId, hours)
      await act(caseId, 'duty', { action: 'close', payload: { outcome: 'fixed' } })
    },
    /** Sequences what was written, and turns the lights that are due. */
    async project(): Promise<void> {
      await projector.catchUp()
      while ((await followTimers(store, cityFor)) > 0);
      for (const timer of await dueTimers(store, clock.now())) await fireLight(store, timer.id, clock.now())
      await projector.catchUp()
    },
    /** Begins a city day on the board. */
    beginDay: (day: string) => startDay(store, day, clock.now()),
  }
  return town
}
