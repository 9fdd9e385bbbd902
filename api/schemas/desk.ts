// What the centre's desk 值班台 asks for: cases with everything that a decision rests on, in one answer.
import Type, { type Static } from 'typebox'
import { OUTCOMES, STATUSES } from '#domain/case.ts'
import { CASE } from './case.ts'
import { Id, Instant, Named, ref } from './common.ts'
import { CASE_ROUTING } from './component.ts'
import { DUPLICATES, PHOTO_REUSE, SUGGESTION } from './screening.ts'

const PHOTO = Type.Object({
  id: Id(),
  takenAt: Type.Optional(Instant('By the camera’s clock')),
  distanceM: Type.Optional(Type.Integer({ description: 'From the place of the case, by the camera' })),
})

/** A case decided earlier at the same place. */
const EARLIER = Type.Object({
  caseId: Id(),
  receiptNo: Type.String(),
  caseNo: Type.Optional(Type.String()),
  category: Type.Optional(Named),
  status: Type.Enum([...STATUSES]),
  department: Type.Optional(Named),
  returnedBy: Type.Array(Named, { description: 'Units that gave it back with agreement' }),
  outcome: Type.Optional(Type.Enum([...OUTCOMES])),
  at: Instant('Of its dispatch, or of its report'),
  distanceM: Type.Integer(),
})

export const DESK_ITEM = Type.Object({
  case: ref(CASE),
  offers: Type.Array(Type.String(), { description: 'What you may do with it now' }),
  routing: ref(CASE_ROUTING),
  duplicates: Type.Array(DUPLICATES.properties.items.items, {
    description: 'Before filing; the likeliest first',
  }),
  suggestions: Type.Array(SUGGESTION, {
    description: 'Categories that the words of a case without one suggest',
  }),
  photos: Type.Array(PHOTO),
  reuse: Type.Array(PHOTO_REUSE),
  newDueAt: Type.Optional(
    Instant('What the extension or suspension that is asked for would make of the due time'),
  ),
  earlier: Type.Array(EARLIER, {
    description: 'Where a unit is to be chosen: latest decisions at this place',
  }),
})
export type DeskItemBody = Static<typeof DESK_ITEM>
