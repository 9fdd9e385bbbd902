// The pictures of the finished work. What is fixed on the spot 自行处置 is proved by a picture before and one after together; as
// the answer only the one after is shown.
import type { CaseState } from './case.ts'

/** Ids in their order; all of them where none is new. */
export function afterPhotosOf({ photos, afterPhotos }: Pick<CaseState, 'photos' | 'afterPhotos'>): string[] {
  const fresh = afterPhotos.filter((id) => !photos.includes(id))
  return fresh.length > 0 ? fresh : afterPhotos
}
