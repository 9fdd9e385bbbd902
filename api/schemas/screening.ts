// What screening offers for a person to look at, as the API answers it: possible duplicates, photos used before, categories
// that the words suggest.
import Type, { type Static } from 'typebox'
import { STATUSES } from '#domain/case.ts'
import { Id, Instant, Named, Position } from './common.ts'

/** A code to count by, the sentence in two languages, the numbers behind it. */
export const REASON = Type.Object({
  code: Type.String(),
  zh: Type.String(),
  en: Type.String(),
  facts: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
})

const EARLIER = {
  caseId: Id(),
  receiptNo: Type.String(),
  caseNo: Type.Optional(Type.String()),
}

export const DUPLICATES = Type.Object({
  items: Type.Array(
    Type.Object({
      ...EARLIER,
      status: Type.Enum([...STATUSES]),
      category: Type.Optional(Named),
      reportedAt: Instant(),
      location: Position,
      description: Type.Optional(Type.String()),
      address: Type.Optional(Type.String()),
      photos: Type.Array(Id()),
      afterPhotos: Type.Array(Id()),
      departmentName: Type.Optional(Type.String()),
      verdict: Type.Enum(['certain', 'possible']),
      reasons: Type.Array(REASON, { description: 'What speaks for it, then what speaks against it' }),
      distanceM: Type.Number(),
      hoursApart: Type.Number(),
    }),
    { description: 'The likeliest first' },
  ),
  merged: Type.Array(Type.Object({ ...EARLIER, reportedAt: Instant() }), {
    description: 'Reports that were merged into this case 已并入, oldest first',
  }),
})
export type DuplicatesBody = Static<typeof DUPLICATES>

export const NEARBY = Type.Object({
  receiptNo: Type.String(),
  category: Type.Optional(Named),
  status: Type.Enum([...STATUSES]),
  reportedAt: Instant(),
  distanceM: Type.Integer(),
  likely: Type.Boolean({ description: 'Place, time and words say that it may be the same matter' }),
  caseId: Type.Optional(Type.String({ description: 'Id, for those who may see the case' })),
})
export type NearbyBody = Static<typeof NEARBY>

export const PHOTO_REUSE = Type.Object({
  photo: Type.String({ description: 'Upload id of a photo of this case' }),
  code: Type.Enum(['photo-used-before', 'photo-shows-no-change', 'photo-like-before']),
  zh: Type.String(),
  en: Type.String(),
  earlier: Type.Object({
    ...EARLIER,
    photo: Id(),
    at: Instant(),
    which: Type.String({ description: 'Type of the event that named it, e.g. `reported` or `replied`' }),
  }),
})
export type PhotoReuseBody = Static<typeof PHOTO_REUSE>

export const SUGGESTION = Type.Object({
  code: Type.String(),
  name: Type.String(),
  score: Type.Number({ description: '0 to 1' }),
  words: Type.Array(Type.String(), { description: 'The words of the report that it rests on' }),
})
