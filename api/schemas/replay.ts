// Answers about past days of the board. Snapshots and deltas are those of /live (docs: "The live protocol").
import Type from 'typebox'
import { Instant } from './common.ts'

const ms = (description: string) => Type.Integer({ description: `${description}, epoch ms` })
const Items = Type.Array(Type.Object({}, { additionalProperties: true }))

export const BOARD_DAYS = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        day: Type.String({ description: 'City day' }),
        start: Instant(),
        end: Type.Optional(Instant()),
      }),
      { description: 'In order; the day that is running has no end' },
    ),
  },
  { $id: 'BoardDays' },
)

export const REPLAY_SNAPSHOT = Type.Object(
  {
    day: Type.String(),
    start: ms('Log clock of the day’s first fact'),
    end: ms('Its last instant; of a day that runs that of its last fact so far'),
    isOver: Type.Boolean({ description: 'Nothing will be added' }),
    snapshot: Type.Object(
      {
        epoch: Type.String(),
        seq: Type.Integer(),
        day: Type.String(),
        at: ms('Log clock'),
        cases: Items,
        counts: Items,
        recent: Items,
      },
      { additionalProperties: true, description: 'As on /live' },
    ),
  },
  { $id: 'ReplaySnapshot' },
)

export const FRAMES = Type.Object(
  {
    day: Type.String(),
    from: ms('Not included'),
    to: ms('Included'),
    step: Type.Integer({ description: 'Seconds' }),
    deltas: Type.Array(
      Type.Object(
        {
          epoch: Type.String(),
          prevSeq: Type.Integer(),
          seq: Type.Integer(),
          changes: Type.Object(
            {
              day: Type.String(),
              at: ms('Log clock of the last fact'),
              cases: Items,
              gone: Type.Array(Type.String()),
              counts: Items,
              recent: Items,
            },
            { additionalProperties: true },
          ),
        },
        { additionalProperties: true, description: 'As on /live' },
      ),
    ),
  },
  { $id: 'Frames' },
)
