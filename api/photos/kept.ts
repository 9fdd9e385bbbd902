// Fingerprints of photos that are kept already, for the worker: which process has the pictures is the start script's to say.
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Fingerprint } from '#domain/photo-likeness.ts'
import type { Config } from '#store/config.ts'
import { fingerprint } from './fingerprint.ts'
import { filePhotoStore } from './photo-store.ts'

/** @returns a function by upload id; it answers undefined when the picture is not there or shows next to nothing. */
export function keptFingerprints({
  dataDir,
}: Pick<Config, 'dataDir'>): (id: string) => Promise<Fingerprint | undefined> {
  const photos = filePhotoStore(join(dataDir, 'photos'))
  return async (id) => {
    const photo = await photos.read(id)
    return photo && fingerprint(await buffer(photo.stream))
  }
}
