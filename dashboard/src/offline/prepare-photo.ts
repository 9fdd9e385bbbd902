// A photo as it comes from a camera or an album, made small enough for a bad network before anything else happens to it.
import { v4 as uuid } from 'uuid'
import { exifFor, exifOf, withExif } from './exif.ts'
import { putPhoto, type KeptPhoto } from './store.ts'

/** Longest edge in pixels; enough to read a number plate across a street. */
const LONGEST_EDGE = 1600
const QUALITY = 0.82
/** A file that is older was not just taken with the camera, whatever the button said. */
const JUST_TAKEN_MS = 2 * 60_000

export interface Shot {
  blob: Blob
  /** Taken with the camera here and now, as far as the page knows. */
  isFresh: boolean
  /** Where the device was then. */
  position?: { lng: number; lat: number } | undefined
}

export class NotAPhoto extends Error {}

/** From a file that a person took or chose. */
export const shotOf = (file: File, byCamera: boolean, position: Shot['position'], now: number): Shot => ({
  blob: file,
  isFresh: byCamera && Math.abs(now - file.lastModified) < JUST_TAKEN_MS,
  position,
})

async function drawn(blob: Blob): Promise<{ jpeg: Blob; width: number; height: number }> {
  const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' }).catch(() => {
    throw new NotAPhoto()
  })
  try {
    const scale = Math.min(1, LONGEST_EDGE / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(bitmap.width * scale)
    canvas.height = Math.round(bitmap.height * scale)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('this browser cannot draw photos')
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    if (!jpeg) throw new Error('this browser cannot write photos')
    return { jpeg, width: canvas.width, height: canvas.height }
  } finally {
    bitmap.close()
  }
}

/**
 * Downscales a photo, keeps what it says of time and place, and puts it into the device's store.
 * @param now epoch ms by the device's clock
 * @throws NotAPhoto for what the browser cannot read
 */
export async function takePhoto({ blob, isFresh, position }: Shot, now: number): Promise<KeptPhoto> {
  const { jpeg, width, height } = await drawn(blob)
  const exif = isFresh
    ? exifFor({ at: now, offsetMinutes: -new Date(now).getTimezoneOffset(), position })
    : exifOf(new Uint8Array(await blob.arrayBuffer()))
  const bytes = exif ? withExif(new Uint8Array(await jpeg.arrayBuffer()), exif) : undefined
  const photo: KeptPhoto = {
    id: uuid(),
    blob: bytes ? new Blob([bytes as BlobPart], { type: 'image/jpeg' }) : jpeg,
    width,
    height,
    takenAt: now,
  }
  await putPhoto(photo)
  return photo
}
