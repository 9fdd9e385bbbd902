// Who acts in the history: the demo's real accounts, as they are in the database. Which of several people it is, is fixed
// by the case and the day, so that a duty manager has a shift and not a single case.
import type { Actor, CaseState, Post } from '#domain/case.ts'
import { openTask } from '#domain/task.ts'
import { bits, pick } from '#scripts/life/chance.ts'
import type { LifeStep } from '#scripts/life/course.ts'
import type { Incident } from '#scripts/life/incident.ts'
import type { StaffMember } from '#store/history.ts'

export interface People {
  /** Undefined when the city has nobody for it. */
  forStep(step: LifeStep, state: CaseState, day: string): Actor | undefined
  /** Whether there is anybody who fixes things on the spot. */
  canFix: boolean
  reporter(incident: Incident, areaPath: readonly string[]): Actor
}

const asActor = ({ id, posts, department, areas }: StaffMember): Actor => ({
  kind: 'user',
  id,
  posts,
  areas,
  ...(department === undefined ? {} : { department }),
})

/** Deterministic id of version 7: the instant, then bits fixed by the names. */
export function idAt(at: number, ...names: (string | number)[]): string {
  const hex = (n: number, digits: number) => n.toString(16).padStart(digits, '0').slice(-digits)
  const time = hex(at, 12)
  const [a, b, c] = [bits('id', 1, ...names), bits('id', 2, ...names), bits('id', 3, ...names)]
  const variant = hex(0x8 | (b >>> 30), 1)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(a, 3)}-${variant}${hex(b, 3)}-${hex(a >>> 12, 4)}${hex(c, 8)}`
}

export function openPeople(staff: readonly StaffMember[]): People {
  const actors = staff.map((s) => ({ ...s, actor: asActor(s) }))
  const holding = (post: Post) => actors.filter((a) => a.posts.includes(post))
  const posts = new Map<Post, typeof actors>()
  const withPost = (post: Post) => {
    const known = posts.get(post) ?? holding(post)
    posts.set(post, known)
    return known
  }
  const byId = new Map(actors.map((a) => [a.id, a.actor]))

  /** An officer of the lead unit; a reply often comes from whoever did the work, of the squad it was passed to. */
  function ofUnit({ id, department, unit }: CaseState, action: string): Actor | undefined {
    const handlers = actors.filter(
      (a) => a.posts.includes('handler') && (a.department === unit || a.department === department),
    )
    const doers = handlers.filter((a) => a.department === unit)
    if (action === 'reply' && handlers.length > 0 && bits(id, 'handler') % 10 < 6)
      return pick(doers.length > 0 ? doers : handlers, id, 'handler').actor
    const officers = actors.filter(
      (a) => a.department === department && a.posts.includes('department-officer'),
    )
    return officers.length === 0 ? undefined : pick(officers, id, 'officer').actor
  }

  /** Of several people of a post, those whose areas hold the place; else those without bounds; else all. */
  function near(post: Post, areaPath: readonly string[]) {
    const all = withPost(post)
    const local = all.filter((a) => a.areas.some((code) => areaPath.includes(code)))
    if (local.length > 0) return local
    const everywhere = all.filter((a) => a.areas.length === 0)
    return everywhere.length > 0 ? everywhere : all
  }

  return {
    canFix: withPost('grid-member').length > 0,
    forStep(step, state, day) {
      if (step.who === 'assignee') return byId.get(openTask(state)?.assignee ?? '')
      if (step.who === 'department') return ofUnit(state, step.action)
      const all = withPost(step.who)
      if (all.length === 0) return undefined
      // Desks with several seats share a day; a duty manager has it to himself.
      const seat = step.who === 'operator' || step.who === 'dispatcher' ? state.id : ''
      return pick(all, day, step.who, seat).actor
    },
    reporter(incident, areaPath) {
      if (incident.by === 'anonymous') return { kind: 'anonymous' }
      const able = incident.by === 'operator' ? withPost('operator') : near(incident.by, areaPath)
      const others = able.length > 0 ? able : near('grid-member', areaPath)
      return others.length === 0 ? { kind: 'anonymous' } : pick(others, incident.seed, 'who').actor
    },
  }
}
