// Exceptions under a pack's policies: windows, evidence, approval chains, amounts, oversight, papers owed, co-units.
import { describe, expect, it } from 'vitest'
import { fold } from './apply.ts'
import type { ExceptionPolicies } from './city/exceptions.ts'
import type { Decision } from './decision.ts'
import { aCase, type Recipe, type Story } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { aCity, DEMO_POLICIES } from './testing/city.ts'
import { photo } from './testing/payloads.ts'

const caseUnder = (exceptions: ExceptionPolicies, recipe: Recipe, more: object = {}) =>
  aCase(recipe, { city: aCity({ ...DEMO_POLICIES, exceptions }), ...more })
const refusal = (decision: Decision) => (decision.ok ? undefined : decision.refusal)
const request = { action: 'request-return', payload: { reason: 'not-ours' } } as const
const eventOf = (story: Story, type: string) => story.log.findLast((e) => e.type === type)

describe('退单 return', () => {
  it('can be asked for within the window on the unit’s calendar, and not after', () => {
    const story = caseUnder({ return: { within: '2工作时' } }, 'handling')
    const sent = story.state.clock?.startedAt ?? 0
    story.clock.set(sent + 2 * 3_600_000)
    expect(story.attempt('water', request).ok).toBe(true)
    const late = caseUnder({ return: { within: '2工作时' } }, 'handling')
    late.clock.set((late.state.clock?.startedAt ?? 0) + 2 * 3_600_000 + 1)
    expect(refusal(late.attempt('water', request))).toMatchObject({ code: 'illegal-step' })
  })

  it('needs its evidence where policy says so', () => {
    const story = caseUnder({ return: { evidence: true } }, 'handling')
    expect(refusal(story.attempt('water', request))?.errors).toEqual([
      { path: '/photos', message: 'a photo of the evidence is needed' },
    ])
    story.step('water', 'request-return', { reason: 'not-ours', suggested: 'municipal', photos: [photo(4)] })
    story.step('dispatcher', 'grant-return')
    expect(story.state.lastReturn).toMatchObject({ from: 'water', suggested: 'municipal' })
    expect(story.state).toMatchObject({ status: 'filed', returns: 1 })
  })
})

describe('延期 extension', () => {
  const chain = { extension: { approvals: [['dispatcher'], ['dispatcher', 'head']] } } as const

  it('goes through the chain of its number, one after the other, and only through it', () => {
    const story = caseUnder(chain as unknown as ExceptionPolicies, 'extension requested')
    expect(story.state.waitsFor).toMatchObject({ who: 'dispatcher', action: 'grant-extension' })
    expect(refusal(story.attempt('duty', { action: 'grant-extension', payload: {} }))?.code).toBe('forbidden')
    const { dueAt } = story.state.clock ?? { dueAt: 0 }
    story.step('dispatcher', 'grant-extension')
    expect(story.state.extensions).toBe(1)
    expect(story.state.clock?.dueAt).toBeGreaterThan(dueAt)

    story.step('water', 'request-extension')
    const first = story.state.version
    story.step('dispatcher', 'grant-extension')
    expect(story.state).toMatchObject({ extensions: 1, version: first + 1, waitsFor: { who: 'head' } })
    expect(refusal(story.attempt('dispatcher', { action: 'grant-extension', payload: {} }))?.code).toBe(
      'forbidden',
    )
    story.step('head', 'grant-extension')
    expect(story.state.extensions).toBe(2)
    expect(story.state.request).toBeUndefined()
  })

  it('refused by anyone in the chain ends the request and uses up no try', () => {
    const story = caseUnder(chain as unknown as ExceptionPolicies, 'extension requested')
    story.step('dispatcher', 'grant-extension')
    story
      .step('water', 'request-extension')
      .step('dispatcher', 'grant-extension')
      .step('head', 'refuse-extension')
    expect(story.state).toMatchObject({ extensions: 1 })
    expect(story.state.request).toBeUndefined()
  })

  it('adds the amount of the policy on top of the present deadline, pauses kept', () => {
    const story = caseUnder({ extension: { amount: '1工作日' } }, 'extended')
    expect(story.state.clock).toMatchObject({ times: 1, added: [{ amount: 1, unit: 'work-day' }] })
    const before = aCase('extension requested').state.clock?.dueAt ?? 0
    const due = story.state.clock?.dueAt ?? 0
    expect(new Date(due).toISOString()).toBe(
      new Date(at('2019-09-30T12:00+08:00') + (before - at('2019-09-29T12:00+08:00'))).toISOString(),
    )
    story.step('water', 'request-suspension').step('duty', 'suspend', {})
    story.step('water', 'resume')
    expect(story.state.clock?.dueAt).toBeGreaterThan(due)
    expect(story.state.clock?.added).toHaveLength(1)
  })

  it('is asked for before the light turns yellow where policy says so', () => {
    const story = caseUnder({ extension: { latest: 'warn' } }, 'handling')
    story.clock.set((story.state.clock?.warnAt ?? 0) + 1)
    expect(
      refusal(story.attempt('water', { action: 'request-extension', payload: { reason: 'spare-parts' } }))
        ?.detail,
    ).toContain('yellow')
  })
})

describe('挂账 suspension', () => {
  it('needs proof and its whole chain, and happens no more often than policy says', () => {
    const story = caseUnder(
      { suspension: { proof: true, approvals: ['duty-manager', 'head'], most: 1 } },
      'handling',
    )
    const until = new Date(story.clock.now() + 10 * 86_400_000).toISOString()
    expect(
      refusal(story.attempt('water', { action: 'request-suspension', payload: { until, reason: 'planned' } }))
        ?.errors?.[0]?.path,
    ).toBe('/photos')
    story.step('water', 'request-suspension', { until, reason: 'planned', photos: [photo(6)] })
    story.step('duty', 'suspend', {})
    expect(story.state).toMatchObject({ status: 'handling', waitsFor: { who: 'head', action: 'suspend' } })
    story.step('head', 'suspend', {})
    expect(story.state.status).toBe('suspended')
    story.step('water', 'resume')
    expect(
      refusal(
        story.attempt('water', {
          action: 'request-suspension',
          payload: { until, reason: 'planned', photos: [photo(6)] },
        }),
      )?.detail,
    ).toContain('most that policy allows')
  })
})

describe('返工 rework', () => {
  it('is the rule’s by policy, on a round and a clock of its own', () => {
    const story = caseUnder({ rework: [{ decide: 'rule' }] }, 'failed')
    expect(story.state).toMatchObject({ status: 'handling', round: 2 })
    expect(eventOf(story, 'reworked')?.actor).toEqual({ kind: 'rule', id: 'rework-policy' })
  })

  it('keeps a false reply 虚假回复 as a fact of its round, said once or twice', () => {
    const story = aCase('checking')
      .step('supervisor', 'fail', { reason: 'false-reply' })
      .step('duty', 'rework', { reason: 'false-reply' })
    expect(story.state.falseReplies).toEqual([1])
    expect(fold(story.log)?.falseReplies).toEqual([1])
  })
})

describe('督办 oversight', () => {
  it('has an issuer, a limit and one answer', () => {
    const story = caseUnder({ oversight: { limit: '1工作日' } }, 'handling')
    story.step('leader', 'oversee', { note: '尽快' })
    const [demand] = story.state.oversights ?? []
    expect(demand).toMatchObject({ by: 'leader' })
    expect(demand?.dueAt).toBeGreaterThan(demand?.at ?? 0)
    story.step('water', 'answer-oversight', { result: '已安排' })
    expect(story.state.oversights?.[0]?.answeredAt).toBeDefined()
    expect(
      refusal(story.attempt('water', { action: 'answer-oversight', payload: { result: '再答' } }))?.code,
    ).toBe('illegal-step')
    expect(JSON.stringify(eventOf(story, 'oversight-answered')?.payload)).not.toContain('已安排')
  })

  it('can be answered while the case is suspended, replied to or checked', () => {
    for (const recipe of ['suspended', 'replied', 'checked'] as const) {
      const story = aCase(recipe).step('head', 'oversee')
      expect(story.step('water', 'answer-oversight').state.oversights?.[0]?.answeredAt).toBeDefined()
    }
  })
})

describe('先派后补 dispatch first', () => {
  it('sends an urgent report out in one step, and owes its papers until they are completed', () => {
    const story = aCase('reported', { report: { category: 'E0502' } }).step('operator', 'dispatch-first', {
      department: 'municipal',
    })
    expect(story.log.map((e) => e.type)).toEqual(['reported', 'accepted', 'filed', 'dispatched'])
    expect(story.state).toMatchObject({ status: 'dispatched', department: 'municipal', papersOwed: true })
    expect(story.state.caseNo).toBeDefined()
    story.step('operator', 'complete-papers', {})
    expect(story.state.papersOwed).toBeUndefined()
  })

  it('is for urgent categories only', () => {
    expect(
      refusal(aCase('accepted').attempt('operator', { action: 'dispatch-first', payload: {} }))?.code,
    ).toBe('illegal-step')
  })

  it('keeps the case from being closed while papers are owed', () => {
    const story = aCase('papers owed').step('water', 'acknowledge').step('water', 'reply').rules()
    story.step('supervisor', 'pass').rules()
    expect(
      refusal(story.attempt('duty', { action: 'close', payload: { outcome: 'fixed' } }))?.detail,
    ).toContain('papers')
    story.step('duty', 'complete-papers', {}).step('duty', 'close', { outcome: 'fixed' })
    expect(story.state.status).toBe('closed')
  })
})

describe('二级派遣 second-level dispatch', () => {
  const assign = (limit: string) =>
    ({ action: 'assign', payload: { handler: 'water-canal', limit } }) as const
  const resolved = { resolved: { unit: 'water-canal' } }

  it('gives the unit a limit of its own, never after the case’s', () => {
    const story = aCase('handling')
    expect(story.attempt('water', assign('1工作时'), resolved).ok).toBe(true)
    expect(story.state.unitDueAt).toBeLessThan(story.state.clock?.dueAt ?? 0)
    expect(refusal(story.attempt('water', assign('3工作日'), resolved))?.errors?.[0]?.path).toBe('/limit')
    expect(refusal(story.attempt('water', assign('尽快'), resolved))?.errors?.[0]?.path).toBe('/limit')
  })
})

describe('协办 co-units', () => {
  it('sign, arrive and answer, each once in time; the lead goes on answering for the case', () => {
    const story = aCase('handling')
    for (const step of ['signed', 'arrived', 'answered', 'answered'] as const)
      story.step('east', 'co-answer', { step })
    const [answer] = story.state.coAnswers ?? []
    expect(answer).toMatchObject({ department: 'st-east' })
    expect([answer?.signedAt, answer?.arrivedAt, answer?.answeredAt]).toEqual(
      story.log
        .filter((e) => e.type === 'co-answered')
        .slice(0, 3)
        .map((e) => e.at),
    )
    expect(story.state.status).toBe('handling')
  })
})

describe('结案 closing', () => {
  it('as made safe may name the condition of the lasting repair', () => {
    const story = aCase('checked').step('duty', 'close', { outcome: 'made-safe', followUp: 'E0125-2' })
    expect(story.state).toMatchObject({ status: 'closed', outcome: 'made-safe', followUp: 'E0125-2' })
    const other = aCase('checked')
    for (const payload of [
      { outcome: 'fixed', followUp: 'E0125-2' },
      { outcome: 'made-safe', followUp: 'nonsense' },
    ] as const)
      expect(refusal(other.attempt('duty', { action: 'close', payload }))?.errors?.[0]?.path).toBe(
        '/followUp',
      )
  })
})
