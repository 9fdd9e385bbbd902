// calendars.csv: one row a season, holiday or make-up workday 调休; several seasons an owner. Layout in docs/city-pack.md.
import { calendarFaults } from '#domain/calendar-faults.ts'
import type { Calendar, Period, Season } from '#domain/calendar.ts'
import { addDays, parseDay } from '#domain/days.ts'
import { checkEnds } from './calendar-ends.ts'
import type { Findings, Placed } from './findings.ts'
import type { Known } from './known.ts'
import { listOf, readTable } from './table.ts'
import type { Row } from './table.ts'
import type { PackSource } from './source.ts'

export const CALENDARS = 'calendars.csv'

export const CALENDAR_COLUMNS = [
  { name: 'type', zh: '类型', required: true, fill: true, hint: 'season时段、holiday假日、make-up调休上班' },
  {
    name: 'owner',
    zh: '所有者',
    required: true,
    fill: true,
    hint: 'centre＝中心；或单位编码、自定名；假日可填*＝全部',
  },
  { name: 'from', zh: '起始日期', required: true, fill: true, reads: 'date' },
  { name: 'to', zh: '截止日期', fill: true, reads: 'date', hint: '时段必填；假日空＝一天' },
  { name: 'weekdays', zh: '星期', hint: '1至5写作1~5（1＝周一），或 周一至周五；make-up＝调休日的时段' },
  { name: 'periods', zh: '时段', hint: '如08:00-12:00;14:00-18:00' },
  { name: 'note', zh: '说明', reads: 'text' },
] as const

type CalendarRow = Row<(typeof CALENDAR_COLUMNS)[number]['name']>
type Kind = 'season' | 'holiday' | 'make-up'
const KINDS: Record<string, Kind> = {
  season: 'season',
  时段: 'season',
  工作时段: 'season',
  holiday: 'holiday',
  假日: 'holiday',
  节假日: 'holiday',
  'make-up': 'make-up',
  调休上班: 'make-up',
  调休: 'make-up',
}
const EVERYONE = '*'
const EVERYONE_WORDS = ['*', '全部', '所有']
const CENTRE_WORDS = ['centre', 'center', '中心', '指挥中心']

/** Owners by the codes of units, `centre`, or names of the calendar's own. */
const ownersOf = (cell: string, departments: Known): string[] =>
  listOf(cell).map((owner) => {
    if (EVERYONE_WORDS.includes(owner)) return EVERYONE
    return CENTRE_WORDS.includes(owner) ? 'centre' : (departments?.resolve(owner) ?? owner)
  })

/** Longest holiday that is taken for one and not for a slip in the year. */
const LONGEST_DAYS = 60

/** A calendar with the rows its parts came from, by the paths that `calendarFaults` uses. */
interface Draft {
  calendar: Calendar
  rows: Map<string, number>
}

/** `today` (`YYYY-MM-DD`) decides which calendars are about to end. */
export async function readCalendars(
  source: PackSource,
  timeZone: string,
  today: string,
  departments: Known,
  findings: Findings,
): Promise<Placed<Calendar>[] | undefined> {
  const rows = await readTable(source, CALENDARS, CALENDAR_COLUMNS, findings)
  if (!rows) return undefined
  const drafts = new Map<string, Draft>()
  const kinds = rows.map((row) => ({
    row,
    kind: KINDS[row.cells.type],
    owners: ownersOf(row.cells.owner, departments),
  }))
  for (const { row, kind, owners } of kinds) {
    if (kind === undefined)
      findings.fault(
        { file: CALENDARS, row: row.line, field: 'type' },
        `"${row.cells.type}" is not season, holiday or make-up`,
        `“${row.cells.type}”须为season（时段）、holiday（假日）或make-up（调休上班）`,
      )
    else if (kind === 'season') for (const owner of owners) addSeason(owner, row, timeZone, drafts, findings)
  }
  for (const { row, kind, owners } of kinds)
    if (kind === 'holiday' || kind === 'make-up') addDates(kind, row, owners, drafts, findings)
  if (!drafts.has('centre'))
    findings.fault(
      { file: CALENDARS, field: 'owner' },
      'no season of owner "centre"',
      '缺少中心（centre）的工作时段',
    )
  for (const draft of drafts.values()) reportFaults(draft, findings)
  checkEnds(
    [...drafts.values()].map(({ calendar, rows }) => ({
      calendar,
      rowOfSeason: (i) => rows.get(`seasons[${i}]`),
    })),
    today,
    CALENDARS,
    findings,
  )
  return [...drafts.values()].map(({ calendar, rows: places }) => ({
    row: places.get('seasons[0]') ?? 0,
    value: calendar,
  }))
}

function addSeason(
  owner: string,
  { line, cells }: CalendarRow,
  timeZone: string,
  drafts: Map<string, Draft>,
  findings: Findings,
): void {
  const at = (field: string) => ({ file: CALENDARS, row: line, field })
  if (owner === EVERYONE) {
    findings.fault(
      at('owner'),
      'a season names its owners; * is for holidays',
      '时段须写明所有者，*仅用于假日和调休',
    )
    return
  }
  const draft = drafts.get(owner) ?? {
    calendar: { owner, timeZone, seasons: [], holidays: [], makeUpWorkdays: [] },
    rows: new Map<string, number>(),
  }
  drafts.set(owner, draft)
  if (cells.to === '') findings.fault(at('to'), 'a season needs its last day', '时段须有截止日期')
  const { seasons } = draft.calendar
  let i = seasons.findIndex((s) => s.from === cells.from && s.to === cells.to)
  if (i < 0) i = seasons.push({ from: cells.from, to: cells.to, weekdays: {} }) - 1
  const season = seasons[i]
  if (!season) return
  const path = `seasons[${i}]`
  for (const p of [path, `${path}.from`, `${path}.to`]) if (!draft.rows.has(p)) draft.rows.set(p, line)
  const periods = readPeriods(cells.periods)
  if (!periods) {
    findings.fault(
      at('periods'),
      `"${cells.periods}" is not HH:MM-HH:MM, several separated by ;`,
      `“${cells.periods}”不是“时:分-时:分”，多段用;分隔`,
    )
    return
  }
  if (/^(make-up|调休|调休上班)$/.test(cells.weekdays)) {
    season.makeUp = periods
    draft.rows.set(`${path}.makeUp`, line)
    return
  }
  const days = readWeekdays(cells.weekdays)
  if (!days) {
    findings.fault(
      at('weekdays'),
      `"${cells.weekdays}" is not weekdays 1 (Monday) … 7, as 1-5 or 6;7`,
      `“${cells.weekdays}”不是星期1至7（如1~5、6;7或周一至周五）`,
    )
    return
  }
  for (const day of days) {
    if (season.weekdays[day])
      findings.fault(
        at('weekdays'),
        `weekday ${day} is set twice in this season`,
        `本时段内星期${day}重复设置`,
      )
    season.weekdays[day] = periods
    draft.rows.set(`${path}.weekdays.${day}`, line)
  }
}

/** `08:00-12:00;14:00-18:00`; undefined when it is not of that shape. Whether the times are times is asked elsewhere. */
export function readPeriods(cell: string): Period[] | undefined {
  const periods: Period[] = []
  for (const part of listOf(cell)) {
    const found = /^(\d{1,2}:\d\d)[-–—~～](\d{1,2}:\d\d)$/.exec(part)
    if (!found) return undefined
    const [start = '', end = ''] = [found[1], found[2]].map((t) => t?.padStart(5, '0') ?? '')
    periods.push({ start, end })
  }
  return periods.length === 0 ? undefined : periods
}

/** 周一至周五 → 1-5, 周六、周日 → 6、7, 每天 → 1-7. */
const inDigits = (cell: string) =>
  cell
    .replace(/^(每天|每日|全周)$/, '1-7')
    .replace(/周|星期|礼拜/g, '')
    .replace(/[一二三四五六日天]/g, (c) => String('一二三四五六日'.indexOf(c === '天' ? '日' : c) + 1))
    .replace(/至|到/g, '-')

type Weekday = keyof Season['weekdays']

/** `1-5`, `6;7`, 周一至周五; undefined for anything else. */
export function readWeekdays(cell: string): Weekday[] | undefined {
  const days: number[] = []
  for (const part of listOf(inDigits(cell))) {
    const [, from, to = from] = /^([1-7])(?:[-–~～]([1-7]))?$/.exec(part) ?? []
    if (from === undefined || Number(to) < Number(from)) return undefined
    for (let day = Number(from); day <= Number(to); day++) days.push(day)
  }
  return days.length === 0 ? undefined : (days as Weekday[])
}

function addDates(
  kind: 'holiday' | 'make-up',
  { line, cells }: CalendarRow,
  named: readonly string[],
  drafts: Map<string, Draft>,
  findings: Findings,
): void {
  const last = cells.to === '' ? cells.from : cells.to
  for (const [field, date] of [
    ['from', cells.from],
    ['to', last],
  ] as const)
    if (parseDay(date) === undefined) {
      findings.fault(
        { file: CALENDARS, row: line, field },
        `"${date}" is not a date YYYY-MM-DD`,
        `“${date}”不是日期（年-月-日，如2026-10-01）`,
      )
      return
    }
  const days = (parseDay(last) ?? 0) - (parseDay(cells.from) ?? 0) + 1
  if (days < 1 || days > LONGEST_DAYS) {
    findings.fault(
      { file: CALENDARS, row: line, field: 'to' },
      `${cells.from} … ${last} is ${days} days; expected 1 to ${LONGEST_DAYS}`,
      `${cells.from}至${last}共${days}天，应为1至${LONGEST_DAYS}天`,
    )
    return
  }
  const owners = named.includes(EVERYONE) ? [...drafts.keys()] : named
  for (const owner of owners) {
    const draft = drafts.get(owner)
    if (!draft) {
      findings.fault(
        { file: CALENDARS, row: line, field: 'owner' },
        `"${owner}" has no season in this file`,
        `本文件中没有“${owner}”的工作时段`,
      )
      continue
    }
    const list = kind === 'holiday' ? 'holidays' : 'makeUpWorkdays'
    for (let i = 0; i < days; i++) {
      const n = draft.calendar[list].push(addDays(cells.from, i))
      draft.rows.set(`${list}[${n - 1}]`, line)
    }
  }
}

function reportFaults({ calendar, rows }: Draft, findings: Findings): void {
  for (const { path, message, zh } of calendarFaults(calendar)) {
    if (path === 'timeZone') continue
    const row = rows.get(path) ?? rows.get(path.replace(/\[\d+\]$/, '')) ?? rows.get(path.split('.')[0] ?? '')
    const words = `${calendar.owner}: ${message}`
    findings.fault({ file: CALENDARS, row, field: fieldOf(path) }, words, `${calendar.owner}：${zh}`)
  }
}

function fieldOf(path: string): string {
  if (/\.(weekdays|makeUp)/.test(path)) return 'periods'
  if (path.endsWith('.to')) return 'to'
  return 'from'
}
