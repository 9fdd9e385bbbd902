// How the desk of a unit is divided: what is to be done first, in whose hands it is, what waits for others. A case can stand
// in more than one section: an oversight to answer does not take it out of anybody's hands. Pure.
import type { CaseJson } from '../../api/cases.ts'
import type { Me } from './unit.ts'

export const SECTIONS = [
  'mine',
  'acknowledge',
  'oversight',
  'rework',
  'unit',
  'passed',
  'asked',
  'suspended',
  'replied',
  'co',
] as const
export type Section = (typeof SECTIONS)[number]

/** Open as a co-unit until it has answered. */
const answered = (c: CaseJson, isOurs: (code: string) => boolean) =>
  (c.coAnswers ?? []).some((a) => isOurs(a.department) && a.answeredAt !== undefined)

/**
 * @param role under which the list was asked for: as the unit that has it, or as a co-unit
 * @param isOurs whether a unit is this one or below it
 */
export function sectionsOf(
  c: CaseJson,
  { me, role, isOurs }: { me: Me; role: 'lead' | 'co'; isOurs: (code: string) => boolean },
): Section[] {
  if (role === 'co') return answered(c, isOurs) ? [] : ['co']
  const found: Section[] = []
  if (c.desk?.offers.includes('answer-oversight')) found.push('oversight')
  if (c.request) found.push('asked')
  switch (c.status) {
    case 'dispatched':
      if (!c.request) found.push('acknowledge')
      break
    case 'handling':
      if (c.handler === me.id) found.push('mine')
      if (c.round > 1) found.push('rework')
      else if (c.handler !== me.id) found.push(isPassedOn(c, me) ? 'passed' : 'unit')
      break
    case 'suspended':
      found.push('suspended')
      break
    case 'replied':
    case 'checked':
      found.push('replied')
      break
  }
  return found
}

/** With a squad below this unit, or with another person. */
const isPassedOn = (c: CaseJson, me: Me) =>
  (c.unit !== undefined && c.unit !== me.department) || c.handler !== undefined

export interface Entry {
  c: CaseJson
  role: 'lead' | 'co'
  sections: readonly Section[]
}

/** Every open case once: where the unit both leads and helps, it leads. */
export function entriesOf(
  lists: { lead: readonly CaseJson[]; co: readonly CaseJson[] },
  where: { me: Me; isOurs: (code: string) => boolean },
): Entry[] {
  const seen = new Set(lists.lead.map((c) => c.id))
  const entry = (c: CaseJson, role: 'lead' | 'co'): Entry => ({
    c,
    role,
    sections: sectionsOf(c, { ...where, role }),
  })
  return [
    ...lists.lead.map((c) => entry(c, 'lead')),
    ...lists.co.filter((c) => !seen.has(c.id)).map((c) => entry(c, 'co')),
  ]
}

/** Where the desk opens: what nobody has signed for first; for those who do the work, theirs, else what they may take. */
export function firstSection(entries: readonly Entry[], isHandler: boolean): Section {
  const has = (s: Section) => entries.some((e) => e.sections.includes(s))
  const order: readonly Section[] = isHandler
    ? ['mine', 'rework', 'unit']
    : ['acknowledge', 'oversight', 'rework', 'mine', 'unit', 'passed']
  return order.find(has) ?? (isHandler ? 'mine' : 'acknowledge')
}

/** A step offered for each of these cases; none for none. */
export const offeredByAll = (entries: readonly Entry[], action: string) =>
  entries.length > 0 && entries.every((e) => e.c.desk?.offers.includes(action))
