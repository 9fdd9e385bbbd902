// Which open cases wait for a person: by post in the centre, by unit outside it. Field tasks come from their own list.
import type { BoardCase } from '#domain/board.ts'
import type { Account } from '../../api/session.ts'

const CENTRE = ['duty-manager', 'operator', 'dispatcher', 'head', 'evaluator', 'leader', 'admin'] as const

/** Scope whose feed holds everything that can wait for this person. */
export function scopeOf(user: Account): string {
  const inCentre = user.posts.some((p) => (CENTRE as readonly string[]).includes(p))
  return user.department !== undefined && !inCentre ? `department:${user.department}` : 'city'
}

export function waitsFor(c: BoardCase, user: Account): boolean {
  const who = c.waitsFor?.who
  if (who === undefined || who === 'assignee') return false
  if (who === 'department') {
    const handles = user.posts.includes('department-officer') || user.posts.includes('handler')
    return handles && c.department === user.department
  }
  return user.posts.includes(who)
}
