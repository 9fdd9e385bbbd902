// A component of the register 部件库 with its owner, and why a case goes to a unit, as the API answers them.
import Type, { type Static } from 'typebox'
import { LESSON_WAYS } from '#domain/register.ts'
import { Id, Instant, Named, Position } from './common.ts'
import { ROUTING_STEP } from './case.ts'

const LESSON = Type.Object({
  how: Type.Enum([...LESSON_WAYS], {
    description: '`closed` 结案认定, `returned` 退单证明, `person` 人工更正',
  }),
  owner: Type.Optional(Named),
  previous: Type.Optional(Named),
  caseId: Type.Optional(Id()),
  caseNo: Type.Optional(Type.String()),
  by: Type.Optional(Type.String({ description: 'Name of the person' })),
  reason: Type.Optional(Type.String()),
  at: Instant(),
  undoneAt: Type.Optional(Instant()),
})

export const COMPONENT = Type.Object(
  {
    code: Type.String(),
    category: Named,
    location: Position,
    owner: Type.Optional(Named),
    packOwner: Type.Optional(Type.Object(Named.properties, { description: 'Whom the city pack names' })),
    provisional: Type.Boolean({ description: '临时部件: not in the city pack, learnt from a case' }),
    distanceM: Type.Optional(Type.Number()),
    learnt: Type.Optional(
      Type.Object(LESSON.properties, { description: '更正登记 that the owner comes from' }),
    ),
    history: Type.Optional(Type.Array(LESSON, { description: 'All corrections, newest first' })),
  },
  { $id: 'Component' },
)
export type ComponentBody = Static<typeof COMPONENT>

export const CASE_ROUTING = Type.Object(
  {
    decided: Type.Boolean({
      description: 'True: as recorded when it was dispatched; false: what rules propose now',
    }),
    department: Type.Optional(Named),
    coDepartments: Type.Array(Named),
    zone: Type.Optional(Type.Object({ ...Named.properties, kind: Type.String() })),
    doubt: Type.Optional(Type.String({ description: 'Why it is the desk’s to decide' })),
    steps: Type.Array(ROUTING_STEP),
    returnedBy: Type.Array(Named, { description: 'Units that gave it back with agreement' }),
    component: Type.Optional(Type.Unsafe<ComponentBody>({ $ref: 'Component#' })),
    candidates: Type.Optional(
      Type.Array(Type.Unsafe<ComponentBody>({ $ref: 'Component#' }), {
        description: 'Components of different owners between which the position cannot tell',
      }),
    ),
    border: Type.Optional(
      Type.Array(
        Type.Object({
          department: Named,
          place: Named,
          share: Type.Number({ description: 'Of the circle of accuracy, 0 to 1' }),
        }),
        { description: 'Units on both sides of a border that is too near' },
      ),
    ),
    letter: Type.Optional(
      Type.Object(
        { to: Type.String(), title: Type.String(), text: Type.String() },
        { description: 'A draft to whoever manages land that no unit here does' },
      ),
    ),
  },
  { $id: 'CaseRouting' },
)
export type CaseRoutingBody = Static<typeof CASE_ROUTING>
