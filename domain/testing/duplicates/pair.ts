// The shape of a labelled pair of reports: what the second reporter sent, some metres and hours after the first.

export interface PairDetails {
  /** Accuracy that the earlier and the later position came with, in metres; absent = none was sent. */
  accuracy?: readonly [earlier: number | undefined, later: number | undefined]
  /** Category of the later report when it is not the earlier one's; null = none given. */
  laterCategory?: string | null
  /** The earlier case was closed, or rejected, so many hours before the later report; otherwise it is open. */
  closed?: number
  rejected?: number
  /** How the photos of both compare. */
  photo?: 'same' | 'similar' | 'different'
  /** Codes of the components that both name. */
  components?: readonly [earlier: string, later: string]
  /** The same person sent both. */
  oneReporter?: boolean
}

/** Category, metres apart, hours apart, what the first wrote, what the second wrote. */
export type Pair = readonly [
  category: string,
  metres: number,
  hours: number,
  earlier: string,
  later: string,
  details?: PairDetails,
]
