// What a board says at an instant: the JSON of GET /board, and the same figures for the wall and the desks.
// Pure arithmetic over BoardState; it names nothing (names are the city's) and knows no history beyond today's counts.
import { STATUSES, type Light, type Source, type Status, type WaitsFor } from './case.ts'
import { METRICS, type BoardCase, type BoardState, type Metric } from './board.ts'
import type { BandRow } from './month.ts'
import { type MonthFigures, monthFigures } from './month-figures.ts'

/** `city`, `area:CODE` or `department:CODE`. */
export type Scope = string

/**
 * Where an open case can wait, in the order of the work. `accept` 待受理, `file` 待立案, `dispatch` 待派遣,
 * `acknowledge` 待签收, `handle` 处置中, `check` 待核查, `close` 待结案. Suspended cases stand outside.
 */
export const STAGES = ['accept', 'file', 'dispatch', 'acknowledge', 'handle', 'check', 'close'] as const
export type Stage = (typeof STAGES)[number]

const STAGE_OF = {
  reported: 'accept',
  accepted: 'file',
  filed: 'dispatch',
  dispatched: 'acknowledge',
  handling: 'handle',
  replied: 'check',
  checked: 'close',
} as const satisfies Partial<Record<Status, Stage>>

/** Stage a case waits in; undefined when it is suspended or over. */
export const stageOf = (c: { status: Status }): Stage | undefined =>
  (STAGE_OF as Partial<Record<Status, Stage>>)[c.status]

/** Instant at which the present stage should be over: the handling deadline, or the stage's own limit. */
export const stageDueAt = (c: BoardCase): number | undefined => c.stageDueAt

/** The unit's clock runs: after the reply, waiting for check or closing never counts against the unit. */
export const isRunning = (c: BoardCase) => c.status === 'dispatched' || c.status === 'handling'

/** Past its deadline with the clock still running. The light is a feed fact, so this is exact at a seq. */
export const isOverdue = (c: BoardCase) => isRunning(c) && c.light === 'red'

/** 将超期: past the warning share of its limit, not yet over it. */
export const isDueSoon = (c: BoardCase) => isRunning(c) && c.light === 'yellow'

/** The light while the unit's clock runs; afterwards, and before dispatch, `none`. So red counts what is overdue now. */
export const runningLight = (c: BoardCase): Light => (isRunning(c) ? c.light : 'none')

const RANK: Record<Light, number> = { none: 0, green: 1, yellow: 2, red: 3 }

/** 主灯: the worse of the unit's running light and the outside due time's, for the centre. Nothing is counted by it. */
export const leadingLight = (c: BoardCase): Light => {
  const [own, outside] = [runningLight(c), c.outsideLight ?? 'none']
  return RANK[outside] > RANK[own] ? outside : own
}

/** Every unit that it counts for, from the first level down. */
export const unitsOfCase = (c: BoardCase): readonly string[] =>
  c.unitPath ?? (c.department === undefined ? [] : [c.department])

/** 二级超期: the second-level unit is past its own limit, whether the case is overdue or not. */
export const isUnitOverdue = (c: BoardCase): boolean => c.unitOverdue === true && isRunning(c)

/** A department answers for the cases that it leads or was passed, and for those of units below it; never as a co-unit. */
export function inScope(c: BoardCase, scope: Scope): boolean {
  if (scope === 'city') return true
  const [kind, code] = splitScope(scope)
  if (kind === 'department') return unitsOfCase(c).includes(code)
  return c.area === code || c.areaPath.includes(code)
}

const splitScope = (scope: Scope): [string, string] => {
  const at = scope.indexOf(':')
  return at < 0 ? [scope, ''] : [scope.slice(0, at), scope.slice(at + 1)]
}

export const casesIn = (state: BoardState, scope: Scope): BoardCase[] =>
  scope === 'city' ? [...state.cases.values()] : [...state.cases.values()].filter((c) => inScope(c, scope))

export type Today = Record<Metric, number>

/** Today's counts under one key (`city`, `department:CODE`, …); what was never counted is 0. */
export const todayOf = (state: BoardState, key: string): Today =>
  Object.fromEntries(METRICS.map((metric) => [metric, state.counts.get(`${key}|${metric}`)?.n ?? 0])) as Today

export interface WaitingRow {
  who: WaitsFor['who']
  action: string
  n: number
  /** Epoch ms. */
  oldestSince: number
}

/** What waits for a person's decision, longest wait first. */
export function waitingRows(cases: Iterable<BoardCase>): WaitingRow[] {
  const rows = new Map<string, WaitingRow>()
  for (const { waitsFor } of cases) {
    if (!waitsFor) continue
    const key = `${waitsFor.who}|${waitsFor.action}`
    const row = rows.get(key)
    if (!row) {
      rows.set(key, { who: waitsFor.who, action: waitsFor.action, n: 1, oldestSince: waitsFor.since })
      continue
    }
    row.n += 1
    row.oldestSince = Math.min(row.oldestSince, waitsFor.since)
  }
  return [...rows.values()].sort(
    (a, b) => a.oldestSince - b.oldestSince || compare(`${a.who}|${a.action}`, `${b.who}|${b.action}`),
  )
}

export interface StageRow {
  stage: Stage
  n: number
  /** Case waiting longest in this stage. */
  oldest?: BoardCase
  /** Cases past the stage's own limit. */
  overLimit: number
}

/** One row a stage, empty ones too, in the order of the work. */
export function stageRows(cases: Iterable<BoardCase>, now: number): StageRow[] {
  const rows = new Map<Stage, StageRow>(STAGES.map((stage) => [stage, { stage, n: 0, overLimit: 0 }]))
  for (const c of cases) {
    const stage = stageOf(c)
    const row = stage && rows.get(stage)
    if (!row) continue
    row.n += 1
    if (!row.oldest || c.since < row.oldest.since || (c.since === row.oldest.since && c.id < row.oldest.id)) {
      row.oldest = c
    }
    const due = stageDueAt(c)
    if (due !== undefined && due <= now) row.overLimit += 1
  }
  return [...rows.values()]
}

export interface Load {
  open: number
  overdue: number
}
export interface CodeLoad extends Load {
  code: string
}

/** Open and overdue by a key of the case; a case may count under several keys (an area and those above it). */
export function loadBy(cases: Iterable<BoardCase>, keys: (c: BoardCase) => readonly string[]): CodeLoad[] {
  const rows = new Map<string, CodeLoad>()
  for (const c of cases) {
    for (const code of keys(c)) {
      const row = rows.get(code) ?? { code, open: 0, overdue: 0 }
      rows.set(code, row)
      row.open += 1
      if (isOverdue(c)) row.overdue += 1
    }
  }
  return [...rows.values()].sort(byCode)
}

/** The first-level unit that answers: its rows add up to the whole. */
export const departmentKey = (c: BoardCase): readonly string[] => unitsOfCase(c).slice(0, 1)
/** Units below the first level that have it: their cases are in the first level's rows already. */
export const secondLevelKeys = (c: BoardCase): readonly string[] => unitsOfCase(c).slice(1)
export const areaKeys = (c: BoardCase): readonly string[] =>
  c.area === undefined || c.areaPath.includes(c.area) ? c.areaPath : [...c.areaPath, c.area]
const categoryKey = (c: BoardCase) => (c.category === undefined ? [] : [c.category])
const sourceKey = (c: BoardCase) => [c.source]

/** The worst first: overdue, then open, then code so that equal rows keep their places. */
export const worstFirst = (a: CodeLoad, b: CodeLoad) =>
  b.overdue - a.overdue || b.open - a.open || compare(a.code, b.code)

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const byCode = (a: CodeLoad, b: CodeLoad) => compare(a.code, b.code)

export interface HourRow {
  /** Hour of the city day, 0 … 23. */
  hour: number
  reported: number
  closed: number
}

/** The day by hour; only the whole city is counted by hour, so other scopes have no rows. */
export function hourRows(state: BoardState, scope: Scope): HourRow[] {
  if (scope !== 'city') return []
  return Array.from({ length: 24 }, (_, hour) => {
    const key = `hour:${String(hour).padStart(2, '0')}`
    return {
      hour,
      reported: state.counts.get(`${key}|reported`)?.n ?? 0,
      closed: state.counts.get(`${key}|closed`)?.n ?? 0,
    }
  })
}

/** Open cases by the light of their running clock. */
export function lightCounts(cases: Iterable<BoardCase>): Record<Light, number> {
  const lights: Record<Light, number> = { green: 0, yellow: 0, red: 0, none: 0 }
  for (const c of cases) lights[runningLight(c)] += 1
  return lights
}

/** A row of a breakdown. `today` is absent outside the city scope. */
export interface BoardRow extends CodeLoad {
  today?: Today
}

/** `overdue` is by the case's deadline, as everywhere; `unitOverdue` by the unit's own 二级时限. */
export interface UnitRow extends BoardRow {
  unitOverdue: number
}

/** The JSON of GET /board. Instants are ISO 8601. */
export interface Board {
  epoch: string
  seq: number
  /** The instant `overLimit` is judged at. */
  asOf: string
  scope: Scope
  /** City day of the counts, `YYYY-MM-DD`. */
  day: string
  totals: Today
  byStatus: Record<Status, number>
  /** First-level units, with all below them: each case once. */
  byDepartment: BoardRow[]
  /** Units below the first level 二级单位: the same cases again. */
  byUnit: UnitRow[]
  byArea: BoardRow[]
  byCategory: BoardRow[]
  bySource: (Load & { source: Source; today?: Today })[]
  hourly: HourRow[]
  lights: Record<Light, number>
  waiting: { who: WaitsFor['who']; action: string; n: number; oldestSince: string }[]
  stages: { stage: Stage; n: number; oldestSince?: string; overLimit: number }[]
  /** Open urgent cases 急要件. */
  urgent: number
  open: number
  overdue: number
  /** Of the cases dispatched in this month, as they stand; absent before the first fact. */
  month?: MonthFigures
  /** Of those dispatched in the month before, up to the same day. */
  monthBefore?: MonthFigures
  /** 今日到期应结: cases whose due time falls on `day`, and those of them that are closed. */
  dueToday: { n: number; closed: number }
  /** Reports by hour on the last four same weekdays; of the city only, absent with fewer than two such days. */
  band?: BandRow[]
}

/**
 * The board of a scope at `now`. Equal states give equal boards, whatever messages led to them.
 * Breakdowns carry today's counts in the city scope only: there those counts are the scope's own.
 * @param isSecondLevel tells the level of a unit that was counted today and has nothing open
 */
export function boardView(
  state: BoardState,
  now: number,
  scope: Scope,
  isSecondLevel: (unit: string) => boolean = () => false,
): Board {
  const cases = casesIn(state, scope)
  const [kind, own] = splitScope(scope)
  const areas = kind === 'area' ? (c: BoardCase) => from(areaKeys(c), own) : areaKeys
  const rows = (prefix: string, keys: (c: BoardCase) => readonly string[]): BoardRow[] =>
    scope === 'city' ? withToday(state, prefix, loadBy(cases, keys)) : loadBy(cases, keys)
  const units = rows('department', unitsOfCase)
  const below = new Set(cases.flatMap(secondLevelKeys))
  const isFirst = ({ code }: BoardRow) => !below.has(code) && !isSecondLevel(code)
  return {
    epoch: state.epoch,
    seq: state.seq,
    asOf: new Date(now).toISOString(),
    scope,
    day: state.day,
    totals: todayOf(state, scope),
    byStatus: countStatuses(cases),
    byDepartment: units.filter(isFirst),
    byUnit: units
      .filter((row) => !isFirst(row))
      .map((row) => ({
        ...row,
        unitOverdue: cases.filter((c) => c.unit === row.code && isUnitOverdue(c)).length,
      })),
    byArea: rows('area', areas),
    byCategory: rows('category', categoryKey),
    bySource: rows('source', sourceKey).map(({ code, ...rest }) => ({ source: code as Source, ...rest })),
    hourly: hourRows(state, scope),
    lights: lightCounts(cases),
    waiting: waitingRows(cases).map((w) => ({ ...w, oldestSince: new Date(w.oldestSince).toISOString() })),
    stages: stageRows(cases, now).map(({ oldest, ...row }) =>
      oldest ? { ...row, oldestSince: new Date(oldest.since).toISOString() } : row,
    ),
    urgent: cases.filter((c) => c.urgent).length,
    open: cases.length,
    overdue: cases.filter(isOverdue).length,
    ...months(state, scope, isSecondLevel),
    dueToday: {
      n: state.counts.get(`${scope}|dueToday`)?.n ?? 0,
      closed: state.counts.get(`${scope}|dueTodayClosed`)?.n ?? 0,
    },
    ...(scope === 'city' && state.band ? { band: state.band } : {}),
  }
}

function months(
  state: BoardState,
  scope: Scope,
  isSecondLevel: (unit: string) => boolean,
): Pick<Board, 'month' | 'monthBefore'> {
  const month = monthFigures(state, scope, 'month', isSecondLevel)
  const monthBefore = monthFigures(state, scope, 'before', isSecondLevel)
  return { ...(month ? { month } : {}), ...(monthBefore ? { monthBefore } : {}) }
}

const TODAY: ReadonlySet<string> = new Set(METRICS)

/** Adds today's counts, and rows for keys that were counted today but have nothing open. */
function withToday(state: BoardState, prefix: string, loads: CodeLoad[]): BoardRow[] {
  const byKey = new Map(loads.map((l) => [l.code, l]))
  for (const { key, metric, n } of state.counts.values()) {
    const code = key.slice(prefix.length + 1)
    if (n > 0 && TODAY.has(metric) && key.startsWith(`${prefix}:`) && !byKey.has(code)) {
      byKey.set(code, { code, open: 0, overdue: 0 })
    }
  }
  return [...byKey.values()].sort(byCode).map((l) => ({ ...l, today: todayOf(state, `${prefix}:${l.code}`) }))
}

const countStatuses = (cases: BoardCase[]): Record<Status, number> => {
  const n = Object.fromEntries(STATUSES.map((s) => [s, 0])) as Record<Status, number>
  for (const c of cases) n[c.status] += 1
  return n
}

/** The part of a path from `code` down. */
const from = (path: readonly string[], code: string): readonly string[] => {
  const at = path.indexOf(code)
  return at < 0 ? [] : path.slice(at)
}
