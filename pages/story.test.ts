// The main story through the pages, from report to closing: each role in a browser of its own, all of them open at once and
// following by themselves, and the wall moving by exactly one at each step.
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ApiCase } from '#scripts/traffic/client.ts'
import { decide, inHand } from './testing/centre-steps.ts'
import { PATIENCE, PHONE, WALL } from './testing/open-pages.ts'
import { look, phoneAt, picture, report } from './testing/phone-steps.ts'
import { systemPages } from './testing/system-pages.ts'
import { inSection, openCase, reply } from './testing/unit-steps.ts'

interface Place {
  code: string
  name: string
  kind: string
  centre: { lng: number; lat: number }
}
interface Log {
  items: { no: number; type: string; at: string; actor: { kind: string; post?: string } }[]
}
type Totals = Record<string, number>

const SHOWN = ['reported', 'accepted', 'filed', 'dispatched', 'replied', 'checked', 'closed'] as const

let wall: Page
const stage = systemPages()
const { as } = stage

const zoneOf = async (kind: string, named?: string) => {
  const { items } = await (await as('grid')).get<{ items: Place[] }>('/zones')
  const zone = items.find((z) => z.kind === kind && (named === undefined || z.name.includes(named)))
  if (!zone) throw new Error(`the demo city has no ${kind} zone ${named ?? ''}`)
  return zone
}

const read = async (id: string) => (await as('duty')).get<ApiCase & Record<string, unknown>>(`/cases/${id}`)

const totals = async () => (await (await as('duty')).get<{ totals: Totals }>('/board?scope=city')).totals

const shown = async (): Promise<Totals> => {
  const out: Totals = {}
  for (const metric of SHOWN)
    out[metric] = Number(await wall.locator(`[data-metric="${metric}"] dd`).textContent())
  return out
}

/** Does a step and sees exactly these counts move by one, at the API and on the wall. */
async function moves<T>(metrics: readonly string[], step: () => Promise<T>): Promise<T> {
  const before = await totals()
  const wanted = Object.fromEntries(SHOWN.map((m) => [m, (before[m] ?? 0) + (metrics.includes(m) ? 1 : 0)]))
  const result = await step()
  await expect
    .poll(async () => Object.fromEntries(Object.entries(await totals()).filter(([m]) => m in wanted)), {
      timeout: 60_000,
    })
    .toEqual(wanted)
  await expect.poll(shown, { timeout: 60_000 }).toEqual(wanted)
  return result
}

beforeAll(async () => {
  wall = await stage.open('wall', '/wall', WALL)
  await wall.locator('[data-metric="reported"] dd').waitFor()
})

describe('floating litter on the north canal', () => {
  it('goes from report to closing on the pages of those who see to it, each count by one', {
    timeout: 300_000,
  }, async () => {
    const canal = await zoneOf('water', '北渠')
    const [grid, duty, unit, field, list] = await Promise.all([
      stage.open('grid', '/report', phoneAt(canal.centre)),
      stage.open('duty', '/duty'),
      stage.open('dept-water', '/department'),
      stage.open('supervisor', '/check', phoneAt(canal.centre)),
      stage.open('head', '/cases'),
    ])
    await duty.getByText('现在没有等您决策的案件').waitFor(PATIENCE)

    // 06:37 in Chibi: seen, photographed, sent; rules accept it.
    const receiptNo = await moves(['reported', 'accepted'], async () =>
      report(grid, {
        at: canal.centre,
        category: '水域不洁',
        words: '北渠桥东侧约20米渠面有漂浮垃圾',
        picture: await picture('story', 'before'),
      }),
    )
    expect(receiptNo).toMatch(/^R\d{8}\d+$/)
    const { id } = await read(receiptNo)
    const row = list.locator(`[data-case="${id}"]`)
    await row.getByText('已受理').waitFor(PATIENCE)
    const resident = await stage.open(undefined, `/track/${receiptNo}`, PHONE)
    await resident.getByText('水域不洁').waitFor(PATIENCE)

    // 08:33: filed by one key; rules dispatch it to whose canal it is.
    await inHand(duty).getByRole('link', { name: receiptNo }).waitFor(PATIENCE)
    await moves(['filed', 'dispatched'], () => decide(duty, 'Enter'))
    const { caseNo, routing } = await read(id)
    expect(caseNo).toMatch(/^E0125\d{8}\d{4,}$/)
    expect(JSON.stringify(routing)).toContain(canal.code)
    await row.getByText('剩', { exact: false }).waitFor(PATIENCE)

    // The bureau signs for it, and at 11:48 replies with a photo.
    await inSection(unit, 'acknowledge', 1)
    const panel = await openCase(unit, 'acknowledge', id)
    await panel.getByText(String(caseNo)).first().waitFor(PATIENCE)
    await moves([], () => panel.getByRole('button', { name: '签收', exact: true }).click())
    await inSection(unit, 'unit', 1)
    await openCase(unit, 'unit', id)
    await moves(['replied'], async () => reply(panel, '已打捞清理完毕', await picture('story', 'after')))
    await inSection(unit, 'replied', 1)

    // 14:10: somebody else looks; 14:16: closed from the pictures.
    await moves(['checked'], async () =>
      look(field, {
        at: canal.centre,
        category: '水域不洁',
        result: '已处置',
        picture: await picture('story seen', 'after'),
      }),
    )
    await duty.keyboard.press('y')
    await duty.locator(`[data-card="${id}"] img`).nth(1).waitFor(PATIENCE)
    await duty.getByRole('region', { name: '决策', exact: true }).waitFor(PATIENCE)
    await moves(['closed'], () => decide(duty, 'Enter'))
    await inSection(unit, 'replied', 0)
    await resident.getByText('到现场看过，确实办好了').waitFor(PATIENCE)

    const log = (await (await as('duty')).get<Log>(`/cases/${id}/events`)).items
    expect(log.map((e) => [e.type, e.actor.kind === 'rule' ? 'rule' : e.actor.post])).toEqual([
      ['reported', 'grid-member'],
      ['screened', 'rule'],
      ['accepted', 'rule'],
      ['decision-awaited', 'rule'],
      ['filed', 'duty-manager'],
      ['dispatched', 'rule'],
      ['acknowledged', 'department-officer'],
      ['replied', 'department-officer'],
      ['check-requested', 'rule'],
      ['passed', 'supervisor'],
      ['closed', 'duty-manager'],
    ])
    expect(log.every((e) => !Number.isNaN(Date.parse(e.at)))).toBe(true)

    await wall.locator('[data-metric="closed"] button').click()
    await wall.locator('dialog', { hasText: String(caseNo) }).waitFor()
    await wall.keyboard.press('Escape')
    await wall.locator('dialog').waitFor({ state: 'detached' })
  })

  it('reaches the sanitation office by rule alone when it is litter on a main road', {
    timeout: 60_000,
  }, async () => {
    const road = await zoneOf('main-road')
    const grid = await as('grid')
    const made = await moves(['reported', 'accepted', 'filed', 'dispatched'], () =>
      grid.post<ApiCase>('/cases', {
        description: '人行道上有一袋生活垃圾',
        location: road.centre,
        categoryCode: 'E0110',
        source: 'grid',
      }),
    )
    expect((await read(made.id)).department).toBe('sanitation')
  })
})

describe('a hard end', () => {
  it('loses nothing accepted, and the wall comes back by itself', async () => {
    const road = await zoneOf('main-road')
    const grid = await as('grid')
    const before = await totals()
    const made = await Promise.all(
      Array.from({ length: 5 }, (_, i) =>
        grid.post<ApiCase>('/cases', {
          description: `路面有垃圾 ${i}`,
          location: road.centre,
          categoryCode: 'E0110',
          source: 'grid',
        }),
      ),
    )
    await stage.system.kill()
    await stage.system.restart()
    // A step under way when the process died waits until its job's lock has run out.
    for (const c of made)
      await expect.poll(async () => (await read(c.id)).status, { timeout: 60_000 }).toBe('dispatched')
    const wanted = (before.dispatched ?? 0) + 5
    await expect.poll(async () => (await totals()).dispatched, { timeout: 60_000 }).toBe(wanted)
    await expect.poll(async () => (await shown()).dispatched, { timeout: 40_000 }).toBe(wanted)
  })
})
