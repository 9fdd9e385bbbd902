// What stops the handling clock 处置计时 is policy; whether the unit was in time is its reply's alone, whichever it is.
import { describe, expect, it } from 'vitest'
import type { Policies } from './city/types.ts'
import { fold } from './apply.ts'
import { flagsOf } from './flags.ts'
import { stands } from './flags/flag.ts'
import { isClockRunning, lightOf } from './light.ts'
import { Story } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { aCity, DEMO_POLICIES } from './testing/city.ts'
import { timersOf } from './timer.ts'

const cn = (text: string) => `2019-${text.replace(' ', 'T')}:00+08:00`
/** Due at noon; replied at 11:48, passed and closed in the afternoon. */
const told = (clockStops: Policies['clockStops']) =>
  new Story({ city: aCity({ ...DEMO_POLICIES, ...(clockStops ? { clockStops } : {}) }), pace: 0 })
    .rules()
    .step('duty', 'file')
    .rules()
    .step('water', 'acknowledge')
    .wait(cn('09-29 11:48'))
    .step('water', 'reply', { result: '完成' })
    .rules()

describe.each([
  [undefined, '11:48'],
  ['reply', '11:48'],
  ['pass', '14:10'],
  ['close', '15:00'],
] as const)('by %s', (clockStops, stopped) => {
  const story = told(clockStops)
  const replied = story.state
  story.wait(cn('09-29 14:10')).step('supervisor', 'pass').rules()
  story.wait(cn('09-29 15:00')).step('duty', 'close', { outcome: 'fixed' })
  const { state, log, city } = story
  const goesOn = stopped !== '11:48'

  it(`the clock stops at ${stopped}, and the light with it`, () => {
    expect(state.clock?.stoppedAt).toBe(at(cn(`09-29 ${stopped}`)))
    expect(lightOf(replied, at(cn('09-29 13:00')))).toBe(goesOn ? 'red' : 'yellow')
    expect(isClockRunning(replied)).toBe(goesOn)
    expect(isClockRunning(state)).toBe(false)
    const lights = timersOf(replied).filter((t) => t.kind === 'red')
    expect(lights.map((t) => t.fireAt)).toEqual(goesOn ? [at(cn('09-29 12:00')) + 1] : [])
  })

  it('the unit was in time: its round, the case and the flags say so', () => {
    expect(state.rounds.map((r) => r.late)).toEqual([false])
    expect(state.wasOverdue).toBe(false)
    const keys = flagsOf(log, city, story.clock.now())
      .filter(stands)
      .map((f) => f.key)
    expect(keys).toContain('on-time-replied')
    expect(keys).toContain('on-time-closed')
    expect(keys).not.toContain('was-overdue')
  })

  it('the log tells the same again', () => {
    expect(fold(JSON.parse(JSON.stringify(log)))).toEqual(state)
  })
})

it('a new round runs on a clock of its own, whatever the old one did', () => {
  const story = told('close').step('supervisor', 'fail').step('duty', 'rework')
  expect(story.state.clock).toMatchObject({ startedAt: at(cn('09-29 11:48')) })
  expect(story.state.clock).not.toHaveProperty('stoppedAt')
})

it('a case that is voided while it waits has a clock that stands', () => {
  const story = told('pass').step('duty', 'void')
  expect(isClockRunning(story.state)).toBe(false)
  expect(story.state.clock?.stoppedAt).toBe(story.state.closedAt)
})
