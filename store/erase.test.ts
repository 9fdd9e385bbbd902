// Erasing by rule empties words for ever and leaves the matter, its steps and the chain.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audit } from './audit.ts'
import { caseLog, findCase } from './cases.ts'
import { eraseByRule, eraseWords } from './erase.ts'
import { HOUR, openTown, type Town } from './testing-town.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
let town: Town
beforeAll(async () => {
  database = await testDatabase()
  town = await openTown(database.store)
})
afterAll(() => database.drop())

const reporter = { name: '李某', phone: '13800000000' }
const words = { description: '路边有垃圾', address: '人民路', reporter }

/** Everything that the side table still says of a case. */
const kept = async (caseId: string) =>
  JSON.stringify(
    await database.store
      .sql`select part, data, salt from case_private where case_id = ${caseId} and data is not null`,
  )

describe('one case', () => {
  test('the reporter alone: description and address stay, and the log says which rule asked for it', async () => {
    const id = await town.report(words)
    const before = await findCase(database.store, id)
    const result = await eraseWords(database.store, before?.state.receiptNo ?? '', {
      rule: 'request',
      parts: ['person'],
      now: town.clock.now(),
    })
    expect(result).toEqual({ ok: true, caseId: id, receiptNo: before?.state.receiptNo, erased: 1 })
    const after = await findCase(database.store, id)
    expect(after?.words).toEqual({ description: '路边有垃圾', address: '人民路' })
    expect(await kept(id)).not.toContain('13800000000')
    const log = await caseLog(database.store, id)
    expect(log.at(-1)).toMatchObject({
      type: 'erased',
      actor: { kind: 'rule', id: 'request' },
      payload: { rule: 'request', parts: ['person'], events: [1] },
    })
    expect(log[0]).toMatchObject({ erased: true, person: undefined })
    expect(after?.state.version).toBe(before?.state.version)
  })

  test('everything: words of every step too, and what follows still works', async () => {
    const id = await town.report(words)
    await town.handle(id, 1)
    await eraseWords(database.store, id, { rule: 'request', now: town.clock.now() })
    expect(await kept(id)).toBe('[]')
    expect((await findCase(database.store, id))?.words).toBeUndefined()
    const closed = await town.act(id, 'duty', { action: 'close', payload: { outcome: 'fixed' } })
    expect(closed.status).toBe('closed')
  })

  test('twice: the second finds nothing and logs nothing', async () => {
    const id = await town.report(words)
    const options = { rule: 'request', now: town.clock.now() }
    await eraseWords(database.store, id, options)
    const { length } = await caseLog(database.store, id)
    expect(await eraseWords(database.store, id, options)).toMatchObject({ ok: true, erased: 0 })
    expect(await caseLog(database.store, id)).toHaveLength(length)
  })

  test('a case that moves on at the same moment: both happen', async () => {
    const id = await town.report(words)
    const [erased, acted] = await Promise.all([
      eraseWords(database.store, id, { rule: 'request', now: town.clock.now() }),
      town.act(id, 'dept', { action: 'acknowledge', payload: {} }),
    ])
    expect(erased.ok).toBe(true)
    expect(acted.status).toBe('handling')
    expect((await caseLog(database.store, id)).map((e) => e.type)).toEqual(
      expect.arrayContaining(['erased', 'acknowledged']),
    )
  })

  test('an unknown case is an answer', async () => {
    expect(await eraseWords(database.store, 'R209901010001', { rule: 'request', now: 0 })).toEqual({
      ok: false,
      code: 'not-found',
    })
  })
})

describe('retention', () => {
  test('only cases that ended before the day, and only once', async () => {
    const old = await town.report(words)
    await town.settle(old, 1)
    town.clock.advance(24 * HOUR)
    const limit = town.clock.now()
    const young = await town.report(words)
    await town.settle(young, 1)
    const open = await town.report(words)
    const options = {
      rule: 'retention',
      parts: ['person' as const],
      closedBefore: limit,
      now: town.clock.now(),
    }
    expect(await eraseByRule(database.store, options)).toEqual({ cases: 1, parts: 1, busy: 0 })
    expect(await kept(old)).not.toContain('李某')
    expect(await kept(young)).toContain('李某')
    expect(await kept(open)).toContain('李某')
    expect(await eraseByRule(database.store, options)).toEqual({ cases: 0, parts: 0, busy: 0 })
  })
})

test('words cannot be rewritten or brought back, only erased', async () => {
  const id = await town.report(words)
  const { sql } = database.store
  await expect(
    sql`update case_private set data = '{"description":"别的"}' where case_id = ${id}`,
  ).rejects.toThrow(/only be erased/)
  await expect(
    sql`update case_private set data = null, salt = null, erased_at = now(), period = 0 where case_id = ${id}`,
  ).rejects.toThrow(/only be erased/)
  await eraseWords(database.store, id, { rule: 'request', now: town.clock.now() })
  await expect(
    sql`update case_private set data = '{}', salt = '', erased_at = null where case_id = ${id}`,
  ).rejects.toThrow(/only be erased/)
})

test('after all this the audit has nothing to say', async () => {
  await town.project()
  const report = await audit(database.store)
  expect(report.differences).toEqual([])
  expect(report.words.erasedByRule).toBeGreaterThan(5)
})
