// The phone's own store (IndexedDB): what waits to be sent, photos, drafts, and what was last read from the server. What a
// call has answered is on the disk: a page may be killed after it, not what it was told.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { outlived, type Waiting } from './queue-rules.ts'

export interface KeptPhoto {
  /** Also the Idempotency-Key of its upload. */
  id: string
  blob: Blob
  width: number
  height: number
  /** By the device's clock, epoch ms. */
  takenAt: number
  /** Set once the server has it. */
  upload?: string | undefined
}

interface Phone extends DBSchema {
  waiting: { key: string; value: Waiting }
  photos: { key: string; value: KeptPhoto }
  drafts: { key: string; value: unknown }
  kept: { key: string; value: unknown }
}

const NAME = 'huiyin-phone'
const VERSION = 1
/** What was sent is listed until so many newer ones were. */
const MOST_SENT = 30

let opened: Promise<IDBPDatabase<Phone>> | undefined

function open(): Promise<IDBPDatabase<Phone>> {
  opened ??= openDB<Phone>(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore('waiting', { keyPath: 'id' })
      db.createObjectStore('photos', { keyPath: 'id' })
      db.createObjectStore('drafts')
      db.createObjectStore('kept')
    },
    // A newer page changes the store: let it, and open anew when asked again.
    blocking: (_before, _wanted, event) => {
      opened = undefined
      ;(event.target as IDBDatabase).close()
    },
    terminated: () => {
      opened = undefined
    },
  }).catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

/** In the order in which they were taken. */
export async function allWaiting(): Promise<Waiting[]> {
  const items = await (await open()).getAll('waiting')
  return items.sort((a, b) => a.seq - b.seq)
}

/** Puts an item at the end of the queue and drops the draft it was made from: both or neither. */
export async function takeIn(item: Omit<Waiting, 'seq'>, draftKey?: string): Promise<Waiting> {
  const tx = (await open()).transaction(['waiting', 'drafts'], 'readwrite', { durability: 'strict' })
  const known = await tx.objectStore('waiting').getAll()
  const seq = known.reduce((most, { seq: n }) => Math.max(most, n), 0) + 1
  const whole: Waiting = { ...item, seq }
  await tx.objectStore('waiting').put(whole)
  if (draftKey !== undefined) await tx.objectStore('drafts').delete(draftKey)
  await tx.done
  return whole
}

/** Writes an item down as it is now; the photos of one that was sent are the server's now. */
export async function update(item: Waiting): Promise<void> {
  const tx = (await open()).transaction(['waiting', 'photos'], 'readwrite', { durability: 'strict' })
  const waiting = tx.objectStore('waiting')
  // Somebody may have thrown it away in another tab.
  if ((await waiting.get(item.id)) !== undefined) {
    await waiting.put(item)
    if (item.state === 'sent') await forgetPhotos(tx.objectStore('photos'), item.photos)
    for (const old of outlived(await waiting.getAll(), MOST_SENT)) await waiting.delete(old.id)
  }
  await tx.done
}

const forgetPhotos = async (photos: { delete(key: string): Promise<void> }, ids: readonly string[]) => {
  for (const id of ids) await photos.delete(id)
}

/** A person threw it away. */
export async function discard(item: Waiting): Promise<void> {
  const tx = (await open()).transaction(['waiting', 'photos'], 'readwrite')
  await tx.objectStore('waiting').delete(item.id)
  await forgetPhotos(tx.objectStore('photos'), item.photos)
  await tx.done
}

export async function putPhoto(photo: KeptPhoto): Promise<void> {
  const tx = (await open()).transaction('photos', 'readwrite', { durability: 'strict' })
  await tx.store.put(photo)
  await tx.done
}
export const photoOf = async (id: string) => (await open()).get('photos', id)
export const dropPhoto = async (id: string) => (await open()).delete('photos', id)

export const draftOf = async <T>(key: string) => (await (await open()).get('drafts', key)) as T | undefined
export async function keepDraft(key: string, draft: unknown): Promise<void> {
  await (await open()).put('drafts', draft, key)
}
export const dropDraft = async (key: string) => (await open()).delete('drafts', key)

export const keptOf = async <T>(key: string) => (await (await open()).get('kept', key)) as T | undefined
export async function keep(key: string, value: unknown): Promise<void> {
  await (await open()).put('kept', value, key)
}
/** What one person read is not the next one's: all of it, but for what the device itself knows. */
export async function forgetKept(except: readonly string[]): Promise<void> {
  const tx = (await open()).transaction('kept', 'readwrite')
  for (const key of await tx.store.getAllKeys()) if (!except.includes(key)) await tx.store.delete(key)
  await tx.done
}
