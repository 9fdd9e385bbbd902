// A report as it is being written, and what is sent of it; photos by the ids of this device. Knows nothing of the page.
import type { Source } from '#domain/case.ts'
import { metresBetween } from '#domain/geo/distance.ts'
import type { LngLat } from '#domain/geo/geometry.ts'
import type { Chosen } from '../../components/capture/place-field.tsx'

export interface Draft {
  photos: string[]
  place: Chosen | undefined
  categoryCode: string | undefined
  description: string
  address: string
  /** Receipt number of the open case that this is about too. */
  sameAs: string | undefined
  /** By the device's clock: when the first photo was taken; before there is one, when the first position was. Epoch ms. */
  capturedAt: number | undefined
  /** 自行处置: fixed on the spot, with photos of after. */
  isSelfHandled: boolean
  afterPhotos: string[]
}

export const EMPTY: Draft = {
  photos: [],
  place: undefined,
  categoryCode: undefined,
  description: '',
  address: '',
  sameAs: undefined,
  capturedAt: undefined,
  isSelfHandled: false,
  afterPhotos: [],
}

/** A place that trembles by no more stays the same place; degrees, about ten metres. */
const TREMBLE = 1e-4

const isElsewhere = (a: Chosen | undefined, b: Chosen | undefined) =>
  !a || !b || Math.abs(a.lng - b.lng) > TREMBLE || Math.abs(a.lat - b.lat) > TREMBLE

/** Where the device may place the same spot again, a little better. Metres. */
const SAME_SPOT_M = 30

/**
 * Is this position of the device to stand in the report? Until there is a photo the report goes where the device goes; then
 * only a more exact one of the same spot takes its place, however far the reporter walks on.
 */
export function takesOver({ place, photos }: Draft, found: LngLat & { accuracyM: number }): boolean {
  if (!place) return true
  if (place.by !== 'device') return false
  const had = place.accuracyM ?? Number.POSITIVE_INFINITY
  const apart = metresBetween(place, found)
  if (photos.length === 0 && apart > Math.min(had, SAME_SPOT_M)) return true
  return found.accuracyM < had && apart <= Math.max(had, SAME_SPOT_M)
}

/** What was near another place or of another category is not what is meant now. */
export function changed(draft: Draft, part: Partial<Draft>, now: number): Draft {
  const isSeen = (part.photos?.length ?? 0) > 0 || part.place !== undefined
  const isFirstPhoto = draft.photos.length === 0 && (part.photos?.length ?? 0) > 0
  const isAnother =
    ('place' in part && isElsewhere(draft.place, part.place)) ||
    ('categoryCode' in part && part.categoryCode !== draft.categoryCode)
  return {
    ...draft,
    ...(isAnother ? { sameAs: undefined } : {}),
    ...part,
    capturedAt: isFirstPhoto ? now : (draft.capturedAt ?? (isSeen ? now : undefined)),
  }
}

/** Who writes down what another has seen knows no time of a device. */
const SEEN_BY_OTHERS: readonly Source[] = ['hotline', 'media', 'leader']

export type Missing = 'photo' | 'place' | 'words' | 'after'

/** What it takes before it is worth keeping. Somebody on the phone to a caller has no photo; a category says enough. */
export function missingIn(draft: Draft, source: Source): Missing[] {
  const saysNothing =
    draft.description.trim() === '' && draft.sameAs === undefined && draft.categoryCode === undefined
  return [
    ...(draft.isSelfHandled && draft.photos.length === 0 ? (['photo'] as const) : []),
    ...(source === 'grid' && draft.photos.length === 0 && !draft.isSelfHandled ? (['photo'] as const) : []),
    ...(draft.place === undefined ? (['place'] as const) : []),
    ...(saysNothing ? (['words'] as const) : []),
    ...(draft.isSelfHandled && draft.afterPhotos.length === 0 ? (['after'] as const) : []),
  ]
}

export const photosOf = (draft: Draft): string[] => [
  ...draft.photos,
  ...(draft.isSelfHandled ? draft.afterPhotos : []),
]

/** Words where the reporter has written none. */
interface DefaultWords {
  /** Of who joins a case. */
  same: string
  /** Of who chose a category and took a photo. */
  category: string
  selfHandled: string
}

/** The body but for `sentAt`, which every attempt has of its own. @throws without a place */
export function bodyOf(draft: Draft, source: Source, words: DefaultWords): Record<string, unknown> {
  const { place } = draft
  if (!place) throw new Error('a report without a place is not sent')
  const written = draft.description.trim()
  return {
    source,
    description: written || (draft.sameAs === undefined ? words.category : words.same),
    location: {
      lng: place.lng,
      lat: place.lat,
      ...(place.accuracyM === undefined ? {} : { accuracyM: place.accuracyM }),
    },
    ...(draft.categoryCode === undefined ? {} : { categoryCode: draft.categoryCode }),
    ...(draft.address.trim() === '' ? {} : { address: draft.address.trim() }),
    ...(draft.photos.length === 0 ? {} : { photos: draft.photos }),
    ...(draft.sameAs === undefined || draft.isSelfHandled ? {} : { sameAs: draft.sameAs }),
    ...(draft.capturedAt === undefined || SEEN_BY_OTHERS.includes(source)
      ? {}
      : { capturedAt: new Date(draft.capturedAt).toISOString() }),
    ...(draft.isSelfHandled
      ? {
          selfHandle: {
            result: written || words.selfHandled,
            photos: [...draft.photos.slice(0, 1), ...draft.afterPhotos],
          },
        }
      : {}),
  }
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** A report that was not accepted, to be corrected: the draft that it was made from, as far as its body tells. */
export function draftOfBody(body: Record<string, unknown>): Draft {
  const place = body.location as { lng: number; lat: number; accuracyM?: number } | undefined
  const self = body.selfHandle as { photos?: unknown } | undefined
  const at = text(body.capturedAt)
  return {
    ...EMPTY,
    photos: strings(body.photos),
    place: place && { ...place, by: 'map' },
    categoryCode: text(body.categoryCode),
    description: text(body.description) ?? '',
    address: text(body.address) ?? '',
    // What it was to join may be what is wrong with it.
    sameAs: undefined,
    capturedAt: at === undefined ? undefined : Date.parse(at),
    isSelfHandled: self !== undefined,
    afterPhotos: strings(self?.photos).slice(1),
  }
}
