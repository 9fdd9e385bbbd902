// The photos of a history: which pictures go with which step, under ids fixed by the case, and what is to be drawn. Only
// open cases and those of the last days have any; a paper that a request must show is the same for all.
import type { Position } from '#domain/case.ts'
import { dice } from '#scripts/life/chance.ts'
import { type PhotoOptions, photo } from '#scripts/life/photo.ts'
import { idAt } from './people.ts'
import type { PlannedCase } from './plan.ts'
import type { Life, World } from './simulate.ts'

export interface Picture {
  id: string
  at: number
  options: PhotoOptions
  position: Position | undefined
  /** Who took it. */
  accountId: string | undefined
}

/** Supervisors photograph some of what they find in order. */
const CHECK_PHOTOS = 0.25

/** @param mustShow whether the city's rules refuse a request without its paper */
export function openPictures(
  timeZone: string,
  mustShow: boolean,
): {
  ids: World['photos']
  /** Those that the events name. */
  drawn(lives: readonly Life[]): Picture[]
} {
  const known = new Map<string, Picture>()

  function keep(
    plan: PlannedCase,
    when: PhotoOptions['when'],
    at: number,
    n: number,
    isFine?: boolean,
  ): string {
    // Taken a little before it is sent.
    const taken = at - 20_000 - Math.floor(70_000 * dice(plan.id, when, n, 'taken'))
    const id = idAt(taken, plan.id, when, n)
    const { lng, lat } = plan.incident.position
    known.set(id, {
      id,
      at: taken,
      options: {
        category: plan.incident.category,
        seed: `${lng.toFixed(5)},${lat.toFixed(5)}`,
        when,
        at: taken,
        timeZone,
        ...(isFine === undefined ? {} : { isFine }),
      },
      position: when === 'evidence' ? undefined : plan.incident.position,
      accountId: when === 'before' && plan.actor.kind === 'user' ? plan.actor.id : undefined,
    })
    return id
  }

  return {
    ids(plan, when, at, n, isFine) {
      if (!plan.pictured) return when === 'evidence' && mustShow ? [PAPER] : []
      // A spoken report brings no picture.
      if (when === 'before' && plan.incident.source === 'hotline') return []
      if (when === 'check' && isFine !== false && dice(plan.id, n, 'check-photo') > CHECK_PHOTOS) return []
      // What is fixed on the spot shows both.
      if (when === 'after' && plan.incident.selfHandled !== undefined)
        return [keep(plan, 'before', at, 0), keep(plan, 'after', at, n)]
      return [keep(plan, when, at, n, isFine)]
    },
    drawn(lives) {
      const named = new Set<string>()
      for (const { events } of lives)
        for (const { payload } of events)
          if (Array.isArray(payload.photos)) for (const id of payload.photos) named.add(String(id))
      if (named.has(PAPER)) known.set(PAPER, paper(timeZone))
      return [...known.values()].filter((p) => named.has(p.id)).sort((a, b) => (a.id < b.id ? -1 : 1))
    },
  }
}

/** The paper of all requests whose cases have no photos of their own. */
const PAPER_AT = Date.parse('2026-01-05T09:00:00+08:00')
const PAPER = idAt(PAPER_AT, 'paper')
const paper = (timeZone: string): Picture => ({
  id: PAPER,
  at: PAPER_AT,
  options: { category: '', seed: 'paper', when: 'evidence', at: PAPER_AT, timeZone },
  position: undefined,
  accountId: undefined,
})

export const draw = (picture: Picture): Promise<Buffer> => photo(picture.options)
