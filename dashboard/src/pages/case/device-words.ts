// What a step's event says of the device's own time, in the timeline's words: when it was seen, and whether that counted.
import type { EventJson } from '../../api/cases.ts'
import { formatMoment } from '../../i18n/format.ts'
import type { Language } from '../../i18n/language.ts'
import type { Translate } from '../../i18n/translate.ts'

interface Device {
  verdict: 'trusted' | 'corrected' | 'unchecked' | 'doubtful'
  capturedAt: string
  claimedAt: string
  reasons?: { zh: string; because: string }[]
}

/** None where the device said nothing. */
export function deviceWords(
  { payload }: EventJson,
  { timeZone, language, t }: { timeZone: string; language: Language; t: Translate },
): string[] {
  const device = payload.device as Device | undefined
  if (device === undefined) return []
  const moment = (iso: string) => formatMoment(Date.parse(iso), timeZone, language)
  const said = t(`screening.device.${device.verdict}`, {
    time: moment(device.capturedAt),
    claimed: moment(device.claimedAt),
  })
  const why =
    device.verdict === 'doubtful'
      ? (device.reasons ?? []).map((r) => (language === 'en' ? r.because : r.zh))
      : []
  const counted = payload.countedAt === undefined ? [] : [t('screening.device.counts')]
  return [t('screening.device.seen', { said }), ...why, ...counted]
}
