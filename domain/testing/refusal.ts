// Steps that must be refused, and what is looked at after a step.
import type { Actor, HandleClock } from '../case.ts'
import type { Command, Payloads } from '../command.ts'
import type { DecideContext, Refusal } from '../decision.ts'
import type { Action } from '../lifecycle.ts'
import type { LogEvent, Story } from './builder.ts'
import type { PersonName } from './people.ts'

/** Tries the step, which must be refused and leave the case exactly as it was. */
export function refusal<A extends Action>(
  story: Story,
  who: PersonName | Actor,
  action: A,
  payload: Payloads[A],
  more: Partial<DecideContext> = {},
): Refusal {
  const before = story.state
  const decision = story.attempt(who, { action, payload } as unknown as Command, more)
  if (decision.ok) throw new Error(`${action} was allowed`)
  if (story.state !== before) throw new Error(`${action} was refused, and yet changed the case`)
  return decision.refusal
}

export const faultsAt = (r: Refusal): string[] | undefined => r.errors?.map((e) => e.path)

export function clockOf({ state }: Story): HandleClock {
  if (!state.clock) throw new Error('the case has no clock')
  return state.clock
}

export function lastEvent({ log }: Story): LogEvent {
  const event = log.at(-1)
  if (!event) throw new Error('the log is empty')
  return event
}
