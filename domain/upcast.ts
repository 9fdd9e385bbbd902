// Old events, read as today's: events are for ever, so a payload that changes gets a new schema number and a step here
// from the old one. Nothing is ever rewritten in the log, whose hashes are over what was written.
import { EVENT_TYPES, type EventType } from './event.ts'

/** What a payload of one schema is in the next. */
export type Upcaster = (payload: Record<string, unknown>) => Record<string, unknown>

/** From schema number → its step to the next, by event type. A type without a step is the same in both. */
export type Upcasters = Readonly<Record<number, Partial<Record<EventType, Upcaster>>>>

/** Schema number of the events that this code writes. */
export const CURRENT_SCHEMA = 1

/** None yet: 1 is the first. */
const UPCASTERS: Upcasters = {}

/** An event as stored. */
export interface StoredEvent {
  type: string
  schema: number
  payload: Record<string, unknown>
}

/**
 * The event with its payload as `apply` reads it. The stored one stays as it is, for its hash.
 * @throws Error for an event of a type or schema that this code does not know: written by a newer version, or damaged.
 */
export function upcast<E extends StoredEvent>(
  event: E,
  steps: Upcasters = UPCASTERS,
  current = CURRENT_SCHEMA,
): Omit<E, 'type'> & { type: EventType } {
  const type = EVENT_TYPES.find((t) => t === event.type)
  if (!type) throw new Error(`unknown event type ${event.type}`)
  if (!Number.isInteger(event.schema) || event.schema < 1 || event.schema > current)
    throw new Error(`${type} has schema ${event.schema}; this version reads 1 to ${current}`)
  let { payload } = event
  for (let schema = event.schema; schema < current; schema++)
    payload = steps[schema]?.[type]?.(payload) ?? payload
  return { ...event, type, payload, schema: current }
}
