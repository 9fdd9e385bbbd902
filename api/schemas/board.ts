// The board's JSON as domain/board-view.ts makes it.
import Type from 'typebox'
import { METRICS, STANDINGS } from '#domain/board.ts'
import { STAGES } from '#domain/board-view.ts'
import { SOURCES, STATUSES } from '#domain/case.ts'
import { Instant } from './common.ts'

const n = Type.Integer()
const counts = <K extends string>(keys: readonly K[]) =>
  Type.Object(Object.fromEntries(keys.map((k) => [k, n])) as { [P in K]: typeof n })

const Today = counts(METRICS)
const load = { open: n, overdue: n, today: Type.Optional(Today) }
const row = { code: Type.String(), ...load }
const Rows = Type.Array(Type.Object(row))

const unitMonth = { dispatched: n, closed: n, dueReplied: n, replied: n, onTimeReplied: n }
const Month = (description: string) =>
  Type.Optional(
    Type.Object(
      {
        period: Type.Object({
          name: Type.Optional(
            Type.String({ description: 'As the pack calls it; absent for a calendar month' }),
          ),
          start: Type.String(),
          end: Type.String(),
          through: Type.String({ description: 'The last day that is in' }),
        }),
        ...unitMonth,
        rated: n,
        satisfied: n,
        byDepartment: Type.Array(Type.Object({ code: Type.String(), ...unitMonth }), {
          description: 'First-level units in the city’s scope, the unit itself in its own, none in an area’s',
        }),
      },
      { description },
    ),
  )

export const BOARD = Type.Object(
  {
    epoch: Type.String(),
    seq: n,
    asOf: Instant(),
    scope: Type.String(),
    day: Type.String({ description: 'City day of the counts' }),
    totals: Today,
    byStatus: counts(STATUSES),
    byDepartment: Type.Array(Type.Object(row), {
      description: 'First-level units, with all below them: each case once, so that the rows add up',
    }),
    byUnit: Type.Array(Type.Object({ ...row, unitOverdue: n }), {
      description:
        'Second-level units 二级单位: the same cases again. `unitOverdue` = past the unit’s own limit 二级时限',
    }),
    byArea: Rows,
    byCategory: Rows,
    bySource: Type.Array(Type.Object({ source: Type.Enum([...SOURCES]), ...load })),
    hourly: Type.Array(Type.Object({ hour: n, reported: n, closed: n })),
    lights: counts(['green', 'yellow', 'red', 'none']),
    waiting: Type.Array(
      Type.Object({ who: Type.String(), action: Type.String(), n, oldestSince: Instant() }),
    ),
    stages: Type.Array(
      Type.Object({
        stage: Type.Enum([...STAGES]),
        n,
        oldestSince: Type.Optional(Instant()),
        overLimit: n,
      }),
    ),
    urgent: n,
    open: n,
    overdue: Type.Integer({ description: '超期: with the unit now, its clock running past its due time' }),
    month: Month(
      'Of the cases dispatched in this month 本月, as they stand now; equal to their flags 考核标志',
    ),
    monthBefore: Month('Of those dispatched in the month before, up to the same day of it'),
    dueToday: Type.Object(
      { n, closed: n },
      { description: '今日到期应结 / 已结: cases whose due time falls on this day' },
    ),
    band: Type.Optional(
      Type.Array(Type.Object({ hour: n, low: n, mid: Type.Number(), high: n }), {
        description: 'Reports by hour on the last four same weekdays: least, median, most. City scope only',
      }),
    ),
  },
  { $id: 'Board' },
)

/** A counted case as screens may see it: no words, no persons. */
export const COUNTED = Type.Object(
  {
    metric: Type.Enum([...METRICS, ...STANDINGS]),
    day: Type.String(),
    scope: Type.String(),
    items: Type.Array(
      Type.Object(
        { id: Type.String(), receiptNo: Type.String(), status: Type.Enum([...STATUSES]) },
        { additionalProperties: true, description: 'An open case as on /live; instants are epoch ms' },
      ),
    ),
    nextCursor: Type.Optional(Type.String({ description: 'Of a standing that has more cases' })),
  },
  { $id: 'Counted' },
)
