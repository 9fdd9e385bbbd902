// Past days of the board as they were asked for last, kept a while: who replays a day asks for it hour by hour. Days are
// read one at a time, so that many who ask at once cost no more memory than a few days.
import type { BoardState } from '#domain/board.ts'
import { boardAt } from '#domain/replay.ts'
import { type DayReader, dayShownAt, openPastBoards } from '#store/past-board.ts'
import type { ApiDeps } from '../deps.ts'

/** Days kept. A busy one is some 20 MB. */
const MOST_DAYS = 3

export interface Reels {
  /** The day, with everything that was sequenced before the call; undefined when the board had no such day. */
  day(day: string): Promise<DayReader | undefined>
  /** What screens showed at an instant (epoch ms); undefined before the first day. */
  boardAt(at: number): Promise<BoardState | undefined>
}

export function openReels({ store, runtime }: Pick<ApiDeps, 'store' | 'runtime'>): Reels {
  const boards = openPastBoards(store, runtime.cityFor)
  /** Newest last. */
  const kept = new Map<string, DayReader>()
  let line: Promise<unknown> = Promise.resolve()

  /** One after the other; what went wrong is the asker's alone. */
  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = line.then(work)
    line = done.catch(() => undefined)
    return done
  }

  async function read(day: string): Promise<DayReader | undefined> {
    const known = kept.get(day)
    kept.delete(day)
    const isCurrent = known && known.epoch === (await boards.epoch())
    const reader = isCurrent ? known : await boards.read(day)
    if (!reader) return undefined
    if (isCurrent) await reader.catchUp()
    kept.set(day, reader)
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_DAYS) break
      kept.delete(oldest)
    }
    return reader
  }

  const day = (wanted: string) => inLine(() => read(wanted))

  return {
    day,
    async boardAt(at) {
      const shown = await dayShownAt(store, at)
      const reader = shown === undefined ? undefined : await day(shown)
      return reader && boardAt(reader, at)
    },
  }
}
