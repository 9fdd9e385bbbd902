// Who gets a field task 核实、核查: of those who are able, whoever is on duty; of these the nearest. Pure.
import type { CaseState, Position } from './case.ts'
import { metresBetween } from './geo/distance.ts'
import { openTask } from './task.ts'

/** A position older than this says nothing of where somebody is. */
export const POSITION_HOLDS_MS = 30 * 60_000

export interface FieldPerson {
  id: string
  /** Area codes; empty = the whole city. */
  areas: readonly string[]
  onDuty: boolean
  /** Last known position with its instant (epoch ms); kept while on duty only. */
  position?: (Position & { at: number }) | undefined
  /** Field tasks not reported yet. */
  openTasks: number
}

/**
 * `area`: first those whose areas cover the case, then those without bounds, then anybody; `central` asks those without
 * bounds first, who hand it on. Of the first of these groups in which somebody is on duty: the nearest by a position that
 * still holds, then who has the fewest open tasks. With nobody on duty at all, the first group has it, spread evenly by
 * the case's id. Never the holder of the open task while there is anybody else.
 */
export function assigneeAmong(
  people: readonly FieldPerson[],
  state: Pick<CaseState, 'id' | 'areaPath' | 'position' | 'tasks'>,
  { by = 'area', now }: { by?: 'area' | 'central' | undefined; now: number },
): string | undefined {
  const holder = openTask(state)?.assignee
  const local = people.filter((p) => p.areas.some((a) => state.areaPath.includes(a)))
  const everywhere = people.filter((p) => p.areas.length === 0)
  const groups = (by === 'central' ? [everywhere, local, people] : [local, everywhere, people]).map((group) =>
    group.filter((p) => p.id !== holder),
  )
  const present = groups.map((group) => group.filter((p) => p.onDuty)).find((g) => g.length > 0)
  const turn = Number.parseInt(state.id.slice(-6), 16) || 0
  if (present) return nearest(present, state.position, now, turn)
  const able = groups.find((g) => g.length > 0) ?? people
  return able[turn % Math.max(1, able.length)]?.id
}

function nearest(
  people: readonly FieldPerson[],
  to: Position,
  now: number,
  turn: number,
): string | undefined {
  const distance = ({ position }: FieldPerson) =>
    position && now - position.at <= POSITION_HOLDS_MS
      ? metresBetween(position, to)
      : Number.POSITIVE_INFINITY
  // Those alike in everything take turns by the case.
  const from = turn % people.length
  const inTurn = [...people.slice(from), ...people.slice(0, from)]
  const ranked = inTurn.map((p) => ({ p, metres: distance(p) }))
  ranked.sort((a, b) => byNumber(a.metres, b.metres) || a.p.openTasks - b.p.openTasks)
  return ranked[0]?.p.id
}

/** Infinity minus itself is no number. */
const byNumber = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)
