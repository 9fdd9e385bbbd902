// Channels to the outside and what was sent by them: answers of routes/channels.ts and routes/deliveries.ts. Nothing secret
// is among their members.
import Type from 'typebox'
import { CHANNEL_KINDS, CHANNEL_SETTINGS } from '#domain/delivery/channel.ts'
import { Id, Instant } from './common.ts'

const RESULT = {
  code: Type.String({ description: '`sent`, or why not: `timeout`, `status`, `rejected`, …' }),
  status: Type.Optional(Type.Integer({ description: 'Of HTTP or SMTP' })),
  text: Type.Optional(Type.String({ description: 'What the receiver said, shortened, without secrets' })),
}
const State = Type.Enum(['waiting', 'sent', 'dead'], { description: '`dead`: not tried any more' })

export const CHANNEL = Type.Object(
  {
    id: Id(),
    kind: Type.Enum([...CHANNEL_KINDS]),
    name: Type.String(),
    enabled: Type.Boolean(),
    offWhy: Type.Optional(
      Type.Enum(['failing'], { description: 'Switched off by the system: it had failed for too long' }),
    ),
    target: Type.String({ description: 'Where it goes, as far as it may be shown' }),
    settings: CHANNEL_SETTINGS,
    kept: Type.Array(Type.String(), { description: 'Names of what is kept secret: `url`, `password`, …' }),
    readable: Type.Boolean({
      description: 'False: what is secret was sealed by another SESSION_SECRET and is to be entered again',
    }),
    createdAt: Instant(),
    waiting: Type.Integer(),
    dead: Type.Integer({ description: 'Dead letters' }),
    failures: Type.Integer({ description: 'Since the last success' }),
    failingSince: Type.Optional(Instant()),
    lastOkAt: Type.Optional(Instant()),
    last: Type.Optional(Type.Object({ at: Instant(), state: State, ...RESULT })),
  },
  { $id: 'DeliveryChannel' },
)

export const DELIVERY = Type.Object(
  {
    id: Id(),
    kind: Type.String({ description: 'Of the event or notice; `test`' }),
    state: State,
    attempts: Type.Integer(),
    createdAt: Instant(),
    nextAt: Type.Optional(Instant('Of the next try, while it waits')),
    lastAt: Type.Optional(Instant()),
    case: Type.Optional(Type.Object({ id: Id(), number: Type.String() })),
    person: Type.Optional(Type.String({ description: 'Whom it goes to' })),
    result: Type.Optional(Type.Object(RESULT)),
  },
  { $id: 'Delivery' },
)
