// What was seen at the spot, as the task's report says it. Pure: words come from the page.
import type { TaskKind } from '#domain/task.ts'

/** 已处置 / 未处置 / 不彻底 / 反弹 / 虚假回复 of a check, 属实 / 未发现 of a confirmation. Failures are the field's reason codes. */
export const RESULTS = {
  check: ['pass', 'not-done', 'half-done', 'back-again', 'false-reply'],
  confirm: ['true', 'false'],
} as const satisfies Record<TaskKind, readonly string[]>

export type Result = (typeof RESULTS)[TaskKind][number]

export interface Findings {
  result: Result | undefined
  /** Ids of this device's photos. */
  photos: string[]
  note: string
  /** Why the position is off the case's. */
  whyOff: string
  /** By the device's clock, epoch ms: when the first photo was taken. */
  capturedAt: number | undefined
  /** Where the device was then. */
  place: { lng: number; lat: number; accuracyM: number } | undefined
}

export const NOTHING: Findings = {
  result: undefined,
  photos: [],
  note: '',
  whyOff: '',
  capturedAt: undefined,
  place: undefined,
}

/** Metres that the position is off beyond what its own inaccuracy explains; undefined where it is near enough. */
export function offBy(distanceM: number | undefined, accuracyM: number, withinM: number): number | undefined {
  if (distanceM === undefined) return undefined
  return distanceM - accuracyM > withinM ? Math.round(distanceM) : undefined
}

export type MissingResult = 'result' | 'photo' | 'note' | 'why-off'

/** An accusation needs a sentence; what is not there any more needs no picture of it. */
export function missingIn(
  { result, photos, note, whyOff }: Findings,
  { isOff }: { isOff: boolean },
): MissingResult[] {
  return [
    ...(result === undefined ? (['result'] as const) : []),
    ...(photos.length === 0 ? (['photo'] as const) : []),
    ...(result === 'false-reply' && note.trim() === '' ? (['note'] as const) : []),
    ...(isOff && whyOff.trim() === '' ? (['why-off'] as const) : []),
  ]
}

/**
 * The body of `report`, but for `sentAt`.
 * @param off the sentence about the position, where it is off
 * @throws without a result
 */
export function reportOf(kind: TaskKind, found: Findings, off: string | undefined): Record<string, unknown> {
  const { result, photos, note, capturedAt, place } = found
  if (result === undefined) throw new Error('a report needs a result')
  const words = [note.trim(), off ?? ''].filter(Boolean).join('\n')
  const isFailed = kind === 'check' && result !== 'pass'
  return {
    action: 'report',
    result: kind === 'confirm' ? result === 'true' : isFailed ? 'fail' : 'pass',
    ...(isFailed ? { reason: result } : {}),
    ...(words === '' ? {} : { note: words }),
    ...(photos.length === 0 ? {} : { photos }),
    ...(place ? { location: { lng: place.lng, lat: place.lat, accuracyM: place.accuracyM } } : {}),
    ...(capturedAt === undefined ? {} : { capturedAt: new Date(capturedAt).toISOString() }),
  }
}
