// What is to become of each planned case: exactly so many stay unfiled, and every rate is kept evenly, unit by unit.
import type { City } from '#domain/city/types.ts'
import { policyDecision } from '#domain/policy.ts'
import { dice, openEven } from '#scripts/life/chance.ts'
import { chancesOf, type Fate } from '#scripts/life/fate.ts'
import type { Period } from './period.ts'
import type { PlannedCase } from './plan.ts'

export const NONE: Fate = {
  notFiled: false,
  returned: false,
  granted: false,
  late: false,
  reworked: false,
  extended: false,
  suspended: false,
  voided: false,
  overseen: false,
  calledBack: false,
  satisfied: true,
  reopened: false,
}

export function decideFates(cases: readonly PlannedCase[], period: Period, city: City): void {
  const { reported, filed } = period.counts
  const plain = cases.filter((c) => c.incident.selfHandled === undefined)
  const quarter = plain.filter((c) => c.inQuarter)
  const present = plain.filter((c) => !c.inQuarter)
  for (const c of refused(quarter, reported - filed, period.seed, city)) c.fate = { ...NONE, notFiled: true }
  const likewise = Math.round((present.length * (reported - filed)) / reported)
  for (const c of refused(present, likewise, period.seed, city)) c.fate = { ...NONE, notFiled: true }
  const even = openEven(`${period.seed} fate`)
  for (const c of plain) if (!c.fate.notFiled) c.fate = fateOf(c, even)
}

/** Whether a person looks at it before it is filed: what only rules see is never refused. */
function isSeen({ incident: { source, category } }: PlannedCase, city: City): boolean {
  const { accept, file } = city.pack.policies
  const facts = { source, category: city.categories.get(category) }
  return policyDecision(accept, facts).who !== 'rule' || policyDecision(file, facts).who !== 'rule'
}

/** So many of the cases end unfiled: a part of the second reports, merged, and others that a person sees. */
function refused(cases: readonly PlannedCase[], n: number, seed: string, city: City): PlannedCase[] {
  const seen = cases.filter(
    (c) => isSeen(c, city) && c.incident.source !== 'leader' && c.incident.source !== 'sensor',
  )
  const seconds = seen.filter((c) => c.repeats !== undefined)
  const merged = spreadOver(
    seconds,
    Math.min(Math.round(n * 0.45), Math.floor(seconds.length * 0.6)),
    () => 1,
    seed,
  )
  const others = seen.filter((c) => c.repeats === undefined)
  const weight = (c: PlannedCase) => (c.incident.source === 'grid' ? 1 : 3)
  return [...merged, ...spreadOver(others, n - merged.length, weight, seed)]
}

/** `n` of the items, evenly over the whole by weight. @throws when there are fewer. */
function spreadOver<T>(items: readonly T[], n: number, weight: (item: T) => number, seed: string): T[] {
  if (n > items.length) throw new Error(`${n} of ${items.length} cases cannot stay unfiled`)
  const total = items.reduce((sum, i) => sum + weight(i), 0)
  const offset = dice(seed, 'spread', n)
  const chosen: T[] = []
  let sum = 0
  for (const [i, item] of items.entries()) {
    sum += weight(item)
    const due = (sum / total) * n
    const left = items.length - i
    if (chosen.length < n && (due > chosen.length + offset || n - chosen.length >= left)) chosen.push(item)
  }
  return chosen
}

function fateOf(c: PlannedCase, even: ReturnType<typeof openEven>): Fate {
  const part = c.inQuarter ? 'quarter' : 'present'
  const chances = chancesOf(c.incident.category, c.unit)
  const falls = (what: keyof Fate, about = '') => even(`${part} ${what} ${about}`, chances[what])
  const unit = c.unit ?? ''
  const voided = falls('voided')
  const suspended = !voided && falls('suspended')
  const isPublic = c.incident.source === 'hotline' || c.incident.source === 'citizen'
  const calledBack = isPublic && falls('calledBack')
  const satisfied = !calledBack || falls('satisfied')
  const returned = !voided && falls('returned', unit)
  return {
    notFiled: false,
    returned,
    granted: returned && falls('granted'),
    late: !voided && !suspended && falls('late', unit),
    reworked: !voided && falls('reworked', unit),
    extended: !voided && !suspended && falls('extended'),
    suspended,
    voided,
    overseen: falls('overseen'),
    calledBack,
    satisfied,
    reopened: !satisfied && falls('reopened'),
  }
}
