// What is stated of the demo city 演示城市: shares, rates and volumes, in one place, so that the life that is simulated and
// the check of it (npm run shares) go by the same figures. All of them are of a made-up city; see docs/demo.md.
import type { Source } from '#domain/case.ts'

/** Of 100 reports. Those of the centre's own eyes, of the public, and from elsewhere keep different hours. */
export const SOURCE_SHARES: Readonly<Partial<Record<Source, number>>> = {
  grid: 84,
  hotline: 7,
  citizen: 5,
  camera: 2,
  leader: 0.5,
  media: 0.4,
  department: 0.6,
  sensor: 0.5,
}

/** 自行处置: of 100 reports of grid members, on top of them. */
export const SELF_HANDLED = 0.12
/** Of all reports. */
export const NOT_FILED = 145 / 7534
export const DUPLICATES = 0.04
/** Of all filed cases. */
export const EXTENDED = 0.01
export const SUSPENDED = 0.005
export const VOIDED = 0.004
export const OVERSEEN = 0.006
export const REOPENED = 0.005
/** Returns asked for, percent of filed cases: what the units' own rates come to. */
export const RETURNS = 2.6
/** Of returns asked for. */
export const RETURN_GRANTED = 0.6
/** Of closed cases of the public, and of those called back 回访. */
export const CALLED_BACK = 0.8
export const SATISFIED = 0.92

export interface UnitRates {
  /** Share of filed cases of which it is the lead, percent. */
  share: number
  /** Percent of its cases. */
  onTime: number
  rework: number
  /** Returns 退单 it asks for. */
  returns: number
}

/** Too few cases for a rate of their own go by these. */
export const USUAL_RATES = { onTime: 92, rework: 5, returns: 2.6 } as const

const of2500 = (n: number, onTime: number, rework: number, returns: number): UnitRates => ({
  share: n / 25,
  onTime,
  rework,
  returns,
})
const few = (n: number): UnitRates => ({ share: n / 25, ...USUAL_RATES })

/** First-level units by code. */
export const UNIT_RATES: Readonly<Record<string, UnitRates>> = {
  enforcement: of2500(790, 93.5, 5.5, 2),
  sanitation: of2500(530, 97, 3.5, 1),
  municipal: of2500(218, 86, 6.5, 3),
  greening: of2500(100, 95, 4, 2.5),
  water: of2500(55, 94, 4, 6),
  housing: of2500(65, 72, 9, 9),
  traffic: of2500(110, 89, 4.5, 4),
  police: of2500(23, 91, 3, 5),
  market: few(18),
  transport: few(10),
  fire: few(15),
  watersupply: few(15),
  power: few(5),
  telecom: of2500(39, 74, 8, 10),
  gas: few(1),
  'st-xicheng': of2500(200, 94, 4.5, 2),
  'st-nanhu': of2500(155, 91, 5.5, 2.5),
  'st-beiqu': of2500(95, 88, 6, 3),
  kfq: of2500(55, 85, 7, 3.5),
}

export const ratesOf = (unit: string | undefined) =>
  (unit === undefined ? undefined : UNIT_RATES[unit]) ?? USUAL_RATES

/** Reports a day. The closed quarter is scaled to its own total. */
export const DAY_REPORTS = { workday: 105, weekend: 60, 'after-holiday': 145 } as const
/** The closed quarter, exactly. */
export const QUARTER = { reported: 7534, filed: 7389, closed: 6967 } as const
