// A whole history in memory: planned, simulated, and put right until its counts are exact and only some cases are left
// open at its end. The same period, city and staff make the same history.
import { isFinal, type CaseState } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { cityDay, dayStart } from '#domain/city-time.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/days.ts'
import type { TaskKind } from '#domain/task.ts'
import { dice } from '#scripts/life/chance.ts'
import { fateOf } from '#scripts/life/fate.ts'
import type { Hours } from '#scripts/life/hours.ts'
import type { Town } from '#scripts/life/town.ts'
import { openWays } from '#scripts/life/ways.ts'
import { caseNo, receiptNo } from '#store/numbers.ts'
import { chooseOpen } from './open-cases.ts'
import type { People } from './people.ts'
import { type Period, quarterEnd } from './period.ts'
import { openPictures, type Picture } from './pictures.ts'
import { type PlannedCase, planCases } from './plan.ts'
import { type Life, PENDING_NUMBER, simulate, type World } from './simulate.ts'

export interface MakeContext {
  period: Period
  town: Town
  city: City
  people: People
  assigneeFor(kind: TaskKind, state: CaseState): string | undefined
  /** Given a chance to let others run: the whole takes some seconds. */
  breathe(): Promise<void>
}

export interface History {
  period: Period
  lives: Life[]
  pictures: Picture[]
  counts: { reported: number; filed: number; closed: number; open: number }
}

export async function makeHistory(context: MakeContext): Promise<History> {
  const { period, town, city, people, breathe } = context
  const plans = planCases({ period, town, city, people, receiptNo })
  const { exceptions } = city.pack.policies
  const mustShow = exceptions?.return?.evidence === true || exceptions?.suspension?.proof === true
  const pictures = openPictures(town.timeZone, mustShow)
  const world = worldOf(context, pictures.ids)
  const lives: Life[] = []
  for (const [i, plan] of plans.entries()) {
    lives.push(simulate(plan, world, period.until))
    if (i % 250 === 0) await breathe()
  }
  const again = (i: number) => {
    const life = lives[i]
    if (life) lives[i] = simulate(life.plan, world, period.until)
  }
  fileInTime(lives, period, town.timeZone, again)
  fileExactly(lives, period, town.timeZone, again)
  stickLate(lives, period, town.timeZone, (plan) => world.ways(plan).unit(plan.unit), again)
  for (const i of chooseOpen(lives, period)) again(i)
  closeExactly(lives, period, town.timeZone, again)
  picture(lives, period, again)
  giveNumbers(lives, town.timeZone)
  return { period, lives, pictures: pictures.drawn(lives), counts: countsOf(lives, period, town.timeZone) }
}

export function worldOf({ city, town, people, assigneeFor }: MakeContext, photos: World['photos']): World {
  const streets = new Map(town.ground.spots.map((s) => [s.grid, s.street]))
  // One set of ways for all cases: only the fate is the case's own.
  let plan: PlannedCase | undefined
  const ways = openWays(
    city,
    () => streets.get(plan?.incident.grid ?? ''),
    (c) => {
      if (!plan) throw new Error('a fate was asked for before a case was begun')
      // Given to another unit, it falls anew what that one makes of it.
      if (c.department === undefined || c.department === plan.unit || c.seen.returnAsked === 0)
        return plan.fate
      const { late, reworked } = fateOf(c.key, c.category, c.department)
      return { ...plan.fate, returned: false, late, reworked }
    },
    () => (plan ? placeNames(plan, town) : []),
  )
  return {
    city,
    people,
    assigneeFor,
    photos,
    ways(next) {
      plan = next
      return ways
    },
  }
}

/** The narrowest first: what a squad, a community's committee or an estate's service is named after. */
function placeNames({ incident: { grid, address, position } }: PlannedCase, town: Town): string[] {
  const { names } = town.ground
  const spot = town.ground.spotAt(position)
  const zone = spot?.kind === 'estate' || spot?.kind === 'water' ? [spot.name] : []
  const lake = address.includes('南湖') ? ['南湖'] : []
  const of = [spot?.community, spot?.street].map((code) => names.get(code ?? '') ?? '')
  return [...zone, ...lake, ...of, names.get(grid) ?? '']
}

export function countsOf(lives: readonly Life[], period: Period, timeZone: string): History['counts'] {
  const end = quarterEnd(period, timeZone)
  const before = (at: number | undefined) => at !== undefined && at < end
  return {
    reported: lives.filter((l) => l.plan.at < end && l.plan.incident.selfHandled === undefined).length,
    filed: lives.filter((l) => before(l.filedAt)).length,
    closed: lives.filter((l) => before(l.closedAt)).length,
    open: lives.filter((l) => !isFinal(l.state.status)).length,
  }
}

/** What was reported on the last evening of the quarter is filed before it ends. */
function fileInTime(
  lives: readonly Life[],
  period: Period,
  timeZone: string,
  again: (i: number) => void,
): void {
  const end = quarterEnd(period, timeZone)
  for (const [i, { plan, filedAt }] of lives.entries()) {
    if (plan.at >= end || plan.fate.notFiled || plan.incident.selfHandled !== undefined) continue
    if (filedAt !== undefined && filedAt < end) continue
    plan.directive = { ...plan.directive, fileBy: end - 1000 }
    again(i)
  }
}

/** Where the rules or the people on site saw it otherwise than planned, others make up for it. */
function fileExactly(
  lives: readonly Life[],
  period: Period,
  timeZone: string,
  again: (i: number) => void,
): void {
  for (let turn = 0; turn < 8; turn++) {
    const over = countsOf(lives, period, timeZone).filed - period.counts.filed
    if (over === 0) return
    const able = lives.flatMap(({ plan, state }, i) => {
      if (!plan.inQuarter || plan.incident.selfHandled !== undefined) return []
      const isSwing = over < 0 ? plan.fate.notFiled && state.status === 'rejected' : couldBeRefused(lives[i])
      return isSwing ? [{ i, plan }] : []
    })
    for (const { i, plan } of able.slice(0, Math.abs(over))) {
      plan.fate = { ...plan.fate, notFiled: over > 0 }
      again(i)
    }
  }
  throw new Error('the filings of the history do not come out as stated')
}

const couldBeRefused = (life: Life | undefined): boolean =>
  life !== undefined &&
  life.plan.risk === 'normal' &&
  life.plan.incident.source === 'grid' &&
  life.state.status === 'closed' &&
  !life.plan.fate.late &&
  !life.plan.fate.reworked &&
  !life.plan.fate.returned

/** Of the last day's closings so many may be put off to the next without anybody wondering. */
const PUT_OFF = 40

/**
 * What a quarter leaves open is mostly what was late already, and more of it the nearer to its end: some of those cases
 * are not done before weeks after it.
 */
function stickLate(
  lives: readonly Life[],
  period: Period,
  timeZone: string,
  unitHours: (plan: PlannedCase) => Hours,
  again: (i: number) => void,
): void {
  const end = quarterEnd(period, timeZone)
  const over = countsOf(lives, period, timeZone).closed - period.counts.closed - PUT_OFF
  const length = end - dayStart(period.from, timeZone)
  const able = lives
    .map(({ plan, state, closedAt }, i) => ({ i, plan, state, closedAt: closedAt ?? end }))
    .filter((c) => c.plan.inQuarter && c.plan.fate.late && c.state.wasOverdue && c.closedAt < end)
    .filter((c) => c.state.rounds.length === 1)
    .map((c) => ({ ...c, rank: ((end - c.plan.at) / length) * 0.9 + dice(c.plan.id, 'stick') }))
    .sort((a, b) => a.rank - b.rank)
  for (const { i, plan } of able.slice(0, Math.max(0, over))) {
    const hours = unitHours(plan)
    const last = end + 0.8 * (period.until - end)
    const wanted = hours.add(end, -6 * 8 * HOUR_MS * Math.log(1 - dice(plan.id, 'weeks')))
    const at = wanted < last ? wanted : hours.opening(end + dice(plan.id, 'sooner') * (last - end))
    plan.directive = { ...plan.directive, replyAfter: Math.round(at) }
    again(i)
  }
}

/** How far before the quarter's end a closing may be moved over it. */
const MOVABLE_MS = 12 * DAY_MS

/** Moves closings over the end of the quarter, one way or the other, until there are as many as stated. */
function closeExactly(
  lives: readonly Life[],
  period: Period,
  timeZone: string,
  again: (i: number) => void,
): void {
  const end = quarterEnd(period, timeZone)
  for (let turn = 0; turn < 8; turn++) {
    const over = countsOf(lives, period, timeZone).closed - period.counts.closed
    if (over === 0) return
    const able = lives
      .map(({ plan, closedAt, filedAt }, i) => ({
        i,
        plan,
        closedAt: closedAt ?? 0,
        filedAt: filedAt ?? end,
      }))
      .filter((c) => c.closedAt > 0 && c.filedAt < end)
    const chosen =
      over > 0
        ? able
            .filter((c) => c.closedAt < end && c.closedAt > end - MOVABLE_MS)
            .sort((a, b) => b.closedAt - a.closedAt)
        : able
            .filter((c) => c.closedAt >= end && c.filedAt < end - 2 * HOUR_MS)
            .sort((a, b) => a.closedAt - b.closedAt)
    if (chosen.length < Math.abs(over))
      throw new Error(
        `the history cannot close ${period.counts.closed} cases in its quarter: ${over} too many`,
      )
    for (const { i, plan } of chosen.slice(0, Math.abs(over))) {
      const next = end + 8 * HOUR_MS + Math.floor(dice(plan.id, 'next-day') * 2 * HOUR_MS)
      const { closeAfter: _, ...rest } = plan.directive
      plan.directive =
        over > 0
          ? { ...rest, closeAfter: next }
          : { ...rest, finishBy: end - Math.floor((5 + dice(plan.id, 'last-day') * 170) * MINUTE_MS) }
      again(i)
    }
  }
  throw new Error('the closings of the history do not come out as stated')
}

const PICTURED_MS = 3 * DAY_MS

/** Photos are drawn for what is open, and for what was reported in the last days. */
function picture(lives: readonly Life[], period: Period, again: (i: number) => void): void {
  for (const [i, { plan, state }] of lives.entries()) {
    if (isFinal(state.status) && plan.at < period.until - PICTURED_MS) continue
    plan.pictured = true
    again(i)
  }
}

/** Case numbers by day in the order of filing, as the number series would have given them. */
export function giveNumbers(lives: readonly Life[], timeZone: string): void {
  const filed = lives.filter((l) => l.filedAt !== undefined)
  filed.sort((a, b) => (a.filedAt ?? 0) - (b.filedAt ?? 0) || (a.plan.id < b.plan.id ? -1 : 1))
  const used = new Map<string, number>()
  for (const life of filed) {
    const day = cityDay(life.filedAt ?? 0, timeZone)
    const n = (used.get(day) ?? 0) + 1
    used.set(day, n)
    const event = life.events.find((e) => e.type === 'filed')
    if (!event || event.payload.caseNo !== PENDING_NUMBER)
      throw new Error(`${life.plan.receiptNo} was not filed`)
    const number = caseNo(String(event.payload.category), day, n)
    for (const e of life.events) if (e.payload.caseNo === PENDING_NUMBER) e.payload.caseNo = number
    life.state = { ...life.state, caseNo: number }
  }
}
