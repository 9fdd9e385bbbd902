// What screening offers beside a case, as the API gives it. Instants are ISO 8601.
import type { Status } from '#domain/case.ts'
import type { EventType } from '#domain/event.ts'

interface Named {
  code: string
  name: string
}

interface Numbers {
  caseId: string
  receiptNo: string
  caseNo?: string
}

export interface DuplicateJson extends Numbers {
  status: Status
  category?: Named
  reportedAt: string
  description?: string
  address?: string
  /** Upload ids. */
  photos: string[]
  afterPhotos: string[]
  departmentName?: string
  verdict: 'certain' | 'possible'
  reasons: { code: string; zh: string; en: string }[]
  distanceM: number
  hoursApart: number
}

export interface DuplicatesJson {
  items: DuplicateJson[]
  merged: (Numbers & { reportedAt: string })[]
}

export interface PhotoReuseJson {
  photo: string
  code: 'photo-used-before' | 'photo-shows-no-change' | 'photo-like-before'
  zh: string
  en: string
  earlier: Numbers & { photo: string; at: string; which: EventType }
}

/** An open case near what is about to be reported. */
export interface NearbyJson {
  receiptNo: string
  category?: Named
  status: Status
  reportedAt: string
  distanceM: number
  likely: boolean
}

export interface SuggestionJson extends Named {
  score: number
  words: string[]
}

/** What people call a case. */
export const nameOf = ({ caseNo, receiptNo }: Numbers) => caseNo ?? receiptNo
