// What became of a report, as anybody with its number may read it; kept on the device for when there is no network.
import type { Outcome, Status } from '#domain/case.ts'
import { useKept } from '../../offline/use-kept.ts'

export interface Stages {
  receiptNo: string
  status: Status
  category?: { code: string; name: string }
  /** ISO 8601. */
  steps: { at: string; type: string }[]
  /** Present once it is over. */
  answer?: { outcome?: Outcome; reason?: string; mergedInto?: string }
  afterPhotos?: { id: string; url: string }[]
}

export interface Track extends Stages {
  reportedAt: string
  /** Of a merged report: the case under which it goes on. */
  goesOn?: Stages
  /** While its reporter may say how it was done. */
  rating?: { given?: string; mine: boolean; scale: { code: string; name: string }[] }
}

export const useTrack = (receiptNo: string) => useKept<Track>(`/track/${encodeURIComponent(receiptNo)}`)
