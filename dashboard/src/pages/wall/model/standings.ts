// Where the month and the day stand, from the counts that the board carries beside today's. A board without a month yet has
// nothing to show, which is not the same as zero.
import type { BoardState } from '#domain/board.ts'
import type { BandRow } from '#domain/month.ts'

/** Units with fewer cases due in the month have no rate and no rank: one case would be many per cent. */
export const LEAST_FOR_RATE = 20

export interface Part {
  n: number
  of: number
}

interface Month {
  /** 处置率: replied of those due for a reply. */
  handled: Part
  /** 按期处置率: replied in time of those due for a reply. */
  onTime: Part
  /** 结案率: closed of those dispatched. */
  closed: Part
  /** 满意率: content with it, of those who said. */
  satisfied: Part
}

export interface UnitMonth extends Month {
  code: string
}

export interface Standings {
  month: Month | undefined
  /** Name of the pack's period, where the month is one of its own. */
  name: string | undefined
  /** The month before, cut at the same day. */
  before: Month | undefined
  /** 今日到期应结 and 已结. */
  dueToday: Part | undefined
  units: UnitMonth[]
  /** Reports by hour on the same weekdays; empty where there are too few. */
  band: readonly BandRow[]
}

function monthOf(board: BoardState, key: string, prefix: 'month' | 'before'): Month {
  const n = (figure: string) => board.counts.get(`${key}|${prefix}${figure}`)?.n ?? 0
  return {
    handled: { n: n('Replied'), of: n('DueReplied') },
    onTime: { n: n('OnTimeReplied'), of: n('DueReplied') },
    closed: { n: n('Closed'), of: n('Dispatched') },
    satisfied: { n: n('Satisfied'), of: n('Rated') },
  }
}

/** @param unitOf whether a code is of a first-level unit, whose cases are all counted once. */
export function standingsOf(
  board: BoardState,
  scope: string,
  isUnit: (code: string) => boolean = () => true,
): Standings {
  const none = { month: undefined, name: undefined, before: undefined, dueToday: undefined }
  const band = scope === 'city' ? (board.band ?? []) : []
  if (!board.month) return { ...none, units: [], band }
  const codes = new Set<string>()
  for (const { key, metric } of board.counts.values())
    if (metric.startsWith('month') && key.startsWith('department:'))
      codes.add(key.slice('department:'.length))
  const before = monthOf(board, scope, 'before')
  return {
    month: monthOf(board, scope, 'month'),
    name: board.month.name,
    before: before.handled.of > 0 ? before : undefined,
    dueToday: {
      n: board.counts.get(`${scope}|dueTodayClosed`)?.n ?? 0,
      of: board.counts.get(`${scope}|dueToday`)?.n ?? 0,
    },
    units: [...codes]
      .filter(isUnit)
      .sort()
      .map((code) => ({ code, ...monthOf(board, `department:${code}`, 'month') })),
    band,
  }
}

/** `97.2` of a part in per cent; undefined where there is nothing to divide by. */
export const percent = ({ n, of }: Part): string | undefined =>
  of === 0 ? undefined : ((n / of) * 100).toFixed(1)

const share = ({ n, of }: Part) => (of === 0 ? 0 : n / of)

export interface Ranked {
  unit: UnitMonth
  /** From 1; equal rates share a place. */
  rank: number
}

/** Units by 按期处置率, then by how much they had to do; those with few cases are left out. */
export function ranked(units: readonly UnitMonth[]): Ranked[] {
  const rows = units
    .filter((u) => u.onTime.of >= LEAST_FOR_RATE)
    .sort(
      (a, b) => share(b.onTime) - share(a.onTime) || b.onTime.of - a.onTime.of || (a.code < b.code ? -1 : 1),
    )
  return rows.map((unit) => ({
    unit,
    rank: 1 + rows.filter((u) => share(u.onTime) > share(unit.onTime)).length,
  }))
}
