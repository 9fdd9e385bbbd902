// The photo rule of a filing condition 采集要求 in a form that a rule can check, beside the free text that people read: how
// many photos before and after, with a position, taken on the spot. Says what is missing; what follows is a policy's.
import { type Finding, finding } from './finding.ts'

export interface PhotoRule {
  /** Photos of the matter that the report needs 处置前. */
  before: number
  /** Photos of the result that the reply needs 处置后. */
  after: number
  /** Each of them says where it was taken. */
  position: boolean
  /** Each of them was taken with the camera just then, not chosen from an album. */
  camera: boolean
  /** Each of them was taken within so many metres of the report; needs `position`. */
  withinM?: number | undefined
}

export interface PhotoFacts {
  id: string
  /** Where the photo says it was taken; metres from the report. */
  distanceM?: number | undefined
  /** How it came; absent when the sender's page did not say. */
  origin?: 'camera' | 'album' | undefined
}

export type PhotoRuleFault =
  | 'photos-missing'
  | 'photo-without-position'
  | 'photo-too-far'
  | 'photo-from-album'
  | 'photo-origin-unknown'

export type ParsedPhotoRule =
  | { ok: true; rule: PhotoRule }
  /** What could not be read, to be shown with the row. */
  | { ok: false; part: string; reason: string; zh: string }

const NOTHING: PhotoRule = { before: 0, after: 0, position: false, camera: false }
const MOST = 20

type Reading = (rule: PhotoRule, n: number) => void
const PARTS: readonly [RegExp, Reading][] = [
  [
    /^(?:before|处置前|前)\s*(?:>=|≥|:|：)?\s*(\d+)\s*张?$/i,
    (r, n) => {
      r.before = n
    },
  ],
  [
    /^(?:after|处置后|后)\s*(?:>=|≥|:|：)?\s*(\d+)\s*张?$/i,
    (r, n) => {
      r.after = n
    },
  ],
  [
    /^(?:position|带位置|位置)$/i,
    (r) => {
      r.position = true
    },
  ],
  [
    /^(?:camera|现场拍摄|现拍)$/i,
    (r) => {
      r.camera = true
    },
  ],
  [
    /^(?:within\s*)?(\d+)\s*(?:m|米)(?:内|以内)?$/i,
    (r, n) => {
      r.withinM = n
      r.position = true
    },
  ],
]

/**
 * Reads `before>=1; after>=2; position; camera; within 50m`, or in Chinese `处置前1张；处置后2张；带位置；现场拍摄；50米内`. Empty
 * text is a rule that asks nothing.
 */
export function parsePhotoRule(text: string): ParsedPhotoRule {
  const rule = { ...NOTHING }
  const seen = new Set<RegExp>()
  for (const part of text.split(/[;；、,，]/).map((p) => p.trim())) {
    if (part === '') continue
    const fault = (reason: string, zh: string): ParsedPhotoRule => ({ ok: false, part, reason, zh })
    const found = PARTS.find(([shape]) => shape.test(part))
    if (!found)
      return fault(
        `“${part}” is not understood: write before>=1; after>=1; position; camera; within 50m`,
        `无法识别“${part}”：请写成 处置前1张；处置后1张；带位置；现场拍摄；50米内`,
      )
    const [shape, read] = found
    if (seen.has(shape)) return fault(`“${part}” says the same thing twice`, `“${part}”重复`)
    seen.add(shape)
    const n = Number(shape.exec(part)?.[1] ?? 0)
    const isCount = shape === PARTS[0]?.[0] || shape === PARTS[1]?.[0]
    if (isCount && n > MOST)
      return fault(`“${part}”: a step takes at most ${MOST} photos`, `“${part}”：每个环节最多${MOST}张照片`)
    read(rule, n)
  }
  return { ok: true, rule }
}

const WHEN = { before: { en: 'of the matter', zh: '处置前' }, after: { en: 'of the result', zh: '处置后' } }

/**
 * What a step's photos lack. Only photos that keep to the whole rule count towards its number; more than asked for may be of
 * any kind. An empty answer: the rule is kept.
 */
export function photoRuleFaults(
  rule: PhotoRule,
  which: 'before' | 'after',
  photos: readonly PhotoFacts[],
): Finding<PhotoRuleFault>[] {
  const need = rule[which]
  const flaws = photos.map((photo) => flawsOf(rule, photo))
  const good = flaws.filter((f) => f.length === 0).length
  if (good >= need) return []
  const { en, zh } = WHEN[which]
  const missing = finding(
    'photos-missing' as const,
    `needs ${need} ${need === 1 ? 'photo' : 'photos'} ${en} that ${need === 1 ? 'keeps' : 'keep'} to the rule; ${good} of ${photos.length} do`,
    `需要${zh}照片${need}张，现有${photos.length}张，其中符合要求${good}张`,
    { need, have: photos.length, good },
  )
  const all = flaws.flat()
  const counted = (Object.keys(FLAWS) as Flaw[]).flatMap((code) => {
    const n = all.filter((c) => c === code).length
    return n === 0 ? [] : [finding(code, ...FLAWS[code](n, rule), { photos: n })]
  })
  return [missing, ...counted]
}

type Flaw = Exclude<PhotoRuleFault, 'photos-missing'>

const FLAWS: Record<Flaw, (n: number, rule: PhotoRule) => [en: string, zh: string]> = {
  'photo-without-position': (n) => [`${n} without a position`, `${n}张没有位置信息`],
  'photo-too-far': (n, { withinM = 0 }) => [
    `${n} taken more than ${withinM} m away`,
    `${n}张拍摄位置超出${withinM}米`,
  ],
  'photo-from-album': (n) => [
    `${n} from an album: take ${n === 1 ? 'it' : 'them'} on the spot`,
    `${n}张选自相册，须现场拍摄`,
  ],
  'photo-origin-unknown': (n) => [`${n} not known to be taken on the spot`, `${n}张无法确认是否现场拍摄`],
}

function flawsOf(rule: PhotoRule, { distanceM, origin }: PhotoFacts): Flaw[] {
  const flaws: Flaw[] = []
  if (rule.position && distanceM === undefined) flaws.push('photo-without-position')
  if (rule.withinM !== undefined && distanceM !== undefined && distanceM > rule.withinM)
    flaws.push('photo-too-far')
  if (rule.camera && origin !== 'camera')
    flaws.push(origin === 'album' ? 'photo-from-album' : 'photo-origin-unknown')
  return flaws
}
