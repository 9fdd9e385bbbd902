// Which stage runs, for whom, on whose calendar and until when, at every situation of a case.
import { describe, expect, it } from 'vitest'
import type { CityPack } from './city/types.ts'
import { compileCity } from './city/compile.ts'
import { isFinal } from './case.ts'
import { isClockRunning } from './light.ts'
import { calendarOf, type CaseStage, runningStage, stageLimit, stagesOf, turnOf } from './stage-limit.ts'
import { aCase, RECIPE_NAMES, type Recipe, type ReportFacts, Story } from './testing/builder.ts'
import { at, chibi2019, week } from './testing/calendars.ts'
import { aCity, cityPack, DEMO_POLICIES, PLACES } from './testing/city.ts'

const stageLimits = {
  accept: '0.25紧急工作时',
  file: '1工作时',
  dispatch: '1工作时',
  acknowledge: '1工作时',
  confirm: '1工作时',
  check: '1工作时',
  close: '1工作时',
}
/** Supervisors work from six to nine in the morning and the evening; the sanitation office from five to ten. */
const pack: CityPack = {
  ...cityPack({ ...DEMO_POLICIES, stageLimits }),
  calendars: [
    ...cityPack().calendars,
    {
      ...chibi2019,
      owner: 'supervisors',
      seasons: [
        { from: '2019-01-01', to: '2019-12-31', weekdays: week(['06:00-09:00', '18:00-21:00'], 1, 7) },
      ],
      holidays: [],
      makeUpWorkdays: [],
    },
  ],
}
const city = compileCity(pack, 1)
const cn = (text: string) => `2019-${text.replace(' ', 'T')}:00+08:00`
const tell = (start: string, report: ReportFacts = {}) =>
  new Story({ city, start: cn(start), report, pace: 0 }).rules()
const run = (story: Story, stage: CaseStage) => {
  const found = stagesOf(story.state, city).find((s) => s.stage === stage)
  if (!found) throw new Error(`${stage} does not run`)
  return found
}

describe('the stage that a case waits for', () => {
  it.each<[Recipe, CaseStage | undefined]>([
    ['reported', 'accept'],
    ['confirming', 'confirm'],
    ['accepted', 'file'],
    ['accepted, confirming', 'confirm'],
    ['filed', 'dispatch'],
    ['returned', 'dispatch'],
    ['dispatched', 'acknowledge'],
    ['in a pool', 'acknowledge'],
    ['handling', 'handle'],
    ['claimed', 'handle'],
    ['suspended', 'handle'],
    ['reworked', 'handle'],
    ['replied', 'request-check'],
    ['checking', 'check'],
    ['failed', undefined],
    ['checked', 'close'],
    ['closed', undefined],
    ['voided', undefined],
  ])('%s: %s', (recipe, stage) => {
    expect(runningStage(aCase(recipe, { city }).state, city)?.stage).toBe(stage)
  })

  it('runs while the case is open and nobody has decided, and never after its end', () => {
    for (const recipe of RECIPE_NAMES) {
      const { state } = aCase(recipe, { city })
      expect(runningStage(state, city) === undefined, recipe).toBe(
        isFinal(state.status) || recipe === 'failed',
      )
      if (isFinal(state.status)) expect(stagesOf(state, city)).toEqual([])
      const ids = stagesOf(state, city).map((s) => s.id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.some((id) => id.startsWith('handle'))).toBe(
        isClockRunning(state) || state.status === 'suspended',
      )
    }
  })
})

describe('on its owner’s calendar', () => {
  it('accepting, filing, sending and closing on the centre’s', () => {
    const story = tell('09-29 11:45')
    // A quarter of an hour without a break; then an hour of which 45 minutes fall after lunch.
    expect(run(tell('09-29 11:45', { source: 'citizen' }), 'accept')).toMatchObject({
      dueAt: at(cn('09-29 12:00')),
      holder: { post: 'operator' },
    })
    expect(run(story, 'file')).toMatchObject({
      calendar: 'centre',
      startedAt: at(cn('09-29 11:45')),
      dueAt: at(cn('09-29 14:45')),
      warnAt: at(cn('09-29 14:33')),
      holder: { post: 'duty-manager' },
    })
  })

  it('signing and handling on the unit’s', () => {
    // Sanitation works until ten at night, every day; the centre has closed.
    const story = tell('09-29 19:30', { category: 'E0110', position: PLACES.backLane })
    expect(run(story, 'acknowledge')).toMatchObject({
      calendar: 'sanitation',
      dueAt: at(cn('09-29 20:30')),
      holder: { unit: 'sanitation' },
    })
    expect(run(story, 'handle')).toMatchObject({ calendar: 'sanitation', dueAt: story.state.clock?.dueAt })
  })

  it('a case in a pool waits on the centre’s', () => {
    expect(run(aCase('in a pool', { city }), 'acknowledge')).toMatchObject({
      calendar: 'centre',
      holder: { unit: undefined },
    })
  })

  it('confirming and checking on the supervisors’, on the centre’s where they have none of their own', () => {
    expect(calendarOf('check', {})).toBe('supervisors')
    expect(city.calendarFor('supervisors').owner).toBe('supervisors')
    expect(aCity().calendarFor('supervisors').owner).toBe('centre')
  })

  it('a task keeps the due instant that it was handed out with', () => {
    const story = aCase('checking', { city })
    const [task] = story.state.tasks
    expect(run(story, 'check')).toMatchObject({
      id: `check:${task?.id}`,
      dueAt: task?.dueAt,
      holder: { post: 'supervisor', person: 'u-supervisor' },
    })
    story.step('supervisor', 'hand-over-task')
    expect(run(story, 'check')).toMatchObject({
      dueAt: task?.dueAt,
      holder: { person: 'u-supervisor-2' },
    })
  })
})

describe('stands still', () => {
  it('the centre’s stage while somebody looks', () => {
    const story = tell('09-29 08:00', { source: 'citizen' }).wait(10).step('operator', 'request-confirm')
    expect(run(story, 'accept')).toMatchObject({ paused: true })
    story.wait(100).step('supervisor', 'confirm', { result: true })
    const resumed = run(story, 'accept')
    expect(resumed.paused).toBeUndefined()
    expect(resumed.dueAt).toBe(at(cn('09-29 09:55')))
  })

  it('the handling while suspended, and with it every request', () => {
    expect(run(aCase('suspended', { city }), 'handle').paused).toBe(true)
    expect(run(aCase('return requested', { city }), 'handle').paused).toBeUndefined()
  })
})

describe('beside the others', () => {
  it('every 督办 that nobody has answered', () => {
    const story = aCase('overseen', { city }).step('leader', 'oversee', { note: '再催' })
    expect(stagesOf(story.state, city).filter((s) => s.stage === 'oversight')).toMatchObject([
      { id: 'oversight:1', holder: { unit: 'water' } },
      { id: 'oversight:2' },
    ])
    story.step('water', 'answer-oversight', { result: '已安排' })
    expect(stagesOf(story.state, city).map((s) => s.stage)).toEqual(['handle'])
  })

  it('the due time of another system, until the first end', () => {
    const report = { externalDueAt: at(cn('09-30 12:00')) } as ReportFacts
    expect(run(tell('09-29 08:00', report), 'outside').dueAt).toBe(at(cn('09-30 12:00')))
    const closed = aCase('closed', { city, report })
    expect(stagesOf(closed.state, city)).toEqual([])
    closed.step('operator', 'rate').step('duty', 'reopen')
    expect(stagesOf(closed.state, city).map((s) => s.stage)).toEqual(['handle'])
  })
})

describe('limits', () => {
  it('none is set: no due instant, and nothing is guessed', () => {
    const bare = aCity({ ...DEMO_POLICIES, stageLimits: {} })
    expect(stageLimit('file', bare)).toBeUndefined()
    const accepted = runningStage(aCase('accepted', { city: bare }).state, bare)
    expect(accepted).toMatchObject({ stage: 'file' })
    expect(accepted).not.toHaveProperty('dueAt')
  })

  it('a text that the check of packs refuses is a fault here', () => {
    const odd = aCity({ ...DEMO_POLICIES, stageLimits: { file: '尽快' } })
    expect(() => stageLimit('file', odd)).toThrow('stage limit file of 990199')
  })

  it('a calendar that has ended leaves none', () => {
    const story = new Story({ city, start: '2020-05-04T10:00+08:00' }).rules()
    expect(runningStage(story.state, city)).toMatchObject({ stage: 'file' })
    expect(runningStage(story.state, city)?.dueAt).toBeUndefined()
  })
})

it('a go is a dispatch, a rework or a reopening', () => {
  const turns = (['reported', 'filed', 'dispatched', 'returned', 'reworked', 'reopened'] as const).map((r) =>
    turnOf(aCase(r, { city }).state),
  )
  expect(turns).toEqual([0, 0, 1, 1, 2, 2])
})
