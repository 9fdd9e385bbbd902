// A working calendar that runs out is told of where it is looked at, and never makes the system unready.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { calendarWarnings } from '#domain/calendar-warning.ts'
import { openTestApi, type TestApi } from './testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const ready = () => api.app.inject('/readyz')
const told = async () => (await api.get('/system', { as: 'admin' })).body.calendars

test('nothing is told while calendars reach far enough', async () => {
  expect((await ready()).json()).toEqual({ status: 'ok' })
  expect(await told()).toEqual([])
})

test('one that runs out, or has, is told of; the system stays ready', async () => {
  const kinds = new Set<string>()
  for (const day of ['2020-02-15', '2020-03-31', '2022-01-01']) {
    api.clock.set(Date.parse(`${day}T12:00:00+08:00`))
    const expected = calendarWarnings(await api.runtime.cityFor(), api.clock.now())
    for (const { kind } of expected) kinds.add(kind)
    const answer = await ready()
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { status: 'ok', warnings: expected.map((w) => w.message) },
    ])
    expect(await told()).toEqual(expected)
  }
  expect(kinds).toContain('ended')
  expect(kinds.size).toBeGreaterThan(1)
})
