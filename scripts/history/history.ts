// The demo's history at its first start: made in memory, put into the log, its photos drawn. Nothing for a city that is no
// demo, or that has cases already. See docs/demo.md.
import { join } from 'node:path'
import { filePhotoStore } from '#api/photos/photo-store.ts'
import type { City } from '#domain/city/types.ts'
import { openTown, type Town } from '#scripts/life/town.ts'
import { sha256 } from '#store/hash.ts'
import { openDirectory } from '#store/directory.ts'
import {
  addUploads,
  allStaff,
  beginHistory,
  continueNumbers,
  finishHistory,
  type HistoryNote,
  keepFingerprint,
  readHistory,
} from '#store/history.ts'
import type { Store } from '#store/open.ts'
import { openCities } from '#store/cities.ts'
import { openProjector } from '#store/projector.ts'
import { missingUploads, type Upload } from '#store/uploads.ts'
import { fingerprintOf, loadHistory } from './load.ts'
import { type History, makeHistory } from './make.ts'
import { openPeople } from './people.ts'
import { type Period, periodAt } from './period.ts'
import { draw, type Picture } from './pictures.ts'

export interface HistoryOptions {
  store: Store
  /** Photos are kept in its folder `photos`. */
  dataDir: string
  /** The log's clock, epoch ms: where a history that is begun now will end. */
  now: number
  /** Another period than the last closed quarter, and smaller pieces of the log; for tests. */
  period?: Period
  pieceSize?: number
  onProgress?: (text: string) => void
}

/** What there is after it: the counts of a history made now; undefined when there was nothing to do. */
export async function ensureHistory(options: HistoryOptions): Promise<History['counts'] | undefined> {
  const { store, dataDir, now, onProgress = () => {} } = options
  const known = await readHistory(store)
  if (known?.finished) return undefined
  const cityFor = openCities(store)
  const city = await cityFor()
  const town = openTown(city.pack)
  const note = known ?? (await beginHistory(store, options.period ?? periodAt(now, city.pack.timeZone)))
  if (!note) return undefined
  onProgress('thinking it up')
  const history = await make(store, note, city, town)
  if (!(await keepFingerprint(store, fingerprintOf(history))))
    throw new Error(
      'The demo history was interrupted, and the city or the program has changed since. Begin anew with another DATA_DIR, or go on without the rest: DEMO_HISTORY=0',
    )
  const brokenOff = new AbortController()
  const drawing = drawAll(history.pictures, dataDir, store, brokenOff.signal)
  // Whatever goes wrong in between is told first, and nobody draws on behind it.
  drawing.catch(() => {})
  try {
    await loadHistory(history, {
      store,
      projector: openProjector({ store, cityFor }),
      cityFor,
      timeZone: city.pack.timeZone,
      done: note.pieces,
      pieceSize: options.pieceSize,
      onProgress: (done, of) => onProgress(`${Math.floor((done / of) * 100)} % of ${of} steps`),
    })
  } catch (error) {
    brokenOff.abort()
    await drawing.catch(() => {})
    throw error
  }
  onProgress('photos')
  await drawing
  await continueNumbers(store)
  await finishHistory(store)
  return history.counts
}

/** The demo goes on without the part of its history that is missing. */
export async function leaveHistory(store: Store): Promise<void> {
  await continueNumbers(store)
  await finishHistory(store)
}

async function make(store: Store, note: HistoryNote, city: City, town: Town): Promise<History> {
  const directory = openDirectory(store)
  await directory.refresh()
  return makeHistory({
    period: note,
    town,
    city,
    people: openPeople(await allStaff(store)),
    assigneeFor: (kind, state) => directory.assigneeFor(kind, state, city.pack.policies.taskAssignee),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  })
}

const SIDE_BY_SIDE = 3
const ROWS = 200

/** Draws what is not there yet; picture first, row after, so that no row names a picture that is missing. */
async function drawAll(
  pictures: readonly Picture[],
  dataDir: string,
  store: Store,
  stop: AbortSignal,
): Promise<void> {
  const photos = filePhotoStore(join(dataDir, 'photos'))
  for (let from = 0; from < pictures.length && !stop.aborted; from += ROWS) {
    const slice = pictures.slice(from, from + ROWS)
    const missing = await missingUploads(
      store,
      slice.map((p) => p.id),
    )
    const batch = slice.filter((p) => missing.has(p.id))
    const rows: Upload[] = []
    let taken = 0
    const hand = async () => {
      for (let p = batch[taken++]; p && !stop.aborted; p = batch[taken++]) {
        const jpeg = await draw(p)
        await photos.put(p.id, jpeg)
        rows.push({
          id: p.id,
          accountId: p.accountId,
          sha256: sha256(jpeg),
          mediaType: 'image/jpeg',
          bytes: jpeg.length,
          width: 480,
          height: 360,
          takenAt: p.at,
          position: p.position,
        })
      }
    }
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, hand))
    await addUploads(store, rows)
  }
}
