// The board's JSON as domain/board-view.ts makes it.
import Type from 'typebox'
import { METRICS } from '#domain/board.ts'
import { STAGES } from '#domain/board-view.ts'
import { SOURCES, STATUSES } from '#domain/case.ts'
import { Instant } from './common.ts'

const n = Type.Integer()
const counts = <K extends string>(keys: readonly K[]) =>
  Type.Object(Object.fromEntries(keys.map((k) => [k, n])) as { [P in K]: typeof n })

const Today = counts(METRICS)
const load = { open: n, overdue: n, today: Type.Optional(Today) }
const Rows = Type.Array(Type.Object({ code: Type.String(), ...load }))

export const BOARD = Type.Object(
  {
    epoch: Type.String(),
    seq: n,
    asOf: Instant(),
    scope: Type.String(),
    day: Type.String({ description: 'City day of the counts' }),
    totals: Today,
    byStatus: counts(STATUSES),
    byDepartment: Rows,
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
    overdue: n,
  },
  { $id: 'Board' },
)

/** A counted case as screens may see it: no words, no persons. */
export const COUNTED = Type.Object(
  {
    metric: Type.Enum([...METRICS]),
    day: Type.String(),
    scope: Type.String(),
    items: Type.Array(
      Type.Object(
        { id: Type.String(), receiptNo: Type.String(), status: Type.Enum([...STATUSES]) },
        { additionalProperties: true, description: 'An open case as on /live; instants are epoch ms' },
      ),
    ),
  },
  { $id: 'Counted' },
)
