// All stated figures of the demo city beside what a stretch of the log shows of them, by section.
import type { CityPack } from '#domain/city/types.ts'
import { addDays } from '#domain/days.ts'
import type { Source } from '#domain/case.ts'
import * as rates from '#scripts/life/rates.ts'
import { dayKind, daysOffOf, HOURLY } from '#scripts/life/volume.ts'
import type { Store } from '#store/open.ts'
import {
  countedTotals,
  filedByCategory,
  gridReportsByHour,
  overallRates,
  reportsByDay,
  reportsBySource,
  type Stretch,
  unitFigures,
} from '#store/shares.ts'
import { exactly, type Line, percent, type Section, unitLines } from './compare.ts'

export interface Stated {
  counts: { reported: number; filed: number; closed: number }
}

export async function measure(
  store: Store,
  pack: Pick<CityPack, 'categories' | 'departments' | 'calendars'>,
  stretch: Stretch,
  stated: Stated,
  now: number,
): Promise<Section[]> {
  return [
    { title: 'The quarter 季度', lines: await quarter(store, stretch, stated) },
    { title: 'Sources 来源, of reports', lines: await sources(store, stretch) },
    ...(await categories(store, stretch, pack)),
    { title: 'Units 单位', lines: await units(store, stretch, pack, now) },
    { title: 'Rates 比率', lines: await overall(store, stretch) },
    { title: 'Reports of grid members by hour 时段', lines: await byHour(store, stretch) },
    { title: 'Kinds of day 日均, against a workday', lines: await byDay(store, stretch, pack) },
  ]
}

async function quarter(store: Store, stretch: Stretch, { counts }: Stated): Promise<Line[]> {
  const totals = await countedTotals(store, stretch)
  const n = (metric: string) => totals.get(metric) ?? 0
  return [
    exactly('reported 上报', counts.reported, n('reported')),
    exactly('filed 立案', counts.filed, n('filed')),
    exactly('dispatched 派遣', counts.filed, n('dispatched')),
    exactly('closed 结案', counts.closed, n('closed')),
  ]
}

async function sources(store: Store, stretch: Stretch): Promise<Line[]> {
  const is = await reportsBySource(store, stretch)
  const of = sum(is.values())
  return (Object.entries(rates.SOURCE_SHARES) as [Source, number][]).map(([source, share]) =>
    percent(source, share, { n: is.get(source) ?? 0, of }),
  )
}

async function categories(
  store: Store,
  stretch: Stretch,
  pack: Pick<CityPack, 'categories'>,
): Promise<Section[]> {
  const is = await filedByCategory(store, stretch)
  const of = sum(is.values())
  const shared = pack.categories.filter((c) => (c.share ?? 0) > 0)
  const total = sum(shared.map((c) => c.share ?? 0))
  const part = (share: number) => (100 * share) / total
  // Components are one large class here: each of theirs has a handful of cases.
  const large = Map.groupBy(shared, (c) => (c.kind === 'E' ? `E${c.major} ${c.majorName}` : '部件'))
  return [
    {
      title: 'Large classes 大类, of filed cases',
      lines: [...large].map(([name, own]) =>
        percent(name, part(sum(own.map((c) => c.share ?? 0))), {
          n: sum(own.map((c) => is.get(c.code) ?? 0)),
          of,
        }),
      ),
    },
    {
      title: 'Small classes 小类, of filed cases',
      lines: shared.map((c) =>
        percent(`${c.code} ${c.name}`, part(c.share ?? 0), { n: is.get(c.code) ?? 0, of }),
      ),
    },
  ]
}

async function units(
  store: Store,
  stretch: Stretch,
  pack: Pick<CityPack, 'departments'>,
  now: number,
): Promise<Line[]> {
  const figures = new Map((await unitFigures(store, stretch, now)).map((f) => [f.unit, f]))
  const all = sum([...figures.values()].map((f) => f.first))
  const known = new Set(pack.departments.map((d) => d.code))
  const total = sum(Object.values(rates.UNIT_RATES).map((r) => r.share))
  return Object.entries(rates.UNIT_RATES).flatMap(([unit, r]) => {
    if (!known.has(unit)) return []
    const is = figures.get(unit) ?? { unit, first: 0, returns: 0, handled: 0, onTime: 0, reworked: 0 }
    const hasRates = r.onTime !== rates.USUAL_RATES.onTime || r.rework !== rates.USUAL_RATES.rework
    return unitLines(unit, { ...r, share: (100 * r.share) / total }, is, all, hasRates)
  })
}

async function overall(store: Store, stretch: Stretch): Promise<Line[]> {
  const is = await overallRates(store, stretch)
  return [
    percent('fixed on the spot 自行处置, on top of grid reports', 100 * rates.SELF_HANDLED, is.selfHandled),
    percent('not filed 不予受理、立案、并案', 100 * rates.NOT_FILED, is.notFiled),
    percent('second reports 重复上报', 100 * rates.DUPLICATES, is.duplicates),
    percent('returns asked for 退单', rates.RETURNS, is.returned),
    percent('of them granted', 100 * rates.RETURN_GRANTED, is.returnGranted),
    percent('extensions asked for 延期', 100 * rates.EXTENDED, is.extended),
    percent('suspended 挂账', 100 * rates.SUSPENDED, is.suspended),
    percent('voided 作废', 100 * rates.VOIDED, is.voided),
    percent('overseen 督办', 100 * rates.OVERSEEN, is.overseen),
    percent('reopened 重新立案', 100 * rates.REOPENED, is.reopened),
    percent('called back 回访, of closed cases of the public', 100 * rates.CALLED_BACK, is.calledBack),
    percent('satisfied 满意, of those', 100 * rates.SATISFIED, is.satisfied),
  ]
}

async function byHour(store: Store, stretch: Stretch): Promise<Line[]> {
  const is = await gridReportsByHour(store, stretch)
  const of = sum(is)
  const two = (h: number) => String(h).padStart(2, '0')
  return [
    ...HOURLY.grid.map((share, h) => percent(`${two(h)}–${two(h + 1)}`, 100 * share, { n: is[h] ?? 0, of })),
    percent('by 10:00', 100 * sum(HOURLY.grid.slice(0, 10)), { n: sum(is.slice(0, 10)), of }),
  ]
}

async function byDay(store: Store, stretch: Stretch, pack: Pick<CityPack, 'calendars'>): Promise<Line[]> {
  const is = await reportsByDay(store, stretch)
  const off = daysOffOf(pack.calendars)
  const days = new Map<string, number[]>()
  for (let day = stretch.fromDay; day < stretch.toDay; day = addDays(day, 1)) {
    const kind = dayKind(day, off)
    days.set(kind, [...(days.get(kind) ?? []), is.get(day) ?? 0])
  }
  const mean = (kind: string) => sum(days.get(kind) ?? []) / Math.max(1, days.get(kind)?.length ?? 0)
  const workday = mean('workday')
  return (['weekend', 'after-holiday'] as const).flatMap((kind) => {
    const own = days.get(kind) ?? []
    if (own.length === 0 || workday === 0) return []
    const stated = (100 * rates.DAY_REPORTS[kind]) / rates.DAY_REPORTS.workday
    // Days differ by up to a tenth either way.
    const tolerance = (3.5 * stated * 0.06) / Math.sqrt(own.length) + 2
    return [
      { what: kind, stated, measured: (100 * mean(kind)) / workday, tolerance, n: own.length, of: is.size },
    ]
  })
}

const sum = (numbers: Iterable<number>): number => {
  let total = 0
  for (const n of numbers) total += n
  return total
}
