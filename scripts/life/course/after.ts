// After the reply: the look on site, rework, closing, the call-back; and oversight 督办 all along.
import { dice, pick, pickWeighted } from '../chance.ts'
import { type Fate, satisfactionOf } from '../fate.ts'
import { HOUR_MS, MINUTE_MS, minuteOfDay } from '../hours.ts'
import { CLOSE_NOTES, OVERSEE_WORDS, OVERSIGHT_ANSWERS, REOPEN_WORDS, SITE_NOTES } from '../texts/replies.ts'
import { type LifeCase, type LifeStep, step, type Ways } from './case.ts'
import { atDesk, onSite, soonest } from './timing.ts'

const FAILS = ['half-done', 'not-done', 'back-again', 'photo-mismatch', 'false-reply'] as const

const FAIL_WEIGHT: Readonly<Record<string, number>> = {
  'half-done': 45,
  'not-done': 20,
  'back-again': 20,
  'photo-mismatch': 10,
  'false-reply': 5,
}

/** The look after the reply, and the closing. */
export function after(
  c: LifeCase,
  waits: NonNullable<LifeCase['waitsFor']>,
  fate: Fate,
  ways: Ways,
): LifeStep[] {
  const at = (minutes: number, name: string) => atDesk(c, waits.since, minutes, ways, name)
  switch (waits.action) {
    case 'pass': {
      const when = onSite(c, c.task?.createdAt ?? waits.since, ways, 'check')
      if (fate.reworked && c.round === 1) {
        const reason = pickWeighted(FAILS, (r) => FAIL_WEIGHT[r] ?? 1, c.key, 'fail')
        return [{ ...step('assignee', 'fail', when, { reason }), photo: 'check' }]
      }
      const note = dice(c.key, c.round, 'note') < 0.15 ? { note: pick(SITE_NOTES, c.key, 'site-note') } : {}
      return [{ ...step('assignee', 'pass', when, note), photo: 'check' }]
    }
    case 'request-check':
      return [step(waits.who, 'request-check', at(8, 'request-check'))]
    case 'rework': {
      const reason = pickWeighted(FAILS, (r) => FAIL_WEIGHT[r] ?? 1, c.key, 'fail')
      return [step(waits.who, 'rework', at(8, 'rework'), { reason })]
    }
    case 'close': {
      // Much of the afternoon is closed together before the day ends.
      const minute = minuteOfDay(waits.since, ways.timeZone)
      const together = minute >= 840 && minute < 1035 && dice(c.key, 'together') < 0.45
      const session = waits.since + (1040 - minute + dice(c.key, 'session') * 45) * MINUTE_MS
      const note = dice(c.key, 'close-note') < 0.1 ? { note: pick(CLOSE_NOTES, c.key, 'close-note') } : {}
      return [step(waits.who, 'close', together ? session : at(22, 'close'), { outcome: 'fixed', ...note })]
    }
    default:
      return []
  }
}

/** 督办: somebody above looks into it. */
export function oversight(c: LifeCase, fate: Fate, ways: Ways): LifeStep[] {
  if (c.owesAnswer && c.department !== undefined) {
    const at = soonest(c, c.lastAt, (20 + dice(c.key, 'answer') * 100) * MINUTE_MS, ways.unit(c.department))
    return [step('department', 'answer-oversight', at, { result: pick(OVERSIGHT_ANSWERS, c.key, 'answer') })]
  }
  if (!fate.overseen || c.seen.overseen > 0 || c.dispatchedAt === undefined) return []
  const who = pickWeighted(
    ['head', 'leader', 'duty-manager'] as const,
    (w) => ({ head: 5, leader: 3, 'duty-manager': 2 })[w],
    c.key,
    'overseer',
  )
  // What is late is looked into once it is; the rest soon, because somebody important asked.
  const from = fate.late && c.dueAt !== undefined ? c.dueAt : c.dispatchedAt
  const at = ways.centre.add(from, (0.1 + dice(c.key, 'oversee') * 0.6) * HOUR_MS)
  const note = pick(OVERSEE_WORDS, c.key, 'oversee-words')
  return [step(who, 'oversee', at, { note })]
}

/** Call-back 回访, and a case that was not done after all. */
export function afterwards(c: LifeCase, fate: Fate, ways: Ways): LifeStep[] {
  if (c.closedAt === undefined || (c.source !== 'hotline' && c.source !== 'citizen')) return []
  if (c.satisfaction === undefined) {
    if (!fate.calledBack) return []
    const at = ways.centre.add(c.closedAt, (1 + dice(c.key, c.round, 'call') * 16) * HOUR_MS)
    const isFine = fate.satisfied || c.seen.reopened > 0
    return [step('operator', 'rate', at, { satisfaction: satisfactionOf(`${c.key}|${c.round}`, isFine) })]
  }
  if (!fate.reopened || c.seen.reopened > 0 || !/dissatisfied/.test(c.satisfaction)) return []
  const reason = dice(c.key, 'reopen') < 0.6 ? 'dissatisfied' : pick(REOPEN_WORDS, c.key, 'reopen')
  return [step('duty-manager', 'reopen', atDesk(c, c.lastAt, 30, ways, 'reopen'), { reason })]
}
