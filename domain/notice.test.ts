// Notices 通知: each event is told to whom it concerns and to nobody else, from facts of the log alone.
import { describe, expect, it } from 'vitest'
import { fold } from './apply.ts'
import { compileCity } from './city/compile.ts'
import { climb } from './escalate.ts'
import { type Rung, USUAL_LADDER } from './escalation.ts'
import {
  audienceKey,
  audiencesOf,
  calendarNotices,
  NOTICE_KINDS,
  noticesOf,
  phoneOf,
  TELLING,
} from './notice.ts'
import { aCase, RECIPE_NAMES, type Story } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { aCity, cityPack, DEMO_POLICIES } from './testing/city.ts'
import { PEOPLE } from './testing/people.ts'
import { play } from './testing/scenario.ts'
import { SCENARIOS } from './testing/scenarios/index.ts'

/** `kind to whom`, event by event, from the log's n-th event on. */
function told({ log }: Pick<Story, 'log'>, from = 0): string[] {
  return log.flatMap((event, i) => {
    const before = fold(log.slice(0, i))
    if (!before || i < from) return []
    return noticesOf(before, event).map((n) => `${n.kind} ${audienceKey(n.for)}`)
  })
}
const last = (story: Story) => told(story, story.log.length - 1)

describe('who is told', () => {
  it.each<[string, Story, string[]]>([
    [
      'a dispatch: the unit and its co-units',
      aCase('dispatched'),
      ['dispatched unit:water', 'co-dispatched unit:st-east'],
    ],
    ['signing: nobody', aCase('handling'), []],
    ['a field task: who goes', aCase('confirming'), ['task-confirm account:u-supervisor']],
    ['a check task', aCase('checking'), ['task-check account:u-supervisor']],
    ['a return asked for: nobody, the desk shows it', aCase('return requested'), []],
    ['an extension granted', aCase('extended'), ['extension-granted unit:water']],
    ['a suspension', aCase('suspended'), ['suspended unit:water']],
    ['an oversight 督办', aCase('overseen'), ['overseen unit:water']],
    ['rework', aCase('reworked'), ['reworked unit:water']],
    ['a reopening', aCase('reopened'), ['reopened unit:water']],
    [
      'a case before its dispatch, urged: who must decide',
      aCase('waiting').step('duty', 'urge'),
      ['urged post:operator'],
    ],
    ['at the unit, urged', aCase('handling').step('duty', 'urge'), ['urged unit:water']],
    [
      'with a person, urged: them too',
      aCase('taken').step('duty', 'urge'),
      ['urged unit:water', 'urged account:u-water-handler'],
    ],
    ['a case in a pool, dispatched: no unit has it', aCase('in a pool'), []],
    [
      'overseen before its dispatch: who must decide',
      aCase('waiting').step('leader', 'oversee'),
      ['overseen post:operator'],
    ],
  ])('%s', (_, story, expected) => {
    const since = story.log.findLastIndex((e) => e.actor.kind === 'user')
    expect(expected.length === 0 ? last(story) : told(story, since)).toEqual(expected)
  })

  it('a return that is granted: the unit that had it', () => {
    const story = aCase('return requested').step('dispatcher', 'grant-return')
    expect(last(story)).toEqual(['return-granted unit:water'])
    expect(last(aCase('return requested').step('dispatcher', 'refuse-return'))).toEqual([
      'return-refused unit:water',
    ])
  })

  it('a task handed over: who has it now, and who no longer has; nobody of what they did themselves', () => {
    const story = aCase('checking')
    const taskId = story.state.tasks[0]?.id ?? ''
    const handed = (by: 'dispatcher' | 'supervisor') =>
      last(
        aCase('checking').step(
          by,
          'hand-over-task',
          { taskId, reason: '离得近' },
          { resolved: { to: PEOPLE.supervisor2.id } },
        ),
      )
    expect(handed('dispatcher')).toEqual([
      'task-check account:u-supervisor-2',
      'task-gone account:u-supervisor',
    ])
    expect(handed('supervisor')).toEqual(['task-check account:u-supervisor-2'])
  })

  it('an appeal: as it was ruled', () => {
    const ruled = (granted: boolean) =>
      last(aCase('appealed').step('evaluator', 'rule-on-appeal', { granted, note: '见材料' }))
    expect(ruled(true)).toEqual(['appeal-granted unit:water'])
    expect(ruled(false)).toEqual(['appeal-refused unit:water'])
  })
})

describe('rungs of the ladder', () => {
  const pack = cityPack({
    ...DEMO_POLICIES,
    escalation: [
      ...USUAL_LADDER,
      { id: 'ring', name: '久未签收', stage: 'acknowledge', after: '0.25工作时', do: 'call' } satisfies Rung,
    ],
  })
  const departments = pack.departments.map((d) => (d.code === 'water' ? { ...d, dutyPhone: '0000-1111' } : d))
  const city = compileCity({ ...pack, departments }, 1)
  const climbed = (story: Story, rung: string, now: string) => {
    const events = climb(story.state, rung, city, at(now))
    if (!events) throw new Error(`${rung} is not due`)
    return events.flatMap((e) =>
      noticesOf(story.state, {
        ...e,
        caseId: story.state.id,
        no: story.state.no + 1,
        at: at(now),
        actor: { kind: 'rule', id: 'escalation' },
      }),
    )
  }
  const names = (...given: Parameters<typeof climbed>) =>
    climbed(...given).map((n) => `${n.kind} ${audienceKey(n.for)}`)
  const late = '2019-10-12T10:00:00+08:00'

  it('reminds whoever has it', () => {
    expect(names(aCase('taken', { city, pace: 0 }), 'near', late)).toEqual(['remind account:u-water-handler'])
    expect(names(aCase('handling', { city, pace: 0 }), 'near', late)).toEqual(['remind unit:water'])
  })

  it('tells a post, with the city’s word and the stage', () => {
    expect(climbed(aCase('handling', { city, pace: 0 }), 'overdue', late)).toEqual([
      {
        kind: 'told',
        for: { post: 'duty-manager' },
        params: { rung: 'overdue', stage: 'handle', unit: 'water' },
      },
    ])
  })

  it('has the centre ring the duty phone, and tells the unit that it does', () => {
    expect(names(aCase('dispatched', { city, pace: 0 }), 'ring', late)).toEqual([
      'call post:dispatcher',
      'call post:duty-manager',
      'called unit:water',
    ])
    expect(phoneOf('water-canal', city)).toBe('0000-1111')
    expect(phoneOf('sanitation', city)).toBeUndefined()
  })

  it('a 督办 by rule is told to the unit by itself, 约谈 to the head and the unit', () => {
    const story = aCase('handling', { city, pace: 0 })
    expect(names(story, 'oversee', late)).toEqual(['oversee post:duty-manager', 'overseen unit:water'])
    expect(names(story, 'talk', late)).toEqual(['talk post:head', 'talked unit:water'])
  })
})

describe('calendars that run out', () => {
  it('are told to those who load the next one, each once a warning', () => {
    const warning = {
      owner: 'water',
      kind: 'ends-soon',
      ends: '2026-12-31',
      daysLeft: 40,
      message: '',
      zh: '',
    } as const
    const made = calendarNotices([warning])
    expect(made.map((n) => audienceKey(n.for))).toEqual(['post:admin', 'post:duty-manager'])
    expect(made[0]).toMatchObject({
      params: { owner: 'water', warning: 'ends-soon', ends: '2026-12-31' },
      once: calendarNotices([{ ...warning, daysLeft: 39 }])[0]?.once,
    })
  })
})

describe('whatever the story', () => {
  const logs = [...SCENARIOS.map((s) => play(s).log), ...RECIPE_NAMES.map((r) => aCase(r).log)]
  const all = logs.flatMap((log) =>
    log.flatMap((event, i) => {
      const before = fold(log.slice(0, i))
      return before ? noticesOf(before, event).map((notice) => ({ notice, event })) : []
    }),
  )

  it('events that are not in the list tell nobody, each audience hears of an event once', () => {
    expect(all.length).toBeGreaterThan(100)
    expect(all.filter(({ event }) => !TELLING.has(event.type))).toEqual([])
    const keys = all.map(
      ({ event, notice }) =>
        `${logs.findIndex((l) => l.includes(event))}.${event.no} ${audienceKey(notice.for)}`,
    )
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('no words of people are in them', () => {
    const known = new Set([
      'unit',
      'rung',
      'stage',
      'round',
      'dueAt',
      'until',
      'about',
      'owner',
      'warning',
      'ends',
    ])
    for (const { notice } of all) {
      expect(NOTICE_KINDS).toContain(notice.kind)
      for (const [name, value] of Object.entries(notice.params)) {
        expect(known).toContain(name)
        expect(typeof value === 'number' || /^[\w-]+$/.test(String(value))).toBe(true)
      }
    }
  })

  it('a person belongs to their own, their posts and their unit', () => {
    expect(audiencesOf(PEOPLE.water)).toEqual(['account:u-water', 'post:department-officer', 'unit:water'])
    expect(audiencesOf(PEOPLE.duty)).toEqual(['account:u-duty', 'post:duty-manager'])
    expect(aCity().departments.size).toBeGreaterThan(0)
  })
})
