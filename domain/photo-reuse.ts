// What it means that a photo looks like an earlier one: a picture used before in another case, or a picture of the result
// that shows what the picture of the matter showed. A reason for a person to look at both, side by side; never a refusal.
import type { CaseEvent, EventType } from './event.ts'
import { type Finding, finding } from './finding.ts'
import { PHOTO_POLICY, type PhotoLikeness, type PhotoPolicy } from './photo-likeness.ts'

/** Ids of the photos that an event names; for the table of uses. */
export function photosOf({ payload }: Pick<CaseEvent, 'payload'>): string[] {
  const { photos } = payload
  return Array.isArray(photos) ? photos.filter((p) => typeof p === 'string') : []
}

/** An earlier use of a photo that is the same or similar. */
export interface EarlierPhoto {
  photo: string
  caseId: string
  /** What people call that case: its case number, or its receipt number. */
  caseName: string
  /** Event that named it. */
  type: EventType
  likeness: Pick<PhotoLikeness, 'verdict' | 'bits'>
  /** Metres between the two cases. */
  metres?: number | undefined
  /** The other case is the one it was merged into, or grew out of: they share their pictures. */
  related?: boolean | undefined
}

export interface PhotoInUse {
  photo: string
  caseId: string
  type: EventType
}

export type PhotoReuseCode = 'photo-used-before' | 'photo-shows-no-change' | 'photo-like-before'

export interface PhotoReuse extends Finding<PhotoReuseCode> {
  photo: string
  /** The earlier photo and its case. */
  of: EarlierPhoto
}

/** Between cases so near to each other two honest pictures of the same scene may be alike. Metres. */
const SAME_SCENE_M = 100
const RESULT: readonly EventType[] = ['replied', 'self-handled', 'passed']
const MATTER: readonly EventType[] = ['reported', 'confirmed']
const STRENGTH: readonly PhotoReuseCode[] = [
  'photo-used-before',
  'photo-shows-no-change',
  'photo-like-before',
]

/** Findings on one photo, the strongest first; at most one for each earlier case. */
export function photoReuse(
  photo: PhotoInUse,
  earlier: readonly EarlierPhoto[],
  { tellsSimilar }: Pick<PhotoPolicy, 'tellsSimilar'> = PHOTO_POLICY,
): PhotoReuse[] {
  const found = earlier.flatMap((of): PhotoReuse[] => {
    const what = judge(photo, of)
    const isTold = what && (tellsSimilar || what.code !== 'photo-like-before')
    return isTold ? [{ ...what, photo: photo.photo, of }] : []
  })
  found.sort(
    (a, b) => STRENGTH.indexOf(a.code) - STRENGTH.indexOf(b.code) || a.of.likeness.bits - b.of.likeness.bits,
  )
  return found.filter((f, i) => found.findIndex((g) => g.of.caseId === f.of.caseId) === i)
}

function judge(photo: PhotoInUse, of: EarlierPhoto): Finding<PhotoReuseCode> | undefined {
  const { verdict, bits } = of.likeness
  const facts = { bits }
  if (verdict === 'different' || of.related) return undefined
  if (of.caseId === photo.caseId) {
    // Taken from the same angle, a picture of the result is similar: that is what is asked for.
    if (verdict !== 'same' || !RESULT.includes(photo.type) || !MATTER.includes(of.type)) return undefined
    return finding(
      'photo-shows-no-change',
      'the picture of the result is the same as the picture of the matter',
      '处置后照片与处置前照片相同',
      facts,
    )
  }
  if (verdict === 'same')
    return finding(
      'photo-used-before',
      `this picture was used in case ${of.caseName}`,
      `此照片曾用于案件${of.caseName}`,
      facts,
    )
  if (of.metres !== undefined && of.metres <= SAME_SCENE_M) return undefined
  return finding(
    'photo-like-before',
    `this picture is very like one used in case ${of.caseName}`,
    `此照片与案件${of.caseName}的照片高度相似`,
    facts,
  )
}
