// periods.csv, optional: the weeks, months, quarters and years of a city that does not count by the calendar's own.
import type { PeriodKind } from '#domain/city/indicators.ts'
import type { PackPeriod } from '#domain/city/types.ts'
import { addDays, parseDay } from '#domain/days.ts'
import type { Findings, Placed } from './findings.ts'
import type { PackSource } from './source.ts'
import { readTable } from './table.ts'
import { keyMeant, keysWithWords } from './words.ts'
import type { Words } from './words.ts'

export const PERIODS = 'periods.csv'

export const PERIOD_COLUMNS = [
  { name: 'kind', zh: '类型', required: true, fill: true, hint: 'week周、month月、quarter季、year年' },
  { name: 'name', zh: '名称', required: true, reads: 'text', hint: '同类型内不重复，如2026-10' },
  { name: 'from', zh: '起始日期', required: true, reads: 'date' },
  { name: 'to', zh: '截止日期', required: true, reads: 'date', hint: '含当日' },
] as const

export const PERIOD_WORDS: Words<PeriodKind> = {
  week: ['周'],
  month: ['月'],
  quarter: ['季', '季度'],
  year: ['年', '年度'],
}

/** Days that a period of the kind may reasonably have; others are remarked on. */
const USUAL_DAYS: Record<PeriodKind, [least: number, most: number]> = {
  week: [4, 14],
  month: [20, 45],
  quarter: [60, 120],
  year: [330, 400],
}

/** In order of kind and date; empty when there is no such file. */
export async function readPeriods(
  source: PackSource,
  today: string,
  findings: Findings,
): Promise<Placed<PackPeriod>[]> {
  const rows = await readTable(source, PERIODS, PERIOD_COLUMNS, findings, { optional: true })
  const periods: Placed<PackPeriod>[] = []
  for (const { line, cells } of rows ?? []) {
    const at = (field: string) => ({ file: PERIODS, row: line, field })
    const kind = keyMeant(cells.kind, PERIOD_WORDS)
    if (!kind)
      findings.fault(
        at('kind'),
        `"${cells.kind}" is not week, month, quarter or year`,
        `“${cells.kind}”须为以下之一：${keysWithWords(PERIOD_WORDS)}`,
      )
    const dates = (['from', 'to'] as const).map((field) => {
      const day = parseDay(cells[field])
      if (day === undefined)
        findings.fault(
          at(field),
          `"${cells[field]}" is not a date YYYY-MM-DD`,
          `“${cells[field]}”不是日期（年-月-日，如2026-10-26）`,
        )
      return day
    })
    const [from, to] = dates
    if (!kind || from === undefined || to === undefined) continue
    const days = to - from + 1
    const [least, most] = USUAL_DAYS[kind]
    if (days < 1)
      findings.fault(at('to'), `ends on ${cells.to}, before it begins`, `截止日期${cells.to}早于起始日期`)
    else if (days < least || days > most)
      findings.warn(
        at('to'),
        `${days} days are unusual for a ${kind}`,
        `共${days}天，与“${PERIOD_WORDS[kind][0]}”不符，请核对`,
      )
    periods.push({ row: line, value: { kind, name: cells.name, from: cells.from, to: cells.to } })
  }
  const kinds = Object.keys(PERIOD_WORDS) as PeriodKind[]
  return kinds.flatMap((kind) => {
    const own = periods.filter((p) => p.value.kind === kind)
    own.sort((a, b) => (a.value.from < b.value.from ? -1 : 1))
    checkRow(own, kind, today, findings)
    return own
  })
}

function checkRow(
  own: readonly Placed<PackPeriod>[],
  kind: PeriodKind,
  today: string,
  findings: Findings,
): void {
  const zh = PERIOD_WORDS[kind][0]
  const names = new Map<string, number>()
  own.forEach(({ row, value }, i) => {
    const at = (field: string) => ({ file: PERIODS, row, field })
    const taken = names.get(value.name)
    if (taken === undefined) names.set(value.name, row)
    else
      findings.fault(
        at('name'),
        `"${value.name}" is already in row ${taken}`,
        `“${value.name}”与第${taken}行重复`,
      )
    const before = own[i - 1]
    if (!before) return
    const next = addDays(before.value.to, 1)
    if (value.from < next)
      findings.fault(
        at('from'),
        `${value.name} begins on ${value.from}, when ${before.value.name} (row ${before.row}) has not ended`,
        `${value.name}自${value.from}起，与${before.value.name}（第${before.row}行）重叠`,
      )
    else if (value.from > next)
      findings.warn(
        at('from'),
        `no ${kind} holds ${next} to ${addDays(value.from, -1)}`,
        `${next}至${addDays(value.from, -1)}不属于任何${zh}`,
      )
  })
  const last = own.at(-1)
  if (last && last.value.to < today)
    findings.warn(
      { file: PERIODS, row: last.row, field: 'to' },
      `the last ${kind} ended on ${last.value.to}`,
      `最后一个${zh}已于${last.value.to}结束，请补充`,
    )
}
