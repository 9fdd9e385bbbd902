// A recount of the board from the log alone: no fold, no state of the case, only what the events say. Slow and plain on
// purpose, to be compared with domain/board-fold.ts.
import type { Metric } from '../board.ts'
import type { TimeFact } from '../board-fold.ts'
import type { Light, Status } from '../case.ts'
import type { City } from '../city/types.ts'
import { cityDay, cityHour } from '../city-time.ts'
import type { LogEvent } from './builder.ts'

export type Fact = { event: LogEvent } | { time: TimeFact }
export const caseOf = (f: Fact) => ('event' in f ? f.event.caseId : f.time.caseId)
export const instantOf = (f: Fact) => ('event' in f ? f.event.at : f.time.at)

const ENTERS: Partial<Record<string, Status>> = {
  reported: 'reported',
  accepted: 'accepted',
  filed: 'filed',
  'return-granted': 'filed',
  dispatched: 'dispatched',
  acknowledged: 'handling',
  claimed: 'handling',
  resumed: 'handling',
  reworked: 'handling',
  reopened: 'handling',
  suspended: 'suspended',
  replied: 'replied',
  passed: 'checked',
  closed: 'closed',
  'self-handled': 'closed',
  rejected: 'rejected',
  merged: 'merged',
  voided: 'voided',
}
const COUNTED_ONCE: Partial<Record<string, Metric>> = {
  reported: 'reported',
  accepted: 'accepted',
  filed: 'filed',
  dispatched: 'dispatched',
  replied: 'replied',
  passed: 'checked',
  closed: 'closed',
  'self-handled': 'selfHandled',
  rejected: 'rejected',
  merged: 'merged',
  voided: 'voided',
}
const COUNTED_EACH: Partial<Record<string, Metric>> = {
  'return-granted': 'returned',
  reworked: 'reworked',
  reopened: 'reopened',
  overseen: 'overseen',
}
const STARTS = ['dispatched', 'reworked', 'reopened', 'resumed']
const STOPS = ['suspended', 'replied', 'self-handled', 'voided', 'return-granted']
const MOVES_SECOND = ['suspended', 'extension-granted', 'reworked', 'reopened']
const ENDS: readonly Status[] = ['closed', 'rejected', 'merged', 'voided']

export interface Recount {
  /** `day|key|metric` → n. */
  counts: Record<string, number>
  open: Record<
    string,
    {
      status: Status
      department?: string
      unit?: string
      category?: string
      round: number
      light: Light
      outsideLight?: Light
      unitOverdue?: true
    }
  >
}

interface Dates {
  dueAt: number
  warnAt: number
}

/** @param facts in the order of the feed. */
export function recount(facts: readonly Fact[], city: City): Recount {
  const result: Recount = { counts: {}, open: {} }
  for (const id of new Set(facts.map(caseOf)))
    recountCase(
      facts.filter((f) => caseOf(f) === id),
      city,
      result,
      id,
    )
  return result
}

function recountCase(facts: readonly Fact[], city: City, result: Recount, id: string): void {
  const [first] = facts.flatMap((f) => ('event' in f ? [f.event] : []))
  const report = first?.payload as {
    position: { lng: number; lat: number }
    source: string
    category?: string
    externalDueAt?: number
  }
  const areas = city.locate(report.position.lng, report.position.lat).areaPath
  let status: Status = 'reported'
  let { category } = report
  let department: string | undefined
  let second: string | undefined
  let outsideSeen: Light | undefined = report.externalDueAt === undefined ? undefined : 'green'
  let secondDueAt: number | undefined
  let secondSeenAt = 0
  let round = 1
  let clock: Dates | undefined
  let isRunning = false
  let seenAt = 0
  let wasOverdue = false
  const happened = new Set<string>()

  /** The unit, the one below it that has the case, and all above either. */
  const levels = (...of: (string | undefined)[]): Set<string> => {
    const units = new Set<string>()
    for (const code of of)
      for (let u = code; u !== undefined && !units.has(u); u = city.departments.get(u)?.parent) units.add(u)
    return units
  }
  const count = (metric: Metric, at: number, units: ReadonlySet<string>) => {
    const keys = ['city', `hour:${String(cityHour(at, city.pack.timeZone)).padStart(2, '0')}`]
    keys.push(`source:${report.source}`, ...areas.map((a) => `area:${a}`))
    if (category !== undefined) keys.push(`category:${category}`)
    for (const u of units) keys.push(`department:${u}`)
    for (const key of keys) {
      const k = `${cityDay(at, city.pack.timeZone)}|${key}|${metric}`
      result.counts[k] = (result.counts[k] ?? 0) + 1
    }
  }
  const isPastDue = (at: number) => isRunning && clock !== undefined && at > clock.dueAt && !wasOverdue

  for (const fact of facts) {
    if ('time' in fact) {
      const at = Math.max(fact.time.at, fact.time.fireAt)
      if (fact.time.kind === 'outside-yellow' || fact.time.kind === 'outside-red') {
        if (outsideSeen !== undefined && outsideSeen !== 'red')
          outsideSeen = fact.time.kind === 'outside-red' ? 'red' : 'yellow'
        continue
      }
      if (fact.time.kind === 'unit-red') {
        if (isRunning && fact.time.round === round) secondSeenAt = at
        continue
      }
      if (!isRunning || fact.time.round !== round) continue
      if (isPastDue(at)) {
        wasOverdue = true
        count('overdue', fact.time.at, levels(department, second))
      }
      seenAt = at
      continue
    }
    const { type, at } = fact.event
    const p = fact.event.payload as {
      category?: string
      department?: string
      unit?: string
      clock?: Dates
      countedAt?: number
      selfHandled?: boolean
    } & Partial<Dates>
    const overdueNow = isPastDue(p.countedAt ?? at)
    const before = levels(department, second)
    if (['accepted', 'filed'].includes(type)) category = p.category ?? category
    if (['dispatched', 'claimed'].includes(type)) department = p.department
    if (type === 'return-granted') department = undefined
    if (['reworked', 'reopened'].includes(type)) round += 1
    if (p.clock) clock = p.clock
    if (clock && p.dueAt !== undefined && p.warnAt !== undefined) clock = { dueAt: p.dueAt, warnAt: p.warnAt }
    if (type === 'return-granted') clock = undefined
    if (STARTS.includes(type)) isRunning = true
    if (isRunning) seenAt = p.countedAt ?? at
    if (STOPS.includes(type)) isRunning = false
    status = ENTERS[type] ?? status
    if (type === 'assigned') {
      second = p.unit === department ? undefined : p.unit
      secondDueAt = p.dueAt
    }
    if (['dispatched', 'return-granted'].includes(type)) second = undefined
    if (second === undefined || MOVES_SECOND.includes(type)) secondDueAt = undefined
    secondSeenAt = at
    if (ENDS.includes(status)) outsideSeen = undefined
    const unit = department === undefined ? before : levels(department, second)
    const once = COUNTED_ONCE[type]
    const isFixedAlready = type === 'reported' && p.selfHandled === true
    if (once && !happened.has(type) && !isFixedAlready) count(once, at, unit)
    happened.add(type)
    const each = COUNTED_EACH[type]
    if (each) count(each, at, unit)
    if (overdueNow) {
      wasOverdue = true
      count('overdue', at, unit)
    }
  }
  if (ENDS.includes(status)) return
  const light: Light =
    !clock || status === 'suspended'
      ? 'none'
      : seenAt > clock.dueAt
        ? 'red'
        : seenAt >= clock.warnAt
          ? 'yellow'
          : 'green'
  const isSecondLate =
    secondDueAt !== undefined && secondSeenAt > secondDueAt && ['dispatched', 'handling'].includes(status)
  result.open[id] = {
    status,
    ...(department === undefined ? {} : { department }),
    ...(second === undefined ? {} : { unit: second }),
    ...(outsideSeen === undefined ? {} : { outsideLight: outsideSeen }),
    ...(isSecondLate ? { unitOverdue: true } : {}),
    ...(category === undefined ? {} : { category }),
    round,
    light,
  }
}
