import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkDays, addWorkingMs, type Calendar, isWorking, workingMs } from './calendar.ts'
import { deadline, elapsed, lightAt } from './deadline.ts'
import { at, bureau2026, chibi2019, island, nightCrew } from './testing/calendars.ts'
import {
  commonParts,
  type Minutes,
  minutesOf,
  walk,
  worked,
  worthInDays,
  worthInTime,
} from './testing/minute-reference.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

interface Place {
  name: string
  calendar: Calendar
  minutes: Minutes
  parts: number
  inTime: Float64Array
  inDays: Float64Array
  first: number
  last: number
}

/** Counting may start on the first to last covered day; the reference sees a day more at both ends. */
function place(name: string, calendar: Calendar, first: string, last: string): Place {
  const minutes = minutesOf(calendar, at(first) - DAY, at(last) + DAY)
  const parts = commonParts(minutes)
  const worth = { inTime: worthInTime(minutes), inDays: worthInDays(minutes, parts) }
  return { name, calendar, minutes, parts, ...worth, first: at(first), last: at(last) }
}

const PLACES = [
  place('two seasons, Spring Festival 2026', bureau2026, '2025-07-01T00:00+08:00', '2027-02-01T00:00+08:00'),
  place('autumn 2019', chibi2019, '2019-01-01T00:00+08:00', '2020-01-01T00:00+08:00'),
  place('New York by night', nightCrew, '2018-09-01T00:00-04:00', '2020-05-01T00:00-04:00'),
  place('half-hour clock changes', island, '2025-03-01T00:00+11:00', '2026-06-01T00:00+10:30'),
]

/** Stretches where calendars go wrong: each gets as many starts as all the rest of the year. */
const HOT: Record<string, string[]> = {
  'two seasons, Spring Festival 2026': [
    '2026-02-12',
    '2026-02-27',
    '2025-12-30',
    '2026-04-29',
    '2026-09-29',
    '2027-01-28',
  ],
  'autumn 2019': ['2019-09-27', '2019-10-11', '2019-12-28'],
  'New York by night': ['2018-11-02', '2019-03-08', '2019-11-01', '2020-03-06', '2019-12-30'],
  'half-hour clock changes': ['2025-04-04', '2025-10-03', '2026-04-03'],
}

function starts(p: Place): fc.Arbitrary<number> {
  const days = (p.last - p.first) / DAY
  const anyDay = fc.integer({ min: 0, max: Math.floor(days) - 1 }).map((n) => p.first + n * DAY)
  const hot = (HOT[p.name] ?? []).map((d) =>
    fc
      .integer({ min: 0, max: 5 })
      .map((n) => Math.min(p.first + Math.floor((at(d) - p.first) / DAY + n) * DAY, p.last - DAY)),
  )
  const inDay = fc.oneof(
    fc.integer({ min: 0, max: DAY - 1 }),
    fc.integer({ min: 0, max: 1439 }).map((m) => m * 60_000),
    fc.constantFrom(0, 6.5, 7, 8, 9, 12, 14, 15, 16, 18, 21, 22.25).map((h) => h * HOUR),
  )
  return fc.tuple(fc.oneof(anyDay, ...hot), inDay).map(([day, ms]) => day + ms)
}

const pausesFrom = (start: number) =>
  fc.array(
    fc
      .record({
        after: fc.oneof(
          fc.integer({ min: -DAY, max: 6 * DAY }),
          fc.integer({ min: -24, max: 144 }).map((h) => h * HOUR),
        ),
        length: fc.oneof(
          fc.integer({ min: 0, max: 3 * DAY }),
          fc.integer({ min: 0, max: 72 }).map((h) => h * HOUR),
        ),
      })
      .map(({ after, length }) => ({ from: start + after, to: start + after + length })),
    { maxLength: 3 },
  )

const scenario = fc.constantFrom(...PLACES).chain((p) =>
  starts(p).chain((start) =>
    fc.record({
      p: fc.constant(p),
      start: fc.constant(start),
      pauses: pausesFrom(start),
      ahead: fc.integer({ min: 0, max: 12 * DAY }),
      quarters: fc.integer({ min: 1, max: 60 }),
    }),
  ),
)

describe('against a walk minute by minute', () => {
  it('work-hour: due, warning and used time agree to the millisecond', () => {
    fc.assert(
      fc.property(scenario, ({ p, start, pauses, ahead, quarters }) => {
        const limit = { amount: quarters / 4, unit: 'work-hour' as const }
        const size = limit.amount * HOUR
        const dueAt = walk(p.minutes, p.inTime, start, size, pauses)
        const answer = deadline({ start, limit, calendar: p.calendar, pauses })
        expect(answer.ok && answer.dueAt).toBe(dueAt ?? false)
        if (answer.ok) expect(answer.warnAt).toBe(walk(p.minutes, p.inTime, start, size * 0.8, pauses))
        const now = Math.min(start + ahead, p.last)
        const used = worked(p.minutes, p.inTime, start, now, pauses)
        expect(elapsed({ start, at: now, limit, calendar: p.calendar, pauses })).toEqual({
          used,
          share: used / size,
        })
      }),
      { numRuns: 5_000 },
    )
  })

  it('work-day: due, warning and share agree, days of different length included', () => {
    fc.assert(
      fc.property(scenario, ({ p, start, pauses, ahead, quarters }) => {
        const limit = { amount: quarters / 4, unit: 'work-day' as const }
        const size = Math.round(limit.amount * p.parts * 60_000)
        const dueAt = walk(p.minutes, p.inDays, start, size, pauses)
        const answer = deadline({ start, limit, calendar: p.calendar, pauses })
        expect(answer.ok && answer.dueAt).toBe(dueAt ?? false)
        if (answer.ok) {
          expect(answer.warnAt).toBe(walk(p.minutes, p.inDays, start, Math.round(size * 0.8), pauses))
        }
        const now = Math.min(start + ahead, p.last)
        const share = worked(p.minutes, p.inDays, start, now, pauses) / size
        expect(elapsed({ start, at: now, limit, calendar: p.calendar, pauses }).share).toBeCloseTo(share, 9)
      }),
      { numRuns: 5_000 },
    )
  })

  it('working time between two instants, and whether work goes on', () => {
    fc.assert(
      fc.property(scenario, ({ p, start, ahead }) => {
        const end = Math.min(start + ahead, p.last)
        expect(workingMs(p.calendar, start, end)).toBe(worked(p.minutes, p.inTime, start, end, []))
        const minute = Math.floor((start - p.minutes.from) / 60_000)
        expect(isWorking(p.calendar, start)).toBe(p.minutes.state[minute] === 1)
      }),
      { numRuns: 3_000 },
    )
  })
})

/** Where clocks of limits are most often wrong: each with the local days around it, and what must happen there. */
const WINDOWS: { name: string; from: string; days: number; crosses: string }[] = [
  { name: 'make-up Saturday before the Spring Festival', from: '2026-02-12', days: 3, crosses: '2026-02-14' },
  { name: 'Spring Festival of 2026', from: '2026-02-11', days: 12, crosses: '2026-02-18' },
  { name: 'make-up Saturday after it', from: '2026-02-24', days: 5, crosses: '2026-02-28' },
  { name: 'from winter to summer, through Labour Day', from: '2026-04-27', days: 9, crosses: '2026-05-01' },
  {
    name: 'from summer to winter, through the National Day week',
    from: '2026-09-28',
    days: 9,
    crosses: '2026-10-01',
  },
  { name: 'make-up Sunday of another season', from: '2026-09-17', days: 5, crosses: '2026-09-20' },
  {
    name: 'the year’s end 2025, a make-up Sunday after it',
    from: '2025-12-29',
    days: 7,
    crosses: '2026-01-01',
  },
  { name: 'the year’s end 2026', from: '2026-12-29', days: 6, crosses: '2027-01-01' },
]
/** Together above 10,000. */
const RUNS_A_WINDOW = 1_300

const UNITS = ['work-hour', 'work-day', 'urgent-hour', 'urgent-day', 'natural-hour', 'natural-day'] as const

describe('10,000 cases around holidays, make-up workdays, seasons and years, to the millisecond', () => {
  const [bureau] = PLACES
  if (!bureau) throw new Error('no calendar')
  const always = Float64Array.from(bureau.minutes.state, () => 1)
  /** The same limit counted by the walk: what a unit is worth a minute, and how much of that the limit is. */
  const measure = (unit: (typeof UNITS)[number], amount: number) =>
    unit === 'work-hour'
      ? { worth: bureau.inTime, size: amount * HOUR }
      : unit === 'work-day'
        ? { worth: bureau.inDays, size: Math.round(amount * bureau.parts * 60_000) }
        : { worth: always, size: amount * (unit.endsWith('day') ? DAY : HOUR) }

  it.each(WINDOWS)(
    '$name',
    ({ from, days, crosses }) => {
      const first = at(`${from}T00:00+08:00`)
      const seconds = fc.integer({ min: 0, max: days * 86_400 - 1 }).map((s) => first + s * 1000)
      const one = seconds.chain((start) =>
        fc.record({
          start: fc.constant(start),
          unit: fc.constantFrom(...UNITS),
          quarters: fc.integer({ min: 1, max: 28 }),
          pauses: pausesFrom(start),
        }),
      )
      let crossed = 0
      fc.assert(
        fc.property(one, ({ start, unit, quarters, pauses }) => {
          const limit = { amount: quarters / 4, unit }
          const { worth, size } = measure(unit, limit.amount)
          const dueAt = walk(bureau.minutes, worth, start, size, pauses)
          const warnAt = walk(bureau.minutes, worth, start, Math.round(size * 0.8), pauses)
          expect(deadline({ start, limit, calendar: bureau.calendar, pauses })).toMatchObject({
            ok: true,
            dueAt,
            warnAt,
          })
          const day = at(`${crosses}T00:00+08:00`)
          if (dueAt !== undefined && start < day + DAY && dueAt >= day) crossed += 1
        }),
        { numRuns: RUNS_A_WINDOW },
      )
      // The cases do meet what the window is about.
      expect(crossed).toBeGreaterThan(RUNS_A_WINDOW / 10)
    },
    60_000,
  )
})

describe('rules that need no reference', () => {
  it('a due moment is the earliest at which the whole limit is used', () => {
    fc.assert(
      fc.property(scenario, ({ p, start, pauses, quarters }) => {
        const limit = { amount: quarters / 4, unit: 'work-hour' as const }
        const answer = deadline({ start, limit, calendar: p.calendar, pauses })
        if (!answer.ok) return
        const share = (when: number) =>
          elapsed({ start, at: when, limit, calendar: p.calendar, pauses }).share
        expect(share(answer.dueAt)).toBe(1)
        expect(share(answer.dueAt - 1)).toBeLessThan(1)
        expect(share(answer.warnAt)).toBeGreaterThanOrEqual(0.8)
        expect(share(answer.warnAt - 1)).toBeLessThan(0.8)
        expect(answer.warnAt).toBeLessThanOrEqual(answer.dueAt)
        expect(lightAt({ at: answer.warnAt - 1, ...answer })).toBe('green')
        expect(lightAt({ at: answer.dueAt, ...answer })).toBe('yellow')
        expect(lightAt({ at: answer.dueAt + 1, ...answer })).toBe('red')
      }),
      { numRuns: 1_000 },
    )
  })

  it('adding in two steps lands where one step does', () => {
    fc.assert(
      fc.property(
        scenario,
        fc.integer({ min: 1, max: 40 * HOUR }),
        fc.integer({ min: 1, max: 40 * HOUR }),
        (s, a, b) => {
          const once = addWorkingMs(s.p.calendar, s.start, a + b)
          const half = addWorkingMs(s.p.calendar, s.start, a)
          expect(typeof half === 'number' ? addWorkingMs(s.p.calendar, half, b) : half).toEqual(once)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('a later start is never due earlier', () => {
    fc.assert(
      fc.property(scenario, ({ p, start, ahead, quarters }) => {
        const early = addWorkDays(p.calendar, start, quarters / 4)
        const late = addWorkDays(p.calendar, Math.min(start + ahead, p.last - 1), quarters / 4)
        if (typeof early !== 'number') expect(late).toEqual(early)
        else if (typeof late === 'number') expect(late).toBeGreaterThanOrEqual(early)
      }),
      { numRuns: 1_000 },
    )
  })

  it('a continuous limit moves by exactly its pauses, whatever the calendar', () => {
    fc.assert(
      fc.property(
        scenario,
        fc.constantFrom(
          'urgent-hour' as const,
          'urgent-day' as const,
          'natural-hour' as const,
          'natural-day' as const,
        ),
        ({ p, start, quarters }, unit) => {
          const size = (quarters / 4) * (unit.endsWith('day') ? DAY : HOUR)
          const half = Math.floor(size / 2)
          const pauses = [{ from: start + half, to: start + half + 5 * DAY + 1 }]
          const answer = deadline({
            start,
            limit: { amount: quarters / 4, unit },
            calendar: p.calendar,
            pauses,
          })
          expect(answer).toMatchObject({ ok: true, dueAt: start + size + 5 * DAY + 1 })
        },
      ),
      { numRuns: 500 },
    )
  })
})
