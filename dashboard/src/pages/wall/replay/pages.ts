// A past day in half hours, as the server gives it: the board at the beginning of one, and its changes. The last ones asked
// for are kept, so that going back and forth costs nothing; the browser's cache keeps the rest.
import type { BoardDelta, BoardSnapshot } from '#domain/board.ts'
import { type Answer, request } from '../../../api/request.ts'

/** What is fetched at a time. A whole multiple of every step, so that no frame lies across two. */
export const BLOCK_MS = 1_800_000
const MOST_PAGES = 24
const MOST_KEYFRAMES = 12

/** Simulated seconds drawn together at a speed: some four changes a second, as live. */
export const stepAt = (speed: number): number =>
  speed <= 5 ? 1 : speed <= 30 ? 5 : speed <= 120 ? 15 : speed <= 600 ? 60 : 300

/** Start of the half hour that an instant ends or lies in: the blocks are those after it. */
export const blockOf = (at: number): number => Math.ceil(at / BLOCK_MS - 1) * BLOCK_MS

interface DayStart {
  day: string
  /** The log's clock at its first fact and at its end, or at its last fact so far; epoch ms. */
  start: number
  end: number
  isOver: boolean
  snapshot: BoardSnapshot
}

export type Ask = <T>(path: string) => Promise<Answer<T>>

export interface DayPages {
  /** The board as the day began, or after that instant (epoch ms). */
  begin(at?: number): Promise<Answer<DayStart>>
  /** Frames of a block, if they are here. */
  ready(block: number, step: number): readonly BoardDelta[] | undefined
  /** Fetches them, once. */
  frames(block: number, step: number): Promise<Answer<readonly BoardDelta[]>>
  /** A board that was kept as of the beginning of a block. */
  keyframe(block: number): BoardSnapshot | undefined
  keep(block: number, board: BoardSnapshot): void
  /** Forgets everything: the data was restored, or has grown. */
  forget(): void
}

const iso = (at: number) => new Date(at).toISOString()

/** A map that forgets what was used longest ago. */
function createKept<T>(most: number) {
  const kept = new Map<string, T>()
  return {
    get(key: string): T | undefined {
      const value = kept.get(key)
      if (value !== undefined) {
        kept.delete(key)
        kept.set(key, value)
      }
      return value
    },
    set(key: string, value: T) {
      kept.delete(key)
      kept.set(key, value)
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break
        kept.delete(oldest)
      }
    },
    clear: () => kept.clear(),
  }
}

export function createDayPages(day: string, scope: string, ask: Ask = request): DayPages {
  const pages = createKept<readonly BoardDelta[]>(MOST_PAGES)
  const keyframes = createKept<BoardSnapshot>(MOST_KEYFRAMES)
  const asking = new Map<string, Promise<Answer<readonly BoardDelta[]>>>()
  let epoch: string | undefined
  const base = `day=${day}&scope=${encodeURIComponent(scope)}`
  const key = (block: number, step: number) => `${block} ${step}`

  async function fetchFrames(block: number, step: number): Promise<Answer<readonly BoardDelta[]>> {
    const range = `from=${iso(block)}&to=${iso(block + BLOCK_MS)}`
    const answer = await ask<{ deltas: BoardDelta[] }>(
      `/board/replay/frames?${base}&${range}&step=${step}${epoch === undefined ? '' : `&epoch=${epoch}`}`,
    )
    return answer.ok ? { ok: true, value: answer.value.deltas } : answer
  }

  return {
    async begin(at) {
      const answer = await ask<DayStart>(`/board/replay?${base}${at === undefined ? '' : `&at=${iso(at)}`}`)
      if (answer.ok) epoch = answer.value.snapshot.epoch
      return answer
    },
    ready: (block, step) => pages.get(key(block, step)),
    frames(block, step) {
      const name = key(block, step)
      const known = pages.get(name)
      if (known) return Promise.resolve({ ok: true, value: known })
      const running = asking.get(name)
      if (running) return running
      const asked = fetchFrames(block, step).then((answer) => {
        asking.delete(name)
        if (answer.ok) pages.set(name, answer.value)
        return answer
      })
      asking.set(name, asked)
      return asked
    },
    keyframe: (block) => keyframes.get(String(block)),
    keep: (block, board) => keyframes.set(String(block), board),
    forget() {
      pages.clear()
      keyframes.clear()
      asking.clear()
    },
  }
}
