// What the machine may do next by itself: a chain of automatic steps, decided and applied until a person must act.
// All events of a chain go into the log in one append.
import type { CaseState, Post } from './case.ts'
import { apply } from './apply.ts'
import type { City } from './city/types.ts'
import type { Command } from './command.ts'
import { decide } from './decide.ts'
import type { DecideContext, Refusal } from './decision.ts'
import type { EventActor, NewEvent } from './event.ts'
import { mergesInto } from './duplicate-screening.ts'
import { transition } from './lifecycle.ts'
import { policyDecision } from './policy.ts'
import { isDispatchDoubt, route } from './route.ts'
import { openTask } from './task.ts'

export interface Stamped extends NewEvent {
  no: number
  nth: number
  at: number
  actor: EventActor
}

/** Gives events their place after `state` and folds them in. */
export function stamp(
  state: CaseState | undefined,
  caseId: string,
  events: readonly NewEvent[],
  actor: EventActor,
  now: number,
): { state: CaseState; events: Stamped[] } {
  let next = state
  const stamped: Stamped[] = []
  for (const e of events) {
    const no = (next?.no ?? 0) + 1
    const at = Math.max(now, next?.lastAt ?? 0)
    stamped.push({ ...e, no, at, actor, nth: (next?.seen[e.type] ?? 0) + 1 })
    next = apply(next, { caseId, no, type: e.type, at, actor, payload: e.payload })
  }
  if (!next) throw new Error('no events to stamp')
  return { state: next, events: stamped }
}

/** The next automatic command, or undefined when the machine has nothing (more) to do. */
export function nextAutomatic(
  state: CaseState,
  city: City,
  now: number,
): { command: Command; rule: string } | undefined {
  const category = state.category === undefined ? undefined : city.categories.get(state.category)
  const facts = { source: state.source, category }
  const { policies } = city.pack
  const wait = (action: string, post: Post, reason: string) => {
    if (state.waitsFor?.action === action) return undefined
    // A policy may name a post that the table does not let decide this; it must not wait for nobody.
    const who = transition(action)?.who.includes(post) ? post : 'duty-manager'
    return {
      command: { action: 'await-decision', payload: { action, who, reason } } as const,
      rule: 'policy',
    }
  }
  const confirmed = state.tasks.findLast((t) => t.kind === 'confirm' && t.status === 'reported')
  switch (state.status) {
    case 'reported': {
      if (!state.screening) return { command: { action: 'screen', payload: {} }, rule: 'screen' }
      if (openTask(state, 'confirm')) return undefined
      const into = mergesInto(state.screening, city)
      if (into !== undefined && !confirmed)
        return { command: { action: 'merge', payload: { into } }, rule: 'duplicate-policy' }
      const policy = policyDecision(policies.accept, facts)
      if (confirmed?.result === false) return wait('accept', 'operator', 'not-confirmed')
      // Which unit it is can be doubtful without doubting the matter: that waits at the dispatcher's desk.
      const reasons = state.screening.reasons.filter((r) => !isDispatchDoubt(r))
      const doubt = reasons.find((r) => r !== 'outside-city' && r !== 'not-managed-here')
      if (doubt !== undefined) return wait('accept', policy.who === 'rule' ? 'operator' : policy.who, doubt)
      if (reasons[0] !== undefined) return wait('accept', 'operator', reasons[0])
      if (policy.who !== 'rule') return wait('accept', policy.who, policy.reason)
      return { command: { action: 'accept', payload: {} }, rule: 'accept-policy' }
    }
    case 'accepted': {
      if (openTask(state, 'confirm')) return undefined
      if (confirmed?.result === false) return wait('file', 'duty-manager', 'not-confirmed')
      const place = state.screening?.reasons.find((r) =>
        ['outside-city', 'no-grid', 'not-managed-here'].includes(r),
      )
      if (place !== undefined) return wait('file', 'duty-manager', place)
      if (!category)
        return wait('file', 'duty-manager', state.category === undefined ? 'no-category' : 'unknown-category')
      const policy = policyDecision(policies.file, facts)
      if (policy.who !== 'rule') return wait('file', policy.who, policy.reason)
      return { command: { action: 'file', payload: {} }, rule: 'file-policy' }
    }
    case 'filed': {
      if (state.returns > 0) return wait('dispatch', 'dispatcher', 'returned')
      if (state.dispatchMode !== 'assign') return wait('dispatch', 'dispatcher', `mode-${state.dispatchMode}`)
      const policy = policyDecision(policies.dispatch, facts)
      if (policy.who !== 'rule') return wait('dispatch', policy.who, policy.reason)
      const way = route(state, city, now)
      if (way.department === undefined || isDispatchDoubt(way.doubt))
        return wait('dispatch', 'dispatcher', way.doubt ?? 'no-unit')
      return { command: { action: 'dispatch', payload: {} }, rule: 'routing' }
    }
    case 'replied': {
      const failed = state.tasks.findLast((t) => t.kind === 'check' && t.round === state.round)
      if (failed?.result === false && policies.exceptions?.rework) {
        const { who } = policyDecision(policies.exceptions.rework, facts)
        if (who === 'rule') return { command: { action: 'rework', payload: {} }, rule: 'rework-policy' }
      }
      if (state.tasks.some((t) => t.kind === 'check' && t.round === state.round)) return undefined
      const policy = policyDecision(policies.requestCheck, facts)
      if (policy.who !== 'rule') return wait('request-check', policy.who, policy.reason)
      return { command: { action: 'request-check', payload: {} }, rule: 'check-policy' }
    }
    case 'checked': {
      // Somebody owes its papers first.
      if (state.papersOwed) return undefined
      const policy = policyDecision(policies.close, facts)
      if (policy.who !== 'rule') return undefined
      return {
        command: { action: 'close', payload: { outcome: state.outcome ?? 'fixed' } },
        rule: 'close-policy',
      }
    }
    default:
      return undefined
  }
}

/** A longer chain than this is a loop in the policies. */
const LONGEST_CHAIN = 12

/**
 * Runs the automatic steps that follow `state`. A refused step (nobody on duty, calendar ended) becomes a
 * decision that waits on the desk with that reason, never a silent stop.
 */
export function advance(
  state: CaseState,
  ctx: Omit<DecideContext, 'actor' | 'expectVersion' | 'resolved'>,
): { state: CaseState; events: Stamped[]; refusal?: Refusal } {
  let at = state
  const events: Stamped[] = []
  for (let i = 0; i < LONGEST_CHAIN; i++) {
    const next = nextAutomatic(at, ctx.city, ctx.now)
    if (!next) return { state: at, events }
    const actor = { kind: 'rule', rule: next.rule } as const
    // What a rule names is a case's id; persons' references are looked up at the edge.
    const resolved = next.command.action === 'merge' ? { resolved: { into: next.command.payload.into } } : {}
    const decision = decide(at, next.command, { ...ctx, actor, ...resolved })
    if (!decision.ok && at.waitsFor?.action === next.command.action)
      return { state: at, events, refusal: decision.refusal }
    const made = decision.ok
      ? decision.events
      : [
          {
            type: 'decision-awaited' as const,
            payload: { action: next.command.action, who: 'duty-manager', reason: decision.refusal.code },
          },
        ]
    const folded = stamp(at, at.id, made, { kind: 'rule', id: next.rule }, ctx.now)
    at = folded.state
    events.push(...folded.events)
    if (!decision.ok) return { state: at, events, refusal: decision.refusal }
  }
  throw new Error(`the policies make case ${state.receiptNo} run in a circle`)
}
