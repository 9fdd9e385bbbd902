// The flags of telling cases: which lateness counts against whom, what a later round replaces, what an appeal exempts.
import { describe, expect, it } from 'vitest'
import { type Flag, happened, stands, standsForRound } from './flags/flag.ts'
import { aCase } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import {
  cn,
  city,
  tell,
  dueOutside,
  flags,
  has,
  units,
  find,
  toHandling,
  toReplied,
  toClosed,
} from './testing/flag-stories.ts'
import { PEOPLE } from './testing/people.ts'

describe('on time is judged by the reply that passed', () => {
  it('at the due instant still, a minute later no more', () => {
    expect(units(flags(toReplied('09-29 12:00')), 'water')).toEqual([
      'acknowledged',
      'awaiting-check',
      'dispatched',
      'due-acknowledged',
      'due-replied',
      'on-time-acknowledged',
      'on-time-replied',
      'replied',
    ])
    const late = flags(toReplied('09-29 12:01'))
    expect(has(late.filter(stands), 'late-replied', 'on-time-replied', 'was-overdue')).toEqual({
      'late-replied': true,
      'on-time-replied': false,
      'was-overdue': true,
    })
    expect(find(late, 'overdue-unreplied')).toMatchObject([
      { at: at(cn('09-29 12:00')) + 1, ended: { at: at(cn('09-29 12:01')), why: 'over' } },
    ])
  })

  it('a check that takes a month and a closing that takes another change nothing for the unit', () => {
    const story = toReplied('09-29 11:48')
    const before = units(flags(story), 'water')
    expect(units(flags(story, at('2019-10-29T12:00+08:00')), 'water')).toEqual(before)
    story.wait('2019-10-29T12:00+08:00').step('rule', 'hand-over-task').step('supervisor2', 'pass').rules()
    story.wait('2019-11-28T12:00+08:00').step('duty', 'close', { outcome: 'fixed' })
    const after = flags(story)
    expect(has(after.filter(stands), 'on-time-replied', 'on-time-closed', 'late-closed')).toEqual({
      'on-time-replied': true,
      'on-time-closed': true,
      'late-closed': false,
    })
    expect(find(after, 'late-closed', 'worker').map((f) => f.for)).toEqual([
      { kind: 'worker', post: 'duty-manager' },
    ])
    // The supervisor who held the task when its limit ran out, not the one who went in the end.
    expect(find(after, 'overdue-unchecked', 'worker').map((f) => f.for)).toEqual([
      { kind: 'worker', post: 'supervisor', person: 'u-supervisor' },
    ])
    expect(find(after, 'on-time-checked')).toEqual([])
  })

  it('in the wait for check and closing it is 应结案 of the city, not of the unit', () => {
    const waiting = find(flags(toReplied('09-29 11:48')), 'due-closed')
    expect(waiting.map((f) => [f.for, stands(f)])).toEqual([[{ kind: 'case' }, true]])
    const closed = find(flags(toClosed('09-29 11:48')), 'due-closed').filter(stands)
    expect(closed.map((f) => f.for)).toEqual([{ kind: 'case', unit: 'water' }])
  })

  it('the first round late, the second in time: by case in time, by round both', () => {
    const story = toReplied('09-29 15:00')
      .step('supervisor', 'fail', { reason: 'back-again' })
      .step('duty', 'rework', { reason: 'back-again' })
      .wait(30)
      .step('water', 'reply', { result: '再次清理' })
      .rules()
    const list = flags(story)
    expect(has(list.filter(stands), 'on-time-replied', 'late-replied', 'was-overdue', 'reworked')).toEqual({
      'on-time-replied': true,
      'late-replied': false,
      'was-overdue': true,
      reworked: true,
    })
    const byRound = list.filter(
      (f) => standsForRound(f) && f.key.endsWith('-replied') && f.key !== 'due-replied',
    )
    expect(byRound.map((f) => [f.round, f.key])).toEqual([
      [1, 'late-replied'],
      [2, 'on-time-replied'],
    ])
  })

  it('an extension granted in time moves it; granted too late it takes nothing back that was', () => {
    const asked = toHandling().wait(cn('09-29 11:00')).step('water', 'request-extension', { reason: '配件' })
    asked.wait(cn('09-29 15:00')).step('duty', 'grant-extension', {})
    const list = flags(asked, at(cn('09-29 15:30')))
    expect(find(list, 'overdue-unreplied')).toMatchObject([
      { at: at(cn('09-29 12:00')) + 1, ended: { at: at(cn('09-29 15:00')), why: 'over' } },
    ])
    expect(has(list.filter(stands), 'in-time-unreplied', 'due-replied', 'was-overdue', 'extended')).toEqual({
      'in-time-unreplied': true,
      'due-replied': false,
      'was-overdue': true,
      extended: true,
    })
    asked.wait(cn('09-29 18:00')).step('water', 'reply', { result: '完成' })
    expect(has(flags(asked).filter(stands), 'on-time-replied')).toEqual({ 'on-time-replied': true })
  })

  it('a suspension takes it out of 应处置 until it resumes, and the pause is not counted', () => {
    const story = toHandling().wait(cn('09-29 10:00'))
    story.step('duty', 'suspend', { until: '2019-10-20T08:00:00+08:00' })
    const paused = flags(story, at('2019-10-15T08:00+08:00')).filter(stands)
    expect(has(paused, 'suspended', 'unreplied', 'due-replied')).toEqual({
      suspended: true,
      unreplied: false,
      'due-replied': false,
    })
    story.wait('2019-10-21T08:00+08:00').step('duty', 'resume').wait('2019-10-21T09:59+08:00')
    story.step('water', 'reply', { result: '完成' })
    expect(has(flags(story).filter(stands), 'on-time-replied', 'suspended', 'was-overdue')).toEqual({
      'on-time-replied': true,
      suspended: false,
      'was-overdue': false,
    })
  })
})

describe('a return', () => {
  const asked = () =>
    tell().step('duty', 'file').rules().wait(10).step('water', 'request-return', { reason: 'not-ours' })

  it('granted: nothing due of the unit, a misdispatch of whoever sent it', () => {
    const story = asked().wait(cn('09-29 16:00')).step('dispatcher', 'grant-return', {})
    expect(units(flags(story), 'water')).toEqual(['return-requested', 'returned', 'was-overdue'])
    // The rule had sent it: a misdispatch of the city, of nobody’s post.
    expect(find(flags(story), 'misdispatched').filter(stands)).toHaveLength(1)
    expect(find(flags(story), 'misdispatched', 'worker')).toEqual([])
    story.step('dispatcher', 'dispatch', { department: 'municipal' })
    expect(find(flags(story), 'dispatched').map((f) => [f.for, f.turn, f.ended?.why])).toEqual([
      [{ kind: 'case', unit: 'water' }, 1, 'returned'],
      [{ kind: 'case', unit: 'municipal' }, 2, undefined],
    ])
    expect(find(flags(story), 'dispatched').filter(happened)).toHaveLength(1)
  })

  it('and sent to the same unit again, it was none', () => {
    const story = asked()
      .step('dispatcher', 'grant-return', {})
      .step('dispatcher', 'dispatch', { department: 'water' })
    expect(find(flags(story), 'misdispatched').map((f) => f.ended?.why)).toEqual(['withdrawn'])
  })

  it('a second one counts against the dispatcher who chose', () => {
    const story = asked().step('dispatcher', 'grant-return', {})
    story.step('dispatcher', 'dispatch', { department: 'municipal' })
    const lead = { kind: 'user', id: 'u-m', posts: ['department-officer'], department: 'municipal' } as const
    expect(story.attempt(lead, { action: 'request-return', payload: { reason: 'not-ours' } }).ok).toBe(true)
    story.step('head', 'grant-return', {})
    expect(find(flags(story), 'misdispatched', 'worker').map((f) => f.for)).toEqual([
      { kind: 'worker', post: 'dispatcher', person: PEOPLE.dispatcher.id },
    ])
  })

  it('refused: the clock never stopped', () => {
    const story = asked().wait(cn('09-29 16:00')).step('dispatcher', 'refuse-return', { reason: '属你单位' })
    expect(has(flags(story).filter(stands), 'return-refused', 'overdue-unreplied', 'returned')).toEqual({
      'return-refused': true,
      'overdue-unreplied': true,
      returned: false,
    })
  })
})

describe('the centre and its supervisors', () => {
  it('an operator who waits too long is late; while somebody looks, the limit stands still', () => {
    const idle = tell({ source: 'citizen' }).wait(cn('09-29 08:15'))
    expect(has(flags(idle), 'due-accepted')).toEqual({ 'due-accepted': false })
    expect(find(flags(idle, idle.clock.now() + 1), 'due-accepted', 'worker').map((f) => f.for)).toEqual([
      { kind: 'worker', post: 'operator' },
    ])
    const careful = tell({ source: 'citizen' }).wait(10).step('operator', 'request-confirm')
    careful.wait(25).step('supervisor', 'confirm', { result: true }).wait(4).step('operator', 'accept', {})
    expect(has(flags(careful), 'on-time-accepted', 'on-time-confirmed')).toEqual({
      'on-time-accepted': true,
      'on-time-confirmed': true,
    })
  })

  it('a late refusal is as late as a late acceptance, one in time is not counted', () => {
    const refuse = (minutes: number) =>
      flags(tell({ source: 'citizen' }).wait(minutes).step('operator', 'reject', { reason: 'not-in-scope' }))
    expect(find(refuse(10), 'due-accepted', 'worker')).toEqual([])
    expect(find(refuse(20), 'due-accepted', 'worker').filter(stands)).toHaveLength(1)
    expect(find(refuse(20), 'on-time-accepted', 'worker')).toEqual([])
  })

  it('filing is the duty manager’s: in time, and accurate until it is voided', () => {
    const story = tell().step('duty', 'file')
    const accurate = () => find(flags(story), 'accurately-filed', 'worker').filter(stands).length
    expect(accurate()).toBe(1)
    story.rules().step('duty', 'void', { reason: 'not-found' })
    expect(accurate()).toBe(0)
    const left = flags(story).filter(stands)
    expect(has(left, 'filed', 'on-time-filed', 'voided', 'dispatched', 'unreplied')).toEqual({
      filed: true,
      'on-time-filed': true,
      voided: true,
      dispatched: false,
      unreplied: false,
    })
    expect(units(left, 'water')).toEqual([])
  })

  it('what was fixed on the spot is the finder’s, and no closing', () => {
    const story = aCase('self-handled', { city })
    const list = flags(story).filter(stands)
    expect(has(list, 'self-handled', 'closed')).toEqual({ 'self-handled': true, closed: false })
    expect(find(list, 'self-handled', 'worker').map((f) => f.for)).toEqual([
      { kind: 'worker', post: 'grid-member', person: 'u-grid' },
    ])
  })
})

describe('inside the unit', () => {
  it('the squad’s own limit is the squad’s, the case’s the bureau’s', () => {
    const story = toHandling().step(
      'water',
      'assign',
      { handler: 'squad', limit: '1工作时' },
      {
        resolved: { unit: 'water-canal' },
      },
    )
    story.wait(cn('09-29 10:00')).step('canal', 'reply', { result: '完成' })
    const list = flags(story)
    expect(find(list, 'late-replied', 'unit').map((f) => f.for)).toEqual([
      { kind: 'unit', unit: 'water-canal' },
    ])
    expect(find(list, 'on-time-replied').map((f) => f.for)).toEqual([{ kind: 'case', unit: 'water' }])
  })

  it('a suspension, an extension or a new round lifts it to the limit of the case', () => {
    const story = toHandling().step(
      'water',
      'assign',
      { handler: 'squad', limit: '1工作时' },
      {
        resolved: { unit: 'water-canal' },
      },
    )
    story.step('duty', 'suspend', { until: '2019-10-20T08:00:00+08:00' })
    story.wait('2019-10-21T08:00+08:00').step('duty', 'resume').wait('2019-10-21T10:00+08:00')
    story.step('canal', 'reply', { result: '完成' })
    expect(find(flags(story), 'on-time-replied', 'unit')).toHaveLength(1)
  })
})

describe('afterwards', () => {
  const appealed = (about: 'overdue' | 'misdispatch' | 'dissatisfaction', granted: boolean) =>
    toClosed('09-29 15:00')
      .step('operator', 'rate', { satisfaction: '不满意' })
      .step('water', 'appeal', { about, reason: '停电' })
      .step('evaluator', 'rule-on-appeal', { granted, note: '属实' })
  const exempt = (list: readonly Flag[]) =>
    [...new Set(list.filter((f) => f.exempt).map((f) => f.key))].sort()

  it('a granted appeal exempts the whole of what it is about, and the facts stay', () => {
    const list = flags(appealed('overdue', true))
    expect(exempt(list.filter(stands))).toEqual([
      'closed',
      'due-closed',
      'due-replied',
      'late-closed',
      'late-replied',
      'replied',
      'was-overdue',
    ])
    expect(list.filter((f) => f.exempt && f.for.kind === 'worker')).toEqual([])
    expect(exempt(flags(appealed('overdue', false)))).toEqual([])
    expect(exempt(flags(appealed('dissatisfaction', true)))).toEqual(['dissatisfied'])
  })

  it('an appeal against the dispatch itself makes it a misdispatch', () => {
    const list = flags(appealed('misdispatch', true))
    expect(find(list, 'misdispatched')).toHaveLength(1)
    expect(
      units(
        list.filter((f) => !f.exempt),
        'water',
      ),
    ).toEqual(['appeal-granted'])
  })

  it('reopened: the closing stands no more, the round keeps its facts', () => {
    const story = toClosed('09-29 11:48').step('operator', 'rate', { satisfaction: '不满意' })
    story.step('duty', 'reopen', { reason: 'dissatisfied' })
    const list = flags(story)
    expect(
      has(list.filter(stands), 'closed', 'replied', 'in-time-unreplied', 'reopened', 'dissatisfied'),
    ).toEqual({
      closed: false,
      replied: false,
      'in-time-unreplied': true,
      reopened: true,
      dissatisfied: false,
    })
    expect(has(list.filter(standsForRound), 'on-time-closed', 'dissatisfied')).toEqual({
      'on-time-closed': true,
      dissatisfied: true,
    })
  })

  it('督办: unanswered until it is, late from its own limit on', () => {
    const story = toHandling().step('leader', 'oversee', { note: '尽快', dueAt: '2019-09-29T10:00:00+08:00' })
    expect(find(flags(story, at(cn('09-29 09:00'))), 'overseen-unanswered').filter(stands)).toHaveLength(1)
    story.wait(cn('09-29 11:00')).step('water', 'answer-oversight', { result: '已安排' })
    const list = flags(story)
    expect(find(list, 'overdue-oversight')).toMatchObject([
      { of: 'oversight:1', ended: { at: at(cn('09-29 11:00')), why: 'over' } },
    ])
    expect(has(list, 'due-oversight-answered', 'on-time-oversight-answered')).toEqual({
      'due-oversight-answered': true,
      'on-time-oversight-answered': false,
    })
  })

  it('an outside due time that passes is the city’s, not the unit’s', () => {
    const story = tell(dueOutside(cn('09-29 11:00')))
      .step('duty', 'file')
      .rules()
      .step('water', 'acknowledge')
    story.wait(cn('09-29 11:30')).step('water', 'reply', { result: '完成' })
    const list = flags(story)
    expect(find(list, 'overdue-outside').map((f) => f.for)).toEqual([{ kind: 'case' }])
    expect(has(list, 'on-time-replied')).toEqual({ 'on-time-replied': true })
  })

  it('a false reply is counted once a round', () => {
    const story = toReplied('09-29 11:00').step('supervisor', 'fail', { reason: 'false-reply' })
    story.step('duty', 'rework', { reason: 'false-reply' })
    expect(find(flags(story), 'false-replied').map((f) => [f.round, f.for])).toEqual([
      [1, { kind: 'case', unit: 'water' }],
    ])
  })
})
