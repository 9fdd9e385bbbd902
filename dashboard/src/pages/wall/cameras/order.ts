// Which cameras a wall goes through, in which order, and which of them are on show at a turn. Pure.
import { metresBetween } from '#domain/geo/distance.ts'
import type { LngLat } from '#domain/geo/geometry.ts'

export const SPLITS = [1, 4, 6, 9] as const
export type Split = (typeof SPLITS)[number]

/** Pictures that play at once, on show and being made ready: what a screen's small computer decodes without trouble. */
export const MOST_PLAYERS = 9

interface Placed {
  code: string
  location: LngLat
}

/** Those of `codes` in that order (all without it; unknown ones are left out), the nearest to `near` first. */
export function orderCameras<C extends Placed>(
  cameras: readonly C[],
  { codes, near }: { codes?: readonly string[] | undefined; near?: LngLat | undefined },
): C[] {
  const byCode = new Map(cameras.map((c) => [c.code, c]))
  const chosen = codes ? [...new Set(codes)].flatMap((code) => byCode.get(code) ?? []) : [...cameras]
  return near
    ? chosen.sort((a, b) => metresBetween(a.location, near) - metresBetween(b.location, near))
    : chosen
}

/** The smallest split that shows as many as asked for, and no more places than there are cameras to fill them. */
export const splitFor = (asked: number, n: number): Split => SPLITS.find((s) => s >= Math.min(asked, n)) ?? 9

/** What is on show at a turn, counted from 0: as many as the split has, going round without a gap. */
export function onShow<C>(list: readonly C[], split: Split, turn: number): C[] {
  if (list.length <= split) return [...list]
  return Array.from({ length: split }, (_, i) => list[(turn * split + i) % list.length] as C)
}

/**
 * What is made ready behind a turn's pictures, so that none begins black: the next turn's, where both together are few
 * enough and the list is longer than one turn.
 */
export function madeReady<C>(list: readonly C[], split: Split, turn: number): C[] {
  if (list.length <= split || split * 2 > MOST_PLAYERS) return []
  const shown = new Set(onShow(list, split, turn))
  return onShow(list, split, turn + 1).filter((c) => !shown.has(c))
}

export interface Round {
  turn: number
  /** The next turn is near: its pictures are made ready. */
  isEnding: boolean
}

/** A picture has come well before this. */
const READY_S = 5

/** The turn that is `seconds` into a round. Without a length it stands at its first. */
export function turnAt(seconds: number, rotateSeconds: number | undefined): Round {
  if (rotateSeconds === undefined || rotateSeconds <= 0) return { turn: 0, isEnding: false }
  const turn = Math.floor(seconds / rotateSeconds)
  return { turn, isEnding: seconds - turn * rotateSeconds >= rotateSeconds - READY_S }
}
