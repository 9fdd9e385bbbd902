// The pictures of a case as pairs: before, after, at the check; under each when and how far from the place it was taken, and
// what speaks against it.
import type { DeskItemJson } from '../../api/desk.ts'
import type { PairPhoto, PairSide } from '../../components/photos/photo-pair.tsx'
import { formatMoment } from '../../i18n/format.ts'
import type { Language } from '../../i18n/language.ts'
import type { Translate } from '../../i18n/translate.ts'

export interface PhotoWords {
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
  return [
    { title: t('case.photos.before'), photos: of(c.photos, c.reportedAt) },
    { title: t('case.photos.after'), photos: of(c.afterPhotos, c.repliedAt) },
    ...(c.checkPhotos.length > 0
      ? [{ title: t('case.photos.check'), photos: of(c.checkPhotos, c.checkedAt) }]
      : []),
  ]
}
