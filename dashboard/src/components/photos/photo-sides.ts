// The pictures of a case as pairs: before, after, at the check; under each when and how far from the place it was taken, and
// what speaks against it.
import type { CaseJson } from '../../api/cases.ts'
import type { DeskItemJson } from '../../api/desk.ts'
import type { PairPhoto, PairSide } from './photo-pair.tsx'
import { formatMoment } from '../../i18n/format.ts'
import type { Language } from '../../i18n/language.ts'
import type { Translate } from '../../i18n/translate.ts'

interface PhotoWords {
  t: Translate
  timeZone: string
  language: Language
}

export function sidesOf(item: DeskItemJson, { t, timeZone, language }: PhotoWords): PairSide[] {
  const { case: c, photos, reuse } = item
  const facts = new Map(photos.map((p) => [p.id, p]))
  const of = (ids: readonly string[], fallbackAt: string | undefined): PairPhoto[] =>
    ids.map((id) => {
      const { takenAt, distanceM } = facts.get(id) ?? {}
      const at = takenAt ?? fallbackAt
      return {
        id,
        facts: [
          at && formatMoment(Date.parse(at), timeZone, language),
          distanceM === undefined ? t('centre.no-position') : t('centre.metres', { m: distanceM }),
        ]
          .filter(Boolean)
          .join(' · '),
        warnings: reuse.filter((r) => r.photo === id).map((r) => (language === 'en' ? r.en : r.zh)),
      }
    })
  // What was looked at before the unit replied shows how it was then; only what came after it speaks of the reply.
  const isEarlier = (id: string) => {
    const { takenAt } = facts.get(id) ?? {}
    if (c.repliedAt === undefined) return true
    return takenAt !== undefined && Date.parse(takenAt) < Date.parse(c.repliedAt)
  }
  const earlier = c.checkPhotos.filter(isEarlier)
  const checks = c.checkPhotos.filter((id) => !isEarlier(id))
  // The newest look comes first: it is what is decided by.
  return [
    {
      title: t('case.photos.before'),
      photos: [...of(c.photos, c.reportedAt), ...of(earlier, undefined)],
    },
    { title: t('case.photos.after'), photos: of(c.afterPhotos, c.repliedAt) },
    ...(checks.length > 0
      ? [{ title: t('case.photos.check'), photos: of([...checks].reverse(), c.checkedAt) }]
      : []),
  ]
}

/** The same pictures for who is shown nothing more of them. */
export function plainSidesOf(c: CaseJson, t: Translate): PairSide[] {
  const of = (ids: readonly string[]): PairPhoto[] => ids.map((id) => ({ id }))
  return [
    { title: t('case.photos.before'), photos: of(c.photos) },
    { title: t('case.photos.after'), photos: of(c.afterPhotos) },
    ...(c.checkPhotos.length > 0
      ? [{ title: t('case.photos.check'), photos: of([...c.checkPhotos].reverse()) }]
      : []),
  ]
}
