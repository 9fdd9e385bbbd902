// What a step of the unit would do to its due time, counted before it is sent 预览: the same rules as the step itself, on the
// same calendar. Nothing here decides anything; between the look and the step time goes on.
import type { CaseState } from './case.ts'
import type { DecideContext, Decision, Refusal } from './decision.ts'
import { assign, dueOf, grantExtension, suspend } from './decide-clock.ts'

export const PREVIEWED = ['request-extension', 'request-suspension', 'assign'] as const
export type Previewed = (typeof PREVIEWED)[number]

export interface PreviewAsk {
  action: Previewed
  /** ISO 8601, of a suspension. */
  until?: string | undefined
  /** Of a squad or person 二级时限, as the pack writes limits. */
  limit?: string | undefined
}

export type Preview =
  | {
      ok: true
      /** As it stands; absent without a clock. */
      dueAt?: number | undefined
      /** With the request granted at once; of a suspension that lasts to its end. */
      newDueAt?: number | undefined
      /** 二级时限 of the squad or person. */
      unitDueAt?: number | undefined
    }
  | { ok: false; refusal: Refusal }

/** Epoch ms throughout. `ctx.resolved` names the squad or person of an `assign`. */
export function preview(state: CaseState, ask: PreviewAsk, ctx: DecideContext): Preview {
  const dueAt = state.clock?.dueAt
  switch (ask.action) {
    case 'request-extension': {
      if (!state.clock) return { ok: true }
      // As if whoever must agree had agreed: without a chain one yes is the last.
      const asked = { ...state, request: { kind: 'extension' as const, reason: 'stated', at: ctx.now } }
      return fromEvent(grantExtension(asked, ctx), (p) => ({ dueAt, newDueAt: p.dueAt }))
    }
    case 'request-suspension': {
      const { until } = ask
      const decided = suspend(
        state,
        { action: 'suspend', payload: until === undefined ? {} : { until } },
        ctx,
      )
      if (!decided.ok) return decided
      if (!state.clock || until === undefined) return { ok: true }
      const pauses = [...state.clock.pauses, { from: ctx.now, to: Date.parse(until) }]
      const due = dueOf({ ...state.clock, pauses }, ctx.now, ctx)
      if ('dueAt' in due) return { ok: true, dueAt, newDueAt: due.dueAt }
      return due.ok ? { ok: true, dueAt } : due
    }
    case 'assign': {
      if (ask.limit === undefined) return { ok: true, dueAt }
      return fromEvent(assign(state, ask.limit, ctx), (p) => ({ dueAt, unitDueAt: p.dueAt }))
    }
  }
}

function fromEvent(
  decision: Decision,
  read: (payload: { dueAt: number }) => Omit<Extract<Preview, { ok: true }>, 'ok'>,
): Preview {
  if (!decision.ok) return decision
  return { ok: true, ...read(decision.events[0]?.payload as unknown as { dueAt: number }) }
}
