// Duty on a real database: stints, positions that go with them, the directory that reads both, and their term.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aCase } from '#domain/testing/builder.ts'
import pg from 'pg'
import { tablesOf } from './catalogue.ts'
import { openDirectory } from './directory.ts'
import { dutyOf, goOffDuty, goOnDuty, peopleOnDuty } from './duty.ts'
import { type TestDatabase, testDatabase } from './testing.ts'
import { trimDuty } from './trim.ts'

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
const [lead, local, other] = [id(1), id(2), id(3)]
const NOW = Date.parse('2026-11-20T08:30:00+08:00')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const checked = aCase('replied').state
const free = { ...checked, tasks: [] }
const HERE = { lng: checked.position.lng, lat: checked.position.lat }
const AWAY = { lng: HERE.lng + 0.02, lat: HERE.lat }

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  const person = (account: string, areas: string[]) =>
    database.store.sql`insert into account (id, username, name, posts, areas)
      values (${account}, ${account}, '网格监督员', ${['supervisor']}, ${areas})`
  await person(lead, [])
  await person(local, [checked.areaPath[0] ?? ''])
  await person(other, [checked.areaPath[0] ?? ''])
})
beforeEach(async () => {
  await database.store.sql`delete from duty`
  await database.store.sql`delete from field_task`
})
afterAll(() => database.drop())

const on = (account: string, at = NOW, position?: typeof HERE) =>
  goOnDuty(database.store, { account, at, position })
const chosen = async (by?: 'area' | 'central', now = NOW) => {
  const directory = openDirectory(database.store)
  await directory.refresh()
  return directory.assigneeFor('check', free, by, now)
}
const busy = (assignee: string) => database.store.sql`
  insert into field_task (id, case_id, kind, round, assignee, status, due_at, created_at)
  values (${randomUUID()}, ${randomUUID()}, 'check', 1, ${assignee}, 'accepted', now(), now())`

test('a stint begins once, and its position is renewed', async () => {
  expect(await on(local, NOW, HERE)).toEqual({ since: NOW, position: { ...HERE, at: NOW } })
  // Without a position the last one stays, with its age.
  expect(await on(local, NOW + MINUTE)).toEqual({ since: NOW, position: { ...HERE, at: NOW } })
  const later = await on(local, NOW + 2 * MINUTE, AWAY)
  expect(later).toEqual({ since: NOW, position: { ...AWAY, at: NOW + 2 * MINUTE } })
  expect(await dutyOf(database.store, local)).toEqual(later)
})

test('two that begin at once are one stint', async () => {
  const both = await Promise.all([on(local), on(local, NOW + 1, HERE), on(local, NOW + 2)])
  expect(new Set(both.map((d) => d.since)).size).toBe(1)
  expect(await peopleOnDuty(database.store)).toHaveLength(1)
})

test('off duty nothing is known of the place, and the next stint is another', async () => {
  await on(local, NOW, HERE)
  await goOffDuty(database.store, local, NOW + MINUTE)
  await goOffDuty(database.store, local, NOW + 2 * MINUTE)
  expect(await dutyOf(database.store, local)).toBeUndefined()
  const rows = await database.store.sql`select lng, lat, position_at, until from duty`
  expect(rows).toEqual([{ lng: null, lat: null, position_at: null, until: new Date(NOW + MINUTE) }])
  expect(await on(local, NOW + 3 * MINUTE)).toEqual({ since: NOW + 3 * MINUTE })
})

test('the database keeps no position of somebody who is off duty', async () => {
  await on(local, NOW, HERE)
  await expect(database.store.sql`update duty set until = since`).rejects.toThrow(/check constraint/)
})

test('whoever is disabled is on no list and gets no task', async () => {
  await on(local, NOW, HERE)
  await database.store.sql`update account set disabled_at = now() where id = ${local}`
  expect(await peopleOnDuty(database.store)).toEqual([])
  expect(await chosen()).toBe(other)
  await database.store.sql`update account set disabled_at = null where id = ${local}`
})

test('tasks go to who is on duty, the nearest of them, then the one with the fewest', async () => {
  expect(await chosen('central')).toBe(lead)
  await on(other)
  expect(await chosen('central')).toBe(other)
  await on(local, NOW, AWAY)
  expect(await chosen()).toBe(local)
  await on(other, NOW, HERE)
  expect(await chosen()).toBe(other)
  // Half an hour later neither position says anything.
  await busy(other)
  expect(await chosen('area', NOW + 31 * MINUTE)).toBe(local)
  await busy(local)
  await busy(local)
  expect(await chosen('area', NOW + 31 * MINUTE)).toBe(other)
})

test('stints and positions go after thirty days', async () => {
  await on(local, NOW - 40 * DAY)
  await goOffDuty(database.store, local, NOW - 30 * DAY - 1)
  await on(local, NOW - 30 * DAY)
  await goOffDuty(database.store, local, NOW - 30 * DAY)
  // Never went off, and has told no position since.
  await on(other, NOW - 31 * DAY, HERE)
  await on(lead, NOW - 31 * DAY, HERE)
  await on(lead, NOW, AWAY)
  expect(await trimDuty(database.store, NOW)).toBe(2)
  expect(await trimDuty(database.store, NOW)).toBe(0)
  const rows = await database.store.sql`
    select account_id as account, lng is not null as placed from duty order by 1`
  expect(rows).toEqual([
    { account: lead, placed: true },
    { account: local, placed: false },
    { account: other, placed: false },
  ])
})

test('a backup takes it along', async () => {
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    const duty = (await tablesOf(client)).find((t) => t.name === 'duty')
    expect(duty?.columns).toEqual(['id', 'account_id', 'since', 'until', 'lng', 'lat', 'position_at'])
  } finally {
    await client.end()
  }
})
