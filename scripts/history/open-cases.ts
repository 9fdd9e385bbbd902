// Which cases are still open when the history ends: some dozens of every age, state and light, so that each desk has
// something before it. Some are left where they are, some are stopped at a desk, all others are asked to end in time.
import { type HandleClock, isFinal, type Light, type Status } from '#domain/case.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/days.ts'
import { lightOf } from '#domain/light.ts'
import { dice } from '#scripts/life/chance.ts'
import { EXTENDABLE, type Fate, SUSPENDABLE } from '#scripts/life/fate.ts'
import type { Period } from './period.ts'
import type { Life } from './simulate.ts'

/** Of fifty open cases, about so many in each state. */
const WANTED: Readonly<Partial<Record<Status, number>>> = {
  reported: 3,
  accepted: 3,
  filed: 2,
  dispatched: 8,
  handling: 16,
  suspended: 4,
  replied: 7,
  checked: 6,
}

/** A desk at which cases wait: how many, since how long at most, and by which event they came there. */
interface Desk {
  action: string
  status: Status
  n: number
  sinceMs: number
  came: (event: { type: string; payload: Record<string, unknown> }) => boolean
  urgent?: boolean
  /** Only what has this light when it waits there. */
  light?: 'yellow' | 'red'
  /** Where nobody came there of itself: what is to become of a case of today, and of which category. */
  else?: { fate: Partial<Fate>; category?: RegExp }
}

const awaited =
  (action: string): Desk['came'] =>
  ({ type, payload }) =>
    type === 'decision-awaited' && payload.action === action
const by =
  (wanted: string): Desk['came'] =>
  ({ type }) =>
    type === wanted
const H = HOUR_MS

/** Rare ones first: what has many takers can do without one. */
const DESKS: readonly Desk[] = [
  {
    action: 'grant-extension',
    status: 'handling',
    n: 2,
    sinceMs: 30 * H,
    came: by('extension-requested'),
    else: { fate: { extended: true }, category: EXTENDABLE },
  },
  {
    action: 'suspend',
    status: 'handling',
    n: 1,
    sinceMs: 60 * H,
    came: by('suspension-requested'),
    else: { fate: { suspended: true }, category: SUSPENDABLE },
  },
  {
    action: 'grant-return',
    status: 'dispatched',
    n: 2,
    sinceMs: 20 * H,
    came: by('return-requested'),
    else: { fate: { returned: true, granted: true } },
  },
  {
    action: 'dispatch',
    status: 'filed',
    n: 2,
    sinceMs: 20 * H,
    came: awaited('dispatch'),
    else: { fate: { returned: true, granted: true } },
  },
  { action: 'reply', status: 'handling', n: 3, sinceMs: 7 * H, came: by('acknowledged'), urgent: true },
  { action: 'reply', status: 'handling', n: 2, sinceMs: 60 * H, came: by('acknowledged'), light: 'red' },
  { action: 'reply', status: 'handling', n: 2, sinceMs: 60 * H, came: by('acknowledged'), light: 'yellow' },
  { action: 'confirm', status: 'reported', n: 1, sinceMs: 2 * H, came: by('confirm-requested') },
  { action: 'accept', status: 'reported', n: 2, sinceMs: 2 * H, came: awaited('accept') },
  { action: 'file', status: 'accepted', n: 3, sinceMs: 2 * H, came: awaited('file') },
  {
    action: 'rework',
    status: 'replied',
    n: 1,
    sinceMs: 20 * H,
    came: by('failed'),
    else: { fate: { reworked: true } },
  },
  { action: 'pass', status: 'replied', n: 6, sinceMs: 4 * H, came: by('check-requested') },
  { action: 'close', status: 'checked', n: 6, sinceMs: 9 * H, came: by('passed') },
]

/** A case that was reported so lately is left as it is: nothing more can have become of it. */
const FRESH_MS = 35 * MINUTE_MS

/** Chooses what stays open and directs the rest to end. @returns indexes of those to be simulated again. */
export function chooseOpen(lives: readonly Life[], period: Period): number[] {
  const all = lives.map((life, i) => ({ life, i }))
  const open = all.filter(({ life }) => !isFinal(life.state.status))
  const scale = period.open / Object.values(WANTED).reduce((a, b) => a + b, 0)
  const age = ({ plan }: Life) => period.until - plan.at
  const kept = new Set(open.filter(({ life }) => age(life) < FRESH_MS).map(({ i }) => i))
  const stopped = stopAtDesks(all, kept, period, scale)
  const held = new Map<Status, number>()
  for (const { life, i } of open) if (kept.has(i)) count(held, life.state.status)
  for (const { status } of stopped) count(held, status)
  const keep = (n: number, able: typeof open) => {
    for (const { i } of able.slice(0, Math.max(0, n))) kept.add(i)
  }
  const free = () => open.filter(({ i }) => !kept.has(i) && !stopped.some((s) => s.i === i))
  const size = () => kept.size + stopped.length
  for (const [status, n] of Object.entries(WANTED)) {
    const there = free().filter(({ life }) => life.state.status === status)
    const room = Math.min(Math.round(n * scale) - (held.get(status as Status) ?? 0), period.open - size())
    keep(
      room,
      [...there].sort((a, b) => rank(b.life, period) - rank(a.life, period)),
    )
  }
  keep(
    period.open - size(),
    free().sort((a, b) => age(a.life) - age(b.life)),
  )
  const again = stopped.map((s) => s.i)
  for (const { life, i } of free()) {
    life.plan.directive = { ...life.plan.directive, finishBy: finishBy(life, period) }
    again.push(i)
  }
  return again
}

const count = <T>(counts: Map<T, number>, key: T) => counts.set(key, (counts.get(key) ?? 0) + 1)

/** The latest to come to each desk wait there, where too few do anyway; where none came, some of today's are sent. */
function stopAtDesks(
  all: readonly { life: Life; i: number }[],
  kept: ReadonlySet<number>,
  { until }: Period,
  scale: number,
): { i: number; status: Status }[] {
  const stopped: { i: number; status: Status }[] = []
  const recent = all.filter(({ life }) => !life.plan.inQuarter && until - life.state.lastAt < 70 * HOUR_MS)
  for (const desk of DESKS) {
    const { action, status, urgent, light } = desk
    const isFree = ({ life, i }: { life: Life; i: number }) =>
      !kept.has(i) &&
      !stopped.some((s) => s.i === i) &&
      (!urgent || life.state.urgent) &&
      (light === undefined || lightBy(life, until) === light)
    const here = ({ life }: { life: Life }) =>
      life.state.status === status &&
      life.state.waitsFor?.action === action &&
      (!urgent || life.state.urgent) &&
      (light === undefined || lightOf(life.state, until) === light)
    const missing =
      Math.max(1, Math.round(desk.n * scale)) - all.filter((c) => kept.has(c.i) && here(c)).length
    const able = recent
      .filter(isFree)
      .map(({ life, i }) => ({ life, i, cameAt: life.events.find(desk.came)?.at ?? 0 }))
      .filter(({ cameAt }) => until - cameAt < desk.sinceMs)
      .sort((a, b) => b.cameAt - a.cameAt)
      .slice(0, Math.max(0, missing))
    for (const { life, i } of able) {
      life.plan.directive = { ...life.plan.directive, stopAt: action }
      stopped.push({ i, status })
    }
    const otherwise = desk.else
    if (!otherwise || able.length >= missing) continue
    const sent = recent.filter(isFree).filter((c) => canBeSent(c.life, until, otherwise.category))
    for (const { life, i } of sent.slice(-(missing - able.length))) {
      life.plan.fate = { ...life.plan.fate, ...PLAIN, ...otherwise.fate }
      life.plan.directive = { stopAt: action, finishBy: until - 4 * MINUTE_MS }
      stopped.push({ i, status })
    }
  }
  return stopped
}

/** The light that it would have without any reply: by the clock of its first dispatch. */
function lightBy({ events, state }: Life, until: number): Light | undefined {
  const clock = events.find((e) => e.type === 'dispatched')?.payload.clock as HandleClock | undefined
  if (!clock || state.returns > 0 || state.extensions > 0 || state.suspensions > 0) return undefined
  return lightOf({ clock, status: 'handling' }, until)
}

const PLAIN = {
  notFiled: false,
  late: false,
  voided: false,
  suspended: false,
  extended: false,
  returned: false,
}

/** An ordinary case of the last day, old enough for a unit to have looked at it. */
const canBeSent = ({ plan, filedAt }: Life, until: number, category = /./): boolean =>
  filedAt !== undefined &&
  plan.incident.selfHandled === undefined &&
  plan.at < until - 2 * HOUR_MS &&
  plan.at > until - 30 * HOUR_MS &&
  category.test(plan.incident.category)

/** What makes a case worth keeping: a request that waits, a light, an urgent matter, an age of weeks; else it is new. */
function rank({ plan, state }: Life, { until }: Period): number {
  const age = until - plan.at
  const light = lightOf(state, until)
  return (
    (state.request ? 6 : 0) +
    (light === 'red' ? 2.8 : light === 'yellow' ? 3.4 : 0) +
    (state.urgent ? 2.4 : 0) +
    (age > 14 * DAY_MS ? 2.4 : age > 3 * DAY_MS ? 2.2 : age < 6 * HOUR_MS ? 2.2 : 0) +
    dice(plan.id, 'keep') * 3
  )
}

/** Old ones end some time before; those of the last days sooner than they would have. */
function finishBy({ plan }: Life, { until }: Period): number {
  const age = until - plan.at
  const spare = Math.min(age * 0.35, 6 * DAY_MS)
  return Math.round(until - 2 * MINUTE_MS - spare * dice(plan.id, 'finish'))
}
