// A report as it is being written, and what is sent of it. Knows nothing of the page.
import type { Source } from '#domain/case.ts'
import type { LngLat } from '../../components/form/schema.ts'

export interface Draft {
  photos: string[]
  location: LngLat | undefined
  categoryCode: string | undefined
  description: string
  address: string
  /** Receipt number of the open case that this is about too. */
  sameAs: string | undefined
  /** By the device's clock: when the first photo or position was taken. Epoch ms. */
  capturedAt: number | undefined
}

export const EMPTY: Draft = {
  photos: [],
  location: undefined,
  categoryCode: undefined,
  description: '',
  address: '',
  sameAs: undefined,
  capturedAt: undefined,
}

/** What was near another place or of another category is not what is meant now. */
export function changed(draft: Draft, part: Partial<Draft>, now: number): Draft {
  const isSeen = (part.photos?.length ?? 0) > 0 || part.location !== undefined
  const isElsewhere = 'location' in part || 'categoryCode' in part
  return {
    ...draft,
    ...(isElsewhere ? { sameAs: undefined } : {}),
    ...part,
    capturedAt: draft.capturedAt ?? (isSeen ? now : undefined),
  }
}

/** Who writes down what another has seen knows no time of a device. */
const SEEN_BY_OTHERS: readonly Source[] = ['hotline', 'media', 'leader']

/**
 * The body but for `sentAt`, which every attempt has of its own.
 * @param sameWords the description of who joins a case and writes nothing
 */
export const bodyOf = (draft: Draft, source: Source, sameWords: string) => ({
  source,
  description: draft.description.trim() || (draft.sameAs === undefined ? '' : sameWords),
  location: draft.location,
  ...(draft.categoryCode === undefined ? {} : { categoryCode: draft.categoryCode }),
  ...(draft.address.trim() === '' ? {} : { address: draft.address.trim() }),
  ...(draft.photos.length === 0 ? {} : { photos: draft.photos }),
  ...(draft.sameAs === undefined ? {} : { sameAs: draft.sameAs }),
  ...(draft.capturedAt === undefined || SEEN_BY_OTHERS.includes(source)
    ? {}
    : { capturedAt: new Date(draft.capturedAt).toISOString() }),
})
