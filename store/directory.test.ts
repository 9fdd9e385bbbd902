import { afterAll, beforeAll, expect, test } from 'vitest'
import { aCase } from '#domain/testing/builder.ts'
import { openDirectory } from './directory.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
const [lead, local, elsewhere] = [id(1), id(2), id(3)]

let database: TestDatabase
const checked = aCase('replied').state
const grid = checked.areaPath.at(-1) ?? ''

beforeAll(async () => {
  database = await testDatabase()
  const person = (account: string, areas: string[]) =>
    database.store.sql`insert into account (id, username, name, posts, areas)
      values (${account}, ${account}, '网格监督员', ${['supervisor']}, ${areas})`
  await person(lead, [])
  await person(local, [grid])
  await person(elsewhere, ['nowhere'])
})
afterAll(() => database.drop())

async function directory() {
  const opened = openDirectory(database.store)
  await opened.refresh()
  return opened
}
const held = (assignee: string, status: 'assigned' | 'reported') => ({
  ...checked,
  tasks: [
    { id: id(9), kind: 'check' as const, round: 1, assignee, status, createdAt: 0, dueAt: 1, handedOver: [] },
  ],
})

test('a field task goes to whose areas cover the case, or first to who distributes', async () => {
  const { assigneeFor } = await directory()
  const free = { ...checked, tasks: [] }
  expect(assigneeFor('check', free)).toBe(local)
  expect(assigneeFor('check', free, 'central')).toBe(lead)
})

test('a task that is handed over goes to somebody else; a new round asks the same again', async () => {
  const { assigneeFor } = await directory()
  expect(assigneeFor('check', held(lead, 'assigned'), 'central')).toBe(local)
  expect(assigneeFor('check', held(local, 'assigned'))).toBe(lead)
  expect(assigneeFor('check', held(lead, 'reported'), 'central')).toBe(lead)
})
