// A real day in Chibi, Hubei: litter by a canal, 29 September 2019, a Sunday worked for the National Day week.
import { describe, expect, it } from 'vitest'
import { type OpenCase, foldEvent } from './board-fold.ts'
import { workingMs } from './calendar.ts'
import { isoWithOffset } from './city-time.ts'
import { elapsed } from './deadline.ts'
import { lightOf } from './light.ts'
import { Story } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { timersOf } from './timer.ts'

const MINUTE = 60_000
const on = (time: string) => `2019-09-29T${time}+08:00`

/** The day as it went, up to and including the step named. */
function theDay(): Story {
  return new Story({ start: on('06:37'), pace: 0 })
    .rules()
    .wait(on('08:33'))
    .step('duty', 'file', {})
    .rules()
    .wait(on('08:41'))
    .step('water', 'acknowledge')
    .wait(on('11:48'))
    .step('water', 'reply')
    .rules()
    .wait(on('14:10'))
    .step('supervisor', 'pass')
    .rules()
    .wait(on('14:16'))
    .step('duty', 'close', { outcome: 'fixed' })
}

describe('the canal of Chibi, 29 September 2019', () => {
  const story = theDay()
  const { state, log, city } = story
  const centre = city.calendarFor('centre')

  it('has every step with its time and its actor in the log', () => {
    const steps = log.map((e) => [
      isoWithOffset(e.at, 'Asia/Shanghai').slice(11, 16),
      e.type,
      e.actor.post ?? e.actor.kind,
      e.actor.id,
    ])
    expect(steps).toEqual([
      ['06:37', 'reported', 'grid-member', 'u-grid'],
      ['06:37', 'screened', 'rule', 'screen'],
      ['06:37', 'accepted', 'rule', 'accept-policy'],
      ['06:37', 'decision-awaited', 'rule', 'policy'],
      ['08:33', 'filed', 'duty-manager', 'u-duty'],
      ['08:33', 'dispatched', 'rule', 'routing'],
      ['08:41', 'acknowledged', 'department-officer', 'u-water'],
      ['11:48', 'replied', 'department-officer', 'u-water'],
      ['11:48', 'check-requested', 'rule', 'check-policy'],
      ['14:10', 'passed', 'supervisor', 'u-supervisor'],
      ['14:16', 'closed', 'duty-manager', 'u-duty'],
    ])
  })

  it('waited 33 working minutes to be filed', () => {
    expect(workingMs(centre, state.reportedAt, state.filedAt ?? 0)).toBe(33 * MINUTE)
  })

  it('went to the water bureau because of the zone, and says so', () => {
    expect(state).toMatchObject({
      department: 'water',
      coDepartments: ['st-east'],
      zone: 'Z-CANAL',
      area: '101',
    })
    expect(state.routing?.map((r) => [r.rule, r.matched, r.ref])).toEqual([
      ['component', false, undefined],
      ['zone', true, 'Z-CANAL'],
    ])
    expect(state.routing?.at(-1)?.zh).toBe('位于责任区“北渠”，责任单位水利和湖泊局')
  })

  it('used 3 h 15 of 4 h, the light yellow from 11:45 on and for good', () => {
    const clock = state.clock
    if (!clock) throw new Error('no clock')
    const used = elapsed({ ...clock, start: clock.startedAt, calendar: centre, at: state.repliedAt ?? 0 })
    expect(used).toEqual({ used: 195 * MINUTE, share: 195 / 240 })
    expect([clock.warnAt, clock.dueAt]).toEqual([at(on('11:45')), at(on('14:33'))])
    expect(state.rounds).toMatchObject([{ round: 1, department: 'water', late: false }])
    for (const later of ['11:48', '14:34', '23:00']) expect(lightOf(state, at(on(later)))).toBe('yellow')
  })

  it('would have turned yellow and red by the clock alone', () => {
    const handling = new Story({ start: on('06:37'), pace: 0 })
      .rules()
      .wait(on('08:33'))
      .step('duty', 'file', {})
    const { state: dispatched } = handling.rules()
    const light = (time: string) => lightOf(dispatched, at(on(time)))
    expect(['11:44:59.999', '11:45', '14:33', '14:33:00.001'].map(light)).toEqual([
      'green',
      'yellow',
      'yellow',
      'red',
    ])
    expect(timersOf(dispatched)).toEqual([
      { kind: 'yellow', round: 1, fireAt: at(on('11:45')) },
      { kind: 'red', round: 1, fireAt: at(on('14:33:00.001')) },
    ])
  })

  it('moved each of today’s counts by exactly one', () => {
    let open: OpenCase | undefined
    const counted: [string, string[]][] = []
    for (const e of log) {
      const result = foldEvent(open, e)
      open = result.open
      if (result.metrics.length > 0) counted.push([e.type, result.metrics])
    }
    expect(counted).toEqual([
      ['reported', ['reported']],
      ['accepted', ['accepted']],
      ['filed', ['filed']],
      ['dispatched', ['dispatched']],
      ['replied', ['replied']],
      ['passed', ['checked']],
      ['closed', ['closed']],
    ])
  })

  it('is closed as fixed, and waits for nobody', () => {
    expect(state).toMatchObject({ status: 'closed', outcome: 'fixed', caseNo: 'E0125201909290001' })
    expect(state.waitsFor).toBeUndefined()
  })
})
