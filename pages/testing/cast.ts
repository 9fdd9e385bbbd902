// The people of a story at their pages: each role in a browser of its own, all open at once, and what they do to litter on a
// road of the sanitation office.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { beforeAll, expect } from 'vitest'
import type { ApiCase } from '#scripts/traffic/client.ts'
import { decide, takeUp, waiting } from './centre-steps.ts'
import { WALL } from './open-pages.ts'
import { type LngLat, look, phoneAt, picture, report } from './phone-steps.ts'
import { type SystemPages, systemPages } from './system-pages.ts'
import { inSection, openCase, reply } from './unit-steps.ts'

interface Place {
  kind: string
  centre: LngLat
}
interface Log {
  items: { type: string; actor: { kind: string; post?: string } }[]
}
interface Told {
  id: string
  /** By which it is found: of the receipt, or of the case. */
  number: string
  at: LngLat
}
type Role = 'grid' | 'resident' | 'operator' | 'duty' | 'unit' | 'street' | 'field' | 'wall'

export const LITTER = '暴露生活垃圾'
/** Nothing moves that has no need to: maps are drawn without a graphics card here. */
export const DESK = { reducedMotion: 'reduce' } as const

/** Opened and closed by hooks of the file that calls it; the pages are there in its tests. */
export function openCast() {
  const stage = systemPages()
  const { as } = stage
  const pages = {} as Record<Role, Page>
  /** By what happens to them. */
  const cases = new Map<string, Told>()
  let places: Place[]
  let pictures = 0

  beforeAll(async () => {
    places = (await (await as('grid')).get<{ items: Place[] }>('/zones')).items
    const phone = phoneAt(place('main-road', 0))
    const open = async (role: Role, ...given: Parameters<SystemPages['open']>) => {
      pages[role] = await stage.open(...given)
    }
    await Promise.all([
      open('grid', 'grid', '/report', phone),
      open('resident', undefined, '/report', phone),
      open('operator', 'operator', '/duty', DESK),
      open('duty', 'duty', '/duty', DESK),
      open('unit', 'dept-sanitation', '/department'),
      open('street', 'dept-st-xicheng', '/department'),
      open('field', 'supervisor', '/check', phone),
      open('wall', 'wall', '/wall', { ...WALL, ...DESK }),
    ])
  }, 120_000)

  const read = async (id: string) => (await as('duty')).get<ApiCase & Record<string, unknown>>(`/cases/${id}`)
  const told = (name: string): Told => {
    const found = cases.get(name)
    if (!found) throw new Error(`there is no case ${name}`)
    return found
  }
  const place = (kind: string, n: number): LngLat => {
    const found = places.filter((p) => p.kind === kind)[n]
    if (!found) throw new Error(`the demo city has no ${kind} zone ${n}`)
    return found.centre
  }
  /** What happened to a case and by whom, the rules' part left out. */
  const log = async (id: string) =>
    (await (await as('duty')).get<Log>(`/cases/${id}/events`)).items
      .filter((e) => e.actor.kind !== 'rule')
      .map((e) => `${e.type} ${e.actor.post ?? e.actor.kind}`)
  /** No two alike, but those of `before` by one name. */
  const another = (name: string) => {
    pictures += 1
    return picture(`${name} ${pictures}`, 'after')
  }

  /** Reported on a phone. @returns the receipt number */
  async function litter(name: string, at: LngLat, page = pages.grid): Promise<string> {
    const receiptNo = await report(page, {
      at,
      category: LITTER,
      words: `${name}：路边有垃圾`,
      picture: await picture(name, 'before'),
    })
    const { id } = await read(receiptNo)
    cases.set(name, { id, number: receiptNo, at })
    return receiptNo
  }

  /** One after the other on as many main roads: rules send them to the unit, which signs for all of them at once. */
  async function litterSignedFor(names: readonly string[]): Promise<void> {
    const { unit } = pages
    for (const [i, name] of names.entries()) {
      await litter(name, place('main-road', i))
      await inSection(unit, 'acknowledge', i + 1)
    }
    for (const name of names) told(name).number = String((await read(told(name).id)).caseNo)
    await unit.getByRole('button', { name: '全部勾选' }).click()
    await unit.getByRole('button', { name: `签收 ${names.length} 件` }).click()
    await inSection(unit, 'unit', names.length)
  }

  /** Replied by the unit from its section, seen on site with this result. @param shown of a false reply: the one of before */
  async function repliedAndSeen(
    name: string,
    section: string,
    result: string,
    shown?: Buffer,
  ): Promise<void> {
    const { id, at } = told(name)
    const panel = await openCase(pages.unit, section, id)
    await reply(panel, '已清理干净', shown ?? (await another(name)))
    await look(pages.field, { at, category: LITTER, result, picture: await another(name) })
  }

  /** Closed with the outcome of the reply; the unit's list lets go of it by itself. */
  async function closed(name: string): Promise<void> {
    await waiting(pages.duty, 'close', 1)
    await takeUp(pages.duty, told(name).number)
    await decide(pages.duty, 'Enter')
    await inSection(pages.unit, 'replied', 0)
  }

  /** `npm run audit` on it. */
  async function auditAgrees(): Promise<void> {
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/audit.ts', '--json'], {
      env: { ...process.env, DATA_DIR: stage.system.dataDir },
    })
    expect(JSON.parse(stdout)).toMatchObject([{ differences: [], found: 0 }])
  }

  return {
    ...{ stage, pages, read, told, place, log },
    ...{ litter, litterSignedFor, repliedAndSeen, closed, auditAgrees },
  }
}
