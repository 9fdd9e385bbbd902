// What holds of the flags of every case, however it goes: they never rewrite the past, they agree with the case's own
// facts, and waiting for others never adds anything against a unit.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isFinal } from './case.ts'
import { flagsAt, type FlagFold, flagsOf, foldFlags } from './flags.ts'
import { type Flag, flagsAsOf, sameHolder, stands, standsForRound } from './flags/flag.ts'
import { MEANINGS, meantFor } from './flags/meaning.ts'
import type { FlagKey } from './flags/table.ts'
import { isWithUnit } from './light.ts'
import { at } from './testing/calendars.ts'
import { type LogEvent, type ReportFacts, Story } from './testing/builder.ts'
import { aCity, DEMO_POLICIES, PEOPLE_POLICIES, RULE_POLICIES } from './testing/city.ts'
import { arbitraryMove, arbitraryStart, makeMove } from './testing/walk.ts'

const DAY = 86_400_000
const stageLimits = {
  accept: '0.25紧急工作时',
  file: '0.5紧急工作时',
  dispatch: '0.25紧急工作时',
  acknowledge: '1工作时',
  confirm: '0.5紧急工作时',
  check: '4工作时',
  close: '2工作时',
}
const CITIES = [
  DEMO_POLICIES,
  RULE_POLICIES,
  PEOPLE_POLICIES,
  { ...DEMO_POLICIES, clockStops: 'close' as const },
  { ...RULE_POLICIES, clockStops: 'pass' as const },
].flatMap((policies) => [aCity(policies), aCity({ ...policies, stageLimits })])

const arbitraryLife = fc.record({
  city: fc.nat(CITIES.length - 1),
  start: arbitraryStart,
  moves: fc.array(arbitraryMove, { maxLength: 45, size: 'max' }),
  /** An outside due time, so many ms after the report. */
  outside: fc.option(fc.integer({ min: 0, max: 5 * DAY }), { nil: undefined }),
})
type Life = typeof arbitraryLife extends fc.Arbitrary<infer L> ? L : never

function lived({ city, start: { policies: _, ...start }, moves, outside }: Life): Story {
  const externalDueAt = outside === undefined ? undefined : at(start.start ?? '') + outside
  const report: ReportFacts = Object.assign(
    { ...start.report },
    externalDueAt === undefined ? {} : { externalDueAt },
  )
  const story = new Story({ ...start, report, city: CITIES[city] ?? aCity() }).rules()
  for (const move of moves) {
    makeMove(story, move)
    if (move.rules) story.rules()
  }
  return story
}

const last = (story: Story) => story.log.at(-1)?.at ?? 0
const foldAll = ({ log, city }: Story): FlagFold => {
  const fold = log.reduce<FlagFold | undefined>((f, e) => foldFlags(f, e, city), undefined)
  if (!fold) throw new Error('an empty log')
  return fold
}
const n = (flags: readonly Flag[], key: FlagKey, kind: Flag['for']['kind'] = 'case') =>
  flags.filter((f) => f.key === key && f.for.kind === kind).length
const ofUnits = (flags: readonly Flag[]) =>
  flags.filter((f) => f.for.kind !== 'worker' && f.for.unit !== undefined)

it('the past is never rewritten: the flags of then are those of the log of then', () => {
  fc.assert(
    fc.property(
      arbitraryLife,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
      (life, parts) => {
        const story = lived(life)
        const { log, city } = story
        const first = log[0]?.at ?? 0
        const end = Math.round(first + (last(story) - first + DAY) * 1.2)
        const all = flagsOf(log, city, end)
        const instants = [...parts.map((p) => Math.round(first + (end - first) * p)), ...log.map((e) => e.at)]
        for (const at of instants)
          expect(flagsAsOf(all, at)).toEqual(
            flagsOf(
              log.filter((e) => e.at <= at),
              city,
              at,
            ),
          )
      },
    ),
    { numRuns: 150 },
  )
})

it('a case has at most one reply and one closing that stand, and every part adds up', () => {
  fc.assert(
    fc.property(arbitraryLife, fc.integer({ min: 0, max: 30 * DAY }), (life, later) => {
      const story = lived(life)
      const now = last(story) + later
      const live = flagsOf(story.log, story.city, now).filter(stands)
      const has = (key: FlagKey) => {
        expect(n(live, key), key).toBeLessThanOrEqual(1)
        return n(live, key)
      }
      expect(has('replied')).toBe(has('on-time-replied') + has('late-replied'))
      expect(has('unreplied')).toBe(has('in-time-unreplied') + has('overdue-unreplied'))
      expect(has('due-replied')).toBe(has('replied') + has('overdue-unreplied'))
      expect(has('closed')).toBe(has('on-time-closed') + has('late-closed'))
      expect(has('due-closed')).toBe(has('due-replied'))
      expect(has('replied')).toBe(has('awaiting-check') + has('awaiting-close') + has('closed'))
      expect(has('replied') + has('unreplied') + has('suspended')).toBe(
        live.some((f) => f.key === 'dispatched' && f.for.kind === 'case') ? 1 : 0,
      )
      for (const a of live)
        expect(
          live.filter(
            (b) =>
              b.key === a.key &&
              b.turn === a.turn &&
              b.of === a.of &&
              sameHolder(a.for, b.for) &&
              b.no === a.no,
          ),
        ).toEqual([a])
    }),
    { numRuns: 250 },
  )
})

it('agrees with the case: rounds, lateness, status', () => {
  fc.assert(
    fc.property(arbitraryLife, (life) => {
      const story = lived(life)
      const { state: s, log, city } = story
      const flags = flagsOf(log, city, last(story))
      const rounds = (key: FlagKey) =>
        flags.filter((f) => f.key === key && f.for.kind === 'case').map((f) => f.round)
      expect(rounds('late-replied')).toEqual(s.rounds.filter((r) => r.late).map((r) => r.round))
      expect(rounds('on-time-replied')).toEqual(s.rounds.filter((r) => !r.late).map((r) => r.round))
      const isOut = ['voided', 'rejected', 'merged'].includes(s.status) || s.selfHandled
      if (!isOut)
        expect(
          flags.filter((f) => f.key === 'replied' && f.for.kind === 'case' && standsForRound(f)).length,
        ).toBe(s.rounds.length)
      expect(flags.some((f) => f.key === 'was-overdue')).toBe(s.wasOverdue)
      const live = flags.filter(stands)
      expect(n(live, 'closed') === 1).toBe(s.status === 'closed' && !s.selfHandled)
      expect(n(live, 'suspended') === 1).toBe(s.status === 'suspended')
      expect(n(live, 'unreplied') === 1).toBe(isWithUnit(s))
      if (!isOut) {
        expect(n(live, 'extended')).toBe(s.extensions)
        expect(n(live, 'returned')).toBe(s.returns)
        expect(n(live, 'overseen')).toBe(s.overseen)
        expect(n(live, 'reworked')).toBe(s.seen.reworked ?? 0)
        expect(n(live, 'false-replied')).toBe(s.falseReplies?.length ?? 0)
        expect(n(live, 'filed') === 1).toBe(s.filedAt !== undefined)
      }
      expect(n(live, 'voided') === 1).toBe(s.status === 'voided')
      if (isFinal(s.status) && (s.status !== 'closed' || s.selfHandled)) expect(ofUnits(live)).toEqual([])
    }),
    { numRuns: 250 },
  )
})

it('waiting for the check, the closing or the end of a suspension adds nothing to a unit', () => {
  fc.assert(
    fc.property(arbitraryLife, fc.integer({ min: 1, max: 3000 * DAY }), (life, wait) => {
      const story = lived(life)
      const { status, tasks } = story.state
      if (!['replied', 'checked', 'suspended', 'closed'].includes(status)) return
      const fold = foldAll(story)
      // An answer to 督办 is the unit's own to give; everything else is others' to do.
      const without = (at: number) =>
        ofUnits(flagsAt(fold, story.city, at)).filter((f) => !f.key.includes('overs'))
      expect(without(last(story) + wait)).toEqual(without(last(story)))
      if (tasks.length === 0) expect(status).not.toBe('checked')
    }),
    { numRuns: 250 },
  )
})

it('folding on from any event gives what folding the whole log gives, and changes nothing that was there', () => {
  fc.assert(
    fc.property(arbitraryLife, (life) => {
      const story = lived(life)
      const { log, city } = story
      let fold: FlagFold | undefined
      for (const [i, event] of log.entries()) {
        const was = JSON.stringify(fold)
        const next: FlagFold = foldFlags(fold, event, city)
        expect(JSON.stringify(fold)).toBe(was)
        fold = JSON.parse(JSON.stringify(next)) as FlagFold
        const seen: LogEvent[] = log.slice(0, i + 1)
        if (i % 5 === 0) expect(flagsAt(fold, city, event.at)).toEqual(flagsOf(seen, city, event.at))
      }
    }),
    { numRuns: 60 },
  )
})

it('each counts for those whom its meaning names', () => {
  fc.assert(
    fc.property(arbitraryLife, (life) => {
      const { log, city } = lived(life)
      for (const f of flagsOf(log, city, (log.at(-1)?.at ?? 0) + 40 * DAY))
        expect(MEANINGS[f.key].for, f.key).toContain(f.for.kind === 'unit' ? 'unit' : meantFor(f.for))
    }),
    { numRuns: 100 },
  )
})

it('what a person did in time stays theirs, whatever becomes of the case', () => {
  fc.assert(
    fc.property(arbitraryLife, (life) => {
      const story = lived(life)
      const { log, city } = story
      const flags = flagsOf(log, city, last(story))
      for (const f of flags)
        if (
          f.for.kind === 'worker' &&
          f.no !== undefined &&
          !f.key.includes('accurately') &&
          f.key !== 'misdispatched'
        )
          expect(stands(f)).toBe(true)
    }),
    { numRuns: 100 },
  )
})
