// In the unit: signing, giving back, passing on, asking for time, replying; and what the centre answers to its requests.
import { dice, patience, pick, pickWeighted, whole } from '../chance.ts'
import type { Fate } from '../fate.ts'
import { HOUR_MS, type Hours, MINUTE_MS, minuteOfDay } from '../hours.ts'
import { EXTENSION_WORDS, REFUSE_RETURN_WORDS, VOID_WORDS } from '../texts/replies.ts'
import { replyText } from '../words.ts'
import { type LifeCase, type LifeStep, step, type Ways } from './case.ts'
import { atDesk, soonest } from './timing.ts'

/** Of its cases a unit passes so many to a squad, crew or contractor. */
const PASSED_ON = 0.65

const RETURNS = ['not-ours', 'owner-unknown', 'under-construction'] as const

/** What happens in the unit, and what the centre answers to its requests. */
export function inUnit(c: LifeCase, fate: Fate, ways: Ways): LifeStep[] {
  if (c.request) return answers(c, c.request, fate, ways)
  const hours = ways.unit(c.department)
  if (c.status === 'dispatched') {
    const median = (c.risk === 'urgent' ? 3 : 7) * MINUTE_MS
    const wait = Math.min(patience(median, c.key, c.department ?? '', 'acknowledge'), 45 * MINUTE_MS)
    const at = soonest(c, c.since, wait, hours)
    if (fate.returned && c.seen.returnAsked === 0 && ways.otherUnit(c) !== undefined) {
      const reason = pickWeighted(RETURNS, (r) => (r === 'not-ours' ? 6 : 2), c.key, 'return-why')
      return [{ ...step('department', 'request-return', at + 4 * MINUTE_MS, { reason }), photo: 'evidence' }]
    }
    return [step('department', 'acknowledge', at)]
  }
  if (fate.voided) {
    const reason = pick(VOID_WORDS, c.key, 'void')
    return [step('duty-manager', 'void', atDesk(c, c.since, 25, ways, 'void'), { reason })]
  }
  const steps: LifeStep[] = []
  const squad = c.assigned || dice(c.key, 'passes-on') > PASSED_ON ? undefined : ways.squad(c)
  if (squad !== undefined && c.round === 1) {
    const wait = Math.min(patience(4 * MINUTE_MS, c.key, 'assign'), 15 * MINUTE_MS)
    steps.push(step('department', 'assign', c.since + wait, { handler: squad }))
  }
  const due = c.dueAt ?? c.since + HOUR_MS
  const warn = c.warnAt ?? due
  if (fate.suspended && c.seen.suspensionAsked === 0) {
    const at = hours.add(c.since, (0.5 + dice(c.key, 'suspend') * 2) * HOUR_MS)
    const reason = c.category === 'C0402' ? 'planting-season' : 'planned'
    const days = whole(14, 60, c.key, 'suspend-days')
    const ask = step('department', 'request-suspension', Math.min(at, due - MINUTE_MS), {
      reason,
      until: new Date(Math.round(at + days * 24 * HOUR_MS)).toISOString(),
    })
    return [...steps, { ...ask, photo: 'evidence' }]
  }
  if (fate.extended && c.seen.extensionAsked === 0 && c.round === 1 && c.lastAt < warn - 10 * MINUTE_MS) {
    const reason = pick(Object.keys(EXTENSION_WORDS), c.key, 'extension')
    return [
      ...steps,
      step(
        'department',
        'request-extension',
        c.since + (warn - c.since) * (0.45 + 0.45 * dice(c.key, 'ask')),
        {
          reason,
        },
      ),
    ]
  }
  const reply: LifeStep = {
    ...step('department', 'reply', replyAt(c, due, fate, hours, ways), {
      result: replyText(c.category ?? '', c.key, c.round),
      outcome: 'fixed',
    }),
    photo: 'after',
  }
  return [...steps, reply]
}

/** Replies come in before lunch and in the afternoon. */
function hourWeight(at: number, timeZone: string): number {
  const minute = minuteOfDay(at, timeZone)
  if (minute >= 600 && minute < 720) return 4
  if (minute >= 900 && minute < 1050) return 4
  if (minute >= 540 && minute < 600) return 1.6
  if (minute >= 840 && minute < 900) return 1.6
  if (minute >= 480 && minute < 1140) return 0.8
  return 0.35
}

function replyAt(c: LifeCase, due: number, fate: Fate, hours: Hours, ways: Ways): number {
  const tries = [0, 1, 2, 3, 4, 5]
  if (fate.late && c.round === 1) {
    // Most by hours, some by days, a few by weeks.
    const roll = dice(c.key, 'how-late')
    const overrun =
      roll < 0.62
        ? patience(1.4 * HOUR_MS, c.key, 'late')
        : roll < 0.9
          ? patience(8 * HOUR_MS, c.key, 'late')
          : patience(55 * HOUR_MS, c.key, 'late')
    const at = hours.add(due + 5 * MINUTE_MS, Math.min(overrun, 190 * HOUR_MS))
    return Math.max(at, c.lastAt + 10 * MINUTE_MS)
  }
  const begun = Math.max(c.since, c.lastAt)
  const left = c.continuous ? due - begun : hours.between(begun, due)
  if (left <= 4 * MINUTE_MS) return Math.max(begun + MINUTE_MS, Math.min(due - 1000, begun + 15 * MINUTE_MS))
  const at = (n: number) => {
    const part = left * (0.1 + 0.82 * dice(c.key, c.round, 'reply', n) ** 1.25)
    return c.continuous ? begun + part : hours.add(begun, part)
  }
  const n = pickWeighted(tries, (t) => hourWeight(at(t), ways.timeZone), c.key, c.round, 'reply-hour')
  return Math.min(at(n), due - 1000)
}

/** Returns, extensions and suspensions are decided. */
function answers(c: LifeCase, request: NonNullable<LifeCase['request']>, fate: Fate, ways: Ways): LifeStep[] {
  const who = c.waitsFor?.who ?? 'duty-manager'
  const at = atDesk(c, c.waitsFor?.since ?? request.at, 12, ways, `answer-${request.kind}-${who}`)
  switch (request.kind) {
    case 'return':
      return [
        fate.granted
          ? step(who, 'grant-return', at)
          : step(who, 'refuse-return', at, { reason: pick(REFUSE_RETURN_WORDS, c.key, 'refuse') }),
      ]
    case 'extension':
      return [
        dice(c.key, 'grant-extension') < 0.9
          ? step(who, 'grant-extension', at)
          : step(who, 'refuse-extension', at, { reason: '不具备延期条件，请按时处置' }),
      ]
    case 'suspension':
      return [step(who, 'suspend', at)]
  }
}
