// What the evidence of a report is worth to screening 预审: how accurate its position is, where and when its photos were
// taken, whether they are what its filing condition asks for 采集要求, whether its times can be. Each doubt is a reason with
// a sentence; none of them refuses anything.
import type { CaseState, Position } from './case.ts'
import { type EvidencePolicy, screeningPolicies } from './city/screening-policies.ts'
import type { City } from './city/types.ts'
import type { DeviceTime } from './device-time.ts'
import { durationText, type Finding, finding } from './finding.ts'
import { type PhotoPlace, photoPlace } from './photo-place.ts'
import { parsePhotoRule, type PhotoFacts, photoRuleFaults } from './photo-rule.ts'

/** Why a person should look at the evidence. Codes of `Screening.reasons`. */
export type EvidenceReason = 'accuracy-poor' | 'photo-far' | 'photo-rule' | 'time-doubtful'

/** What a photo of the report says of itself. */
export interface ReportPhoto {
  id: string
  /** Where the camera says it was. */
  position?: Position | undefined
  /** Epoch ms by the camera's clock. */
  takenAt?: number | undefined
}

export type EvidenceFacts = Pick<
  CaseState,
  'position' | 'accuracyM' | 'source' | 'category' | 'condition' | 'sameAs' | 'device' | 'occurredAt'
>

export interface Evidence {
  reasons: EvidenceReason[]
  /** Every sentence, also of what is no doubt, e.g. a device's clock that was set right. */
  findings: Finding[]
}

/**
 * @param photos those of the report; undefined = nobody has looked them up, and nothing is said of them
 * @param receivedAt when the report came in, epoch ms
 */
export function evidenceOf(
  report: EvidenceFacts,
  photos: readonly ReportPhoto[] | undefined,
  city: City,
  receivedAt: number,
): Evidence {
  const { evidence: policy, photoPlace: placePolicy, time } = screeningPolicies(city.pack.policies.screening)
  const places = (photos ?? []).map((photo) => ({
    photo,
    place: photoPlace(report, photo.position, placePolicy),
  }))
  const accuracy = accuracyFindings(report, policy)
  // Who joins a case need not photograph it again.
  const isAsked =
    photos !== undefined && report.sameAs === undefined && policy.photoRuleFor.includes(report.source)
  const meant = report.condition ?? defaultCondition(report.category, city)
  const rule = isAsked
    ? ruleFindings('before', meant, places, { city, policy, seenAt: seenAt(report, receivedAt) })
    : []
  const times = timeFindings(report, receivedAt, time.toleranceMs)
  const isElsewhere =
    places.some(({ place }) => place.verdict === 'far') &&
    !places.some(({ place }) => place.verdict === 'near')
  const reasons: [EvidenceReason, boolean][] = [
    ['accuracy-poor', accuracy.length > 0],
    ['photo-far', isElsewhere],
    ['photo-rule', rule.length > 0],
    ['time-doubtful', report.device?.verdict === 'doubtful' || times.length > 0],
  ]
  return {
    reasons: reasons.filter(([, holds]) => holds).map(([reason]) => reason),
    findings: [
      ...accuracy,
      ...distinct(places.flatMap(({ place }) => place.reasons)),
      ...rule,
      ...(report.device?.reasons ?? []),
      ...times,
    ],
  }
}

/** Photos taken together say the same. */
const distinct = (findings: readonly Finding[]) =>
  findings.filter((f, i) => findings.findIndex((g) => g.zh === f.zh) === i)

function accuracyFindings({ accuracyM }: EvidenceFacts, { poorAccuracyM }: EvidencePolicy): Finding[] {
  if (accuracyM === undefined || accuracyM <= poorAccuracyM) return []
  const metres = Math.round(accuracyM)
  return [
    finding(
      'accuracy-poor',
      `the position is accurate to ${metres} m only`,
      `定位精度仅${metres}米，位置不可靠`,
      { metres },
    ),
  ]
}

const defaultCondition = (category: string | undefined, city: City) =>
  category === undefined ? undefined : city.categories.get(category)?.defaultCondition

/** Camera and page go by one clock, the device's. */
const seenAt = ({ device }: { device?: DeviceTime | undefined }, receivedAt: number) =>
  device?.claimedAt ?? receivedAt

/** What the photos of a unit's reply lack that the filing condition asks for, for whoever checks it. */
export function replyFindings(
  { position, accuracyM, condition }: Pick<CaseState, 'position' | 'accuracyM' | 'condition'>,
  photos: readonly ReportPhoto[],
  { city, device, receivedAt }: { city: City; device?: DeviceTime | undefined; receivedAt: number },
): Finding[] {
  const { evidence: policy, photoPlace: placePolicy } = screeningPolicies(city.pack.policies.screening)
  const places = photos.map((photo) => ({
    photo,
    place: photoPlace({ position, accuracyM }, photo.position, placePolicy),
  }))
  const rule = ruleFindings('after', condition, places, {
    city,
    policy,
    seenAt: seenAt({ device }, receivedAt),
  })
  return [...distinct(places.flatMap(({ place }) => place.reasons)), ...rule]
}

/** What the photos lack that a filing condition asks for; nothing where it asks for nothing. */
function ruleFindings(
  which: 'before' | 'after',
  condition: string | undefined,
  places: readonly { photo: ReportPhoto; place: PhotoPlace }[],
  { city, policy, seenAt }: { city: City; policy: EvidencePolicy; seenAt: number },
): Finding[] {
  const text = condition === undefined ? undefined : city.conditions.get(condition)?.photoCheck
  if (text === undefined) return []
  const parsed = parsePhotoRule(text)
  if (!parsed.ok) throw new Error(`photo check of ${condition} in ${city.pack.code}: ${parsed.reason}`)
  const facts = places.map(({ photo: { id, takenAt }, place }): PhotoFacts => {
    const isJustTaken = takenAt !== undefined && Math.abs(seenAt - takenAt) <= policy.justTakenMs
    return {
      id,
      distanceM: place.distanceM,
      ...(takenAt === undefined ? {} : { origin: isJustTaken ? 'camera' : 'album' }),
    }
  })
  return photoRuleFaults(parsed.rule, which, facts)
}

function timeFindings({ occurredAt }: EvidenceFacts, receivedAt: number, toleranceMs: number): Finding[] {
  if (occurredAt === undefined || occurredAt - receivedAt <= toleranceMs) return []
  const ms = occurredAt - receivedAt
  const by = durationText(ms)
  return [
    finding(
      'occurred-after-receipt',
      `it is said to have happened ${by.en} after the report arrived`,
      `所报发生时间晚于收到上报${by.zh}`,
      { ms },
    ),
  ]
}
