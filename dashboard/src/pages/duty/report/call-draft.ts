// A report that is being taken: what is typed, what it lacks, how it is sent, and where it waits meanwhile.
import type { Source } from '#domain/case.ts'
import type { LngLat } from '../../../components/form/schema.ts'

/** As which the centre takes reports from people. */
export const SOURCES_HERE = [
  'hotline',
  'citizen',
  'leader',
  'media',
  'department',
] as const satisfies Source[]

export interface CallDraft {
  source: Source
  description: string
  categoryCode: string | undefined
  location: LngLat | undefined
  address: string
  name: string
  phone: string
  photos: string[]
  /** Receipt number of the open case that it joins. */
  sameAs: string | undefined
}

export const EMPTY: CallDraft = {
  source: 'hotline',
  description: '',
  categoryCode: undefined,
  location: undefined,
  address: '',
  name: '',
  phone: '',
  photos: [],
  sameAs: undefined,
}

export const missing = ({ description, location }: CallDraft): ('description' | 'location')[] => [
  ...(description.trim() === '' ? (['description'] as const) : []),
  ...(location === undefined ? (['location'] as const) : []),
]

const said = (text: string) => (text.trim() === '' ? undefined : text.trim())

/** The body of the report: what was left empty is absent. */
export function bodyOf({ name, phone, ...draft }: CallDraft): Record<string, unknown> {
  const person = { name: said(name), phone: said(phone) }
  const reporter = Object.fromEntries(Object.entries(person).filter(([, v]) => v !== undefined))
  const body = {
    source: draft.source,
    description: draft.description.trim(),
    location: draft.location,
    categoryCode: draft.categoryCode,
    address: said(draft.address),
    photos: draft.photos.length > 0 ? draft.photos : undefined,
    sameAs: draft.sameAs,
    reporter: Object.keys(reporter).length > 0 ? reporter : undefined,
  }
  return Object.fromEntries(Object.entries(body).filter(([, v]) => v !== undefined))
}

const KEY = 'huiyin.desk.report.'

/** Photos are not kept: the field that shows them begins empty. */
export function keepDraft(account: string, draft: CallDraft): void {
  const isEmpty = JSON.stringify({ ...draft, source: EMPTY.source, photos: [] }) === JSON.stringify(EMPTY)
  if (isEmpty) sessionStorage.removeItem(KEY + account)
  else sessionStorage.setItem(KEY + account, JSON.stringify({ ...draft, photos: [] }))
}

/** Of this tab only: who called is nobody else's at a shared machine. */
export function keptDraft(account: string): CallDraft {
  const kept = sessionStorage.getItem(KEY + account)
  if (kept === null) return EMPTY
  try {
    return { ...EMPTY, ...(JSON.parse(kept) as Partial<CallDraft>) }
  } catch (error) {
    // Written by another version of the page: a fresh form is no loss worth a broken page.
    console.warn('a kept report could not be read', error)
    return EMPTY
  }
}
