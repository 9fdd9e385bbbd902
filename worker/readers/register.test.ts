// The register learns from the log: exactly once whatever fails, the same again from the beginning, seen by whoever routes.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CaseState } from '#domain/case.ts'
import type { CityPack } from '#domain/city/types.ts'
import { audit } from '#store/audit.ts'
import { cityVersion, loadPack } from '#store/city.ts'
import { openProjector } from '#store/projector.ts'
import { correctOwner, lessonsAbout, presentLessons } from '#store/register.ts'
import { followRegister, rebuildRegister } from '#store/register-learner.ts'
import { PACK, STREET } from '../testing/city.ts'
import { eventually, openTown, type Town } from '../testing/stage.ts'
import { learnOwners } from './register.ts'

const COVER = { lng: 114.003, lat: 30.004 }
const COVERS: CityPack = {
  ...PACK,
  users: [
    ...PACK.users,
    { username: 'dispatcher', name: 'dispatcher', posts: ['dispatcher'], areas: [] },
    {
      username: 'dept-housing',
      name: 'dept-housing',
      posts: ['department-officer'],
      department: 'housing',
      areas: [],
    },
  ],
  categories: [
    ...PACK.categories,
    {
      code: 'C0103',
      name: '雨水井盖',
      kind: 'C',
      major: '01',
      majorName: '公用设施',
      risk: 'low',
      defaultCondition: 'C0103-1',
      department: 'water',
    },
  ],
  conditions: [
    ...PACK.conditions,
    {
      id: 'C0103-1',
      category: 'C0103',
      text: '破损',
      limit: { amount: 4, unit: 'urgent-hour', text: '4紧急工作时' },
      closeCondition: '修复',
    },
  ],
  components: [
    { code: 'A1', category: 'C0103', ...COVER },
    { code: 'A2', category: 'C0103', lng: 114.006, lat: 30.006, owner: 'housing' },
  ],
}

let town: Town
let packFor: Parameters<typeof rebuildRegister>[1]
beforeEach(async () => {
  town = await openTown(COVERS)
  packFor = (version) => cityVersion(town.store, version)
})
afterEach(() => town.close())

const learn = async () => {
  await openProjector({ store: town.store, ...town.runtime }).catchUp()
  while ((await learnOwners(town.store, town.runtime.signals)) > 0);
}
const never = (): never => {
  throw new Error('no town')
}
const rules = async (id: string) => void (await town.runtime.commander.advance(id))

/** Reported, dispatched by rule, and to another unit if one is named after `back`, a return. */
async function dispatched(position = COVER, to?: string): Promise<CaseState> {
  const { id } = await town.report({ category: 'C0103', position })
  await rules(id)
  const state = await town.caseOf(id)
  if (to === undefined) return state
  await town.act(id, `dept-${state.department}`, {
    action: 'request-return',
    payload: { reason: 'owner-unknown' },
  })
  await grantReturn(id)
  return town.act(id, 'dispatcher', { action: 'dispatch', payload: { department: to } })
}
const grantReturn = (id: string) => town.act(id, 'dispatcher', { action: 'grant-return', payload: {} })

async function closed(position = COVER, to?: string): Promise<CaseState> {
  const { id, department } = await dispatched(position, to)
  const officer = `dept-${department}`
  await town.act(id, officer, { action: 'acknowledge', payload: {} })
  await town.act(id, officer, { action: 'reply', payload: { result: '已更换井盖' } })
  await rules(id)
  const task = (await town.caseOf(id)).tasks.at(-1)
  const [holder] = await town.store.sql<{ username: string }[]>`
    select username from account where id = ${task?.assignee ?? null}`
  await town.act(id, holder?.username ?? '', { action: 'pass', payload: {} })
  await rules(id)
  const state = await town.caseOf(id)
  expect(state).toMatchObject({ status: 'closed', outcome: 'fixed' })
  return state
}

const present = async () =>
  (await presentLessons(town.store.sql)).map((l) => [l.component, l.owner, l.previous, l.how, l.caseNo])
const accountOf = async (username: string) => {
  const [row] = await town.store.sql<{ id: string }[]>`select id from account where username = ${username}`
  return row?.id ?? never()
}
const correct = async (component: string, owner: string) =>
  correctOwner(
    town.store,
    {
      component,
      owner,
      reason: '现场查看铭牌',
      accountId: await accountOf('dispatcher'),
      now: town.clock.now(),
    },
    await packFor(1),
  )

describe('a closed case', () => {
  test('names the owner, and the next case goes there because of it', async () => {
    const first = await closed()
    await learn()
    expect(await present()).toEqual([['A1', 'water', undefined, 'closed', first.caseNo]])
    await eventually(async () =>
      expect((await town.runtime.cityFor()).components.get('A1')?.owner).toBe('water'),
    )
    const next = await dispatched()
    expect(next.routing?.[0]).toMatchObject({
      rule: 'component',
      matched: true,
      ref: 'A1',
      department: 'water',
    })
    expect(next.routing?.[0]?.zh).toContain(`权属由案卷${first.caseNo}更正登记`)
    expect((await audit(town.store)).differences).toEqual([])
  })

  test('teaches once, however often its facts are read', async () => {
    await closed()
    await learn()
    await town.store.sql`update reader set seq = 0 where name = 'register'`
    await learn()
    expect(await lessonsAbout(town.store, 'A1')).toHaveLength(1)
  })

  test('is learnt together with the cursor, or not at all', async () => {
    await closed()
    await openProjector({ store: town.store, ...town.runtime }).catchUp()
    // The facts before it teach nothing; then the pack of the closed case cannot be read.
    const refuses = () => Promise.reject(new Error('the pack cannot be read'))
    await expect(followRegister(town.store, refuses)).rejects.toThrow('the pack cannot be read')
    const [cursor] = await town.store.sql<{ seq: string }[]>`select seq from reader where name = 'register'`
    expect([cursor?.seq, await present()]).toEqual(['0', []])
    await learn()
    expect(await present()).toHaveLength(1)
  })

  test('of an unregistered component puts it on the register, where the next report finds it', async () => {
    const first = await closed(STREET)
    await learn()
    const code = `P-${first.caseNo}`
    await eventually(async () => expect((await town.runtime.cityFor()).components.has(code)).toBe(true))
    const { id } = await town.report({ category: 'C0103', position: STREET })
    await rules(id)
    expect(await town.caseOf(id)).toMatchObject({ screening: { component: { code, distanceM: 0 } } })
  })

  test('of another unit replaces it; the history keeps both', async () => {
    await closed()
    await closed(COVER, 'sanitation')
    await learn()
    const [now, before] = await lessonsAbout(town.store, 'A1')
    expect([now, before]).toMatchObject([
      { owner: 'sanitation', previous: 'water' },
      { owner: 'water', undoneAt: now?.at },
    ])
    expect(now).not.toHaveProperty('undoneAt')
  })
})

test('a person’s word stands over later closings, and is written down once', async () => {
  await closed()
  await learn()
  expect(await correct('A1', 'housing')).toBe('corrected')
  expect(await correct('A1', 'housing')).toBe('unchanged')
  expect(await correct('nothing', 'housing')).toBe('unknown-component')
  await closed(COVER, 'sanitation')
  await learn()
  expect(await present()).toEqual([['A1', 'housing', 'water', 'person', undefined]])
})

test('rebuilt from the log it says the same, with what persons said in its place', async () => {
  await closed()
  await closed(STREET)
  await learn()
  await correct('A1', 'housing')
  await correct('A2', 'sanitation')
  await closed(COVER, 'sanitation')
  await learn()
  const rows = () =>
    town.store.sql`
      select component, category, lng, lat, owner, previous, how, case_id, case_no, event_no, account_id, reason, at,
        city_version, pack_owner, seq, undone_at from component_owner order by id`.then((r) =>
      r.map((row) => ({ ...row })),
    )
  const before = await rows()
  expect(before.map((r) => [r.component, r.owner, r.how])).toHaveLength(4)
  // A mistake that somebody made in the table itself.
  await town.store.sql`update component_owner set owner = 'general' where how = 'closed'`
  expect(await rebuildRegister(town.store, packFor)).toEqual({ byRule: 2, byPerson: 2 })
  expect(await rows()).toEqual(before)
})

test('a lesson stands until a newer pack names another owner', async () => {
  await closed()
  await learn()
  const named = (owner: string | undefined): CityPack => ({
    ...COVERS,
    name: `${owner}`,
    components: COVERS.components.map((c) => (c.code === 'A1' && owner ? { ...c, owner } : c)),
  })
  const ownerIn = async (pack: CityPack) => {
    const { version } = await loadPack(town.store, pack)
    town.runtime.signals.raise('register')
    return (await town.runtime.cityFor(version)).components.get('A1')?.owner
  }
  expect(await ownerIn(named(undefined))).toBe('water')
  expect(await ownerIn(named('housing'))).toBe('housing')
})
