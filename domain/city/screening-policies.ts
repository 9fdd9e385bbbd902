// Policies of screening 预审: duplicates, photos, capture times. All optional: what a pack leaves out is as in the rules'
// own defaults.
import Type from 'typebox'
import { type Source, SOURCES } from '../case.ts'
import { HOUR_MS, MINUTE_MS } from '../days.ts'
import { DUPLICATE_POLICY, type DuplicatePolicy } from '../duplicate-policy.ts'
import { MOST_BITS, PHOTO_POLICY, type PhotoPolicy } from '../photo-likeness.ts'
import { PHOTO_PLACE_POLICY, type PhotoPlacePolicy } from '../photo-place.ts'
import { TIME_POLICY, TIMED_STEPS, type TimeBasis, type TimePolicy } from '../time-plausible.ts'

/** When the evidence of a report leaves a doubt (domain/screen-evidence.ts). */
export interface EvidencePolicy {
  /** A position that is less accurate says too little. Metres. */
  poorAccuracyM: number
  /** Whose photos must keep to the photo rule 采集要求 of the filing condition. */
  photoRuleFor: readonly Source[]
  /** A photo taken so long before or after it was reported was taken for it. Milliseconds. */
  justTakenMs: number
}

export const EVIDENCE_POLICY: EvidencePolicy = {
  poorAccuracyM: 200,
  photoRuleFor: ['grid'],
  justTakenMs: 30 * MINUTE_MS,
}

export interface ScreeningPolicies {
  /**
   * What screening does by itself about a possible duplicate: `offer` lets it wait at the operator's desk, `merge` also merges
   * what is certain. Absent = nothing; candidates are shown on the case all the same.
   */
  onDuplicate?: 'offer' | 'merge' | undefined
  duplicates?: Partial<DuplicatePolicy> | undefined
  photos?:
    | (Partial<PhotoPolicy & PhotoPlacePolicy> & {
        /** Sources of reports whose photos must keep to the condition's rule. */
        ruleFor?: readonly Source[] | undefined
        /** A photo taken so many minutes before or after is taken on the spot. */
        justTakenMinutes?: number | undefined
      })
    | undefined
  /** Metres beyond which a position is too inaccurate to be sure of. */
  poorAccuracyM?: number | undefined
  captureTime?:
    | {
        /** A device's clock that differs by no more seconds is right. */
        toleranceSeconds?: number | undefined
        longestOfflineHours?: number | undefined
        trustsUnchecked?: boolean | undefined
        /** `report`, `confirm`, `pass`, `fail`, `reply` or `self-handle` → which time it is judged by. */
        counts?: Readonly<Record<string, TimeBasis>> | undefined
      }
    | undefined
}

const strict = { additionalProperties: false }
const optional = Type.Optional
const amount = optional(Type.Number({ minimum: 0 }))
const share = optional(Type.Number({ minimum: 0, maximum: 1 }))
const words = Type.Array(Type.String({ minLength: 1, maxLength: 64 }))
const reach = {
  withinM: optional(Type.Number({ minimum: 0, maximum: 2000 })),
  withinHours: amount,
  openHours: amount,
  closedHours: amount,
  certainHours: amount,
}

/** JSON Schema of `policies.screening` in city.json. */
export const screeningSchema = Type.Object(
  {
    onDuplicate: optional(Type.Enum(['offer', 'merge'])),
    duplicates: optional(
      Type.Object(
        {
          ...reach,
          byCategory: optional(Type.Array(Type.Object({ category: words, ...reach }, strict))),
          confusable: optional(Type.Array(words)),
          identityKinds: optional(words),
          certainWithinM: amount,
          certainAccuracyM: amount,
          certainShare: share,
          nearM: amount,
          offeredShare: share,
          assumedAccuracyM: amount,
          mostAccuracyM: optional(Type.Number({ minimum: 0, maximum: 2000 })),
          defects: optional(Type.Array(words)),
          danger: optional(words),
        },
        strict,
      ),
    ),
    photos: optional(
      Type.Object(
        {
          withinBits: optional(Type.Integer({ minimum: 0, maximum: MOST_BITS })),
          sameWithin: optional(Type.Number({ minimum: 0, maximum: 2 })),
          similarShare: share,
          tellsSimilar: optional(Type.Boolean()),
          withinM: amount,
          worstAccuracyM: amount,
          ruleFor: optional(Type.Array(Type.Enum([...SOURCES]))),
          justTakenMinutes: amount,
        },
        strict,
      ),
    ),
    poorAccuracyM: amount,
    captureTime: optional(
      Type.Object(
        {
          toleranceSeconds: amount,
          longestOfflineHours: amount,
          trustsUnchecked: optional(Type.Boolean()),
          counts: optional(
            Type.Object(
              Object.fromEntries(
                ['report', ...TIMED_STEPS].map((step) => [step, optional(Type.Enum(['capture', 'receipt']))]),
              ),
              strict,
            ),
          ),
        },
        strict,
      ),
    ),
  },
  strict,
)

/** Whole policies: the pack's own over the defaults. Of a list the pack's replaces the default. */
export function screeningPolicies({
  duplicates,
  photos,
  poorAccuracyM,
  captureTime,
}: ScreeningPolicies = {}): {
  duplicates: DuplicatePolicy
  photos: PhotoPolicy
  photoPlace: PhotoPlacePolicy
  evidence: EvidencePolicy
  time: TimePolicy
} {
  const { toleranceSeconds, longestOfflineHours, trustsUnchecked, counts } = captureTime ?? {}
  return {
    duplicates: over(DUPLICATE_POLICY, duplicates),
    photos: over(PHOTO_POLICY, photos),
    photoPlace: over(PHOTO_PLACE_POLICY, photos),
    evidence: {
      poorAccuracyM: poorAccuracyM ?? EVIDENCE_POLICY.poorAccuracyM,
      photoRuleFor: photos?.ruleFor ?? EVIDENCE_POLICY.photoRuleFor,
      justTakenMs:
        photos?.justTakenMinutes === undefined
          ? EVIDENCE_POLICY.justTakenMs
          : photos.justTakenMinutes * MINUTE_MS,
    },
    time: {
      toleranceMs: toleranceSeconds === undefined ? TIME_POLICY.toleranceMs : toleranceSeconds * 1000,
      longestOfflineMs:
        longestOfflineHours === undefined ? TIME_POLICY.longestOfflineMs : longestOfflineHours * HOUR_MS,
      trustsUnchecked: trustsUnchecked ?? TIME_POLICY.trustsUnchecked,
      counts: { ...TIME_POLICY.counts, ...counts },
    },
  }
}

/** `defaults` with those of its fields that are given. */
function over<T extends object>(defaults: T, given: Partial<T> = {}): T {
  const known = Object.entries(given).filter(([key, value]) => key in defaults && value !== undefined)
  return { ...defaults, ...Object.fromEntries(known) }
}

/** Codes, or beginnings of codes, that a pack's duplicate policy names and no category has. */
export function unknownCategories(
  { duplicates }: ScreeningPolicies,
  categories: readonly { code: string }[],
): string[] {
  const named = [
    ...(duplicates?.byCategory ?? []).flatMap((b) => b.category),
    ...(duplicates?.confusable ?? []).flat(),
  ]
  return named.filter((name) => !categories.some(({ code }) => code.startsWith(name)))
}
