// The body of an action: `{ action, version?, ...payload }`, each payload by its own schema (domain/command.ts), with
// positions brought to WGS-84 and photos known.
import Type, { type TSchema } from 'typebox'
import { type Command, PAYLOADS } from '#domain/command.ts'
import { ACTIONS, type Action, INTERNAL_ACTIONS } from '#domain/lifecycle.ts'
import type { Store } from '#store/open.ts'
import { type Fault, invalid, Problem } from '../http/problem.ts'
import { type Parsed, validator } from '../http/validate.ts'
import { photoFaults } from './photo-faults.ts'
import { type GivenLocation, toPosition } from './position.ts'

export const CASE_ACTIONS: readonly Action[] = ACTIONS.filter((a) => !INTERNAL_ACTIONS.has(a))

const version = Type.Optional(
  Type.Integer({ minimum: 1, description: 'The version you saw; another one now is refused with 409' }),
)

const bodyOf = (action: Action, payload: TSchema) => {
  const { properties, required = [] } = payload as { properties?: object; required?: string[] }
  return Type.Unsafe({
    type: 'object',
    title: action,
    required: ['action', ...required],
    properties: { action: { const: action }, version, ...properties },
  })
}

const BODIES = new Map(CASE_ACTIONS.map((action) => [action as string, bodyOf(action, PAYLOADS[action])]))

/** For the API's description; requests are checked against the one schema that their action names. */
export const ACTION_BODY = Type.Unsafe<ActionBody>({
  oneOf: [...BODIES.values()],
  discriminator: { propertyName: 'action' },
})

export interface ActionBody {
  action: Action
  version?: number
  payload: Record<string, unknown>
}

const checks = new Map([...BODIES].map(([action, schema]) => [action, validator(schema, 'body')]))

/** @returns the action, or the fault with the list of actions there are. */
export function parseAction(body: unknown): Parsed<ActionBody> {
  const action = typeof body === 'object' && body !== null && 'action' in body ? body.action : undefined
  const check = typeof action === 'string' ? checks.get(action) : undefined
  if (!check) {
    const message = action === undefined ? 'is required' : `must be one of ${CASE_ACTIONS.join(', ')}`
    return {
      error: invalid([{ path: '/action', message }], action === undefined ? 'invalid' : 'unknown-action'),
    }
  }
  const parsed = check(body)
  if ('error' in parsed) return parsed
  const { action: named, version: seen, ...payload } = parsed.value as { action: Action; version?: number }
  return { value: { action: named, ...(seen === undefined ? {} : { version: seen }), payload } }
}

/**
 * A validated payload as a command.
 * @throws 400 for photos that aren't there and words that are blank
 */
export async function toCommand(
  action: Action,
  payload: Record<string, unknown>,
  store: Store,
): Promise<Command> {
  const { photos, location, ...rest } = payload as { photos?: string[]; location?: GivenLocation }
  const faults: Fault[] = [
    ...blankFaults(action, rest),
    ...(photos === undefined ? [] : await photoFaults(store, { '/photos': photos })),
  ]
  if (faults.length > 0) throw invalid(faults)
  return {
    action,
    payload: {
      ...rest,
      ...(photos === undefined ? {} : { photos }),
      ...(location === undefined ? {} : { location: placed(location) }),
    },
  } as Command
}

const placed = (location: GivenLocation) => ({
  ...toPosition(location),
  ...(location.accuracyM === undefined ? {} : { accuracyM: location.accuracyM }),
})

/** A reason of spaces is none. */
function blankFaults(action: Action, payload: object): Fault[] {
  const { required = [] } = PAYLOADS[action] as { required?: string[] }
  return Object.entries(payload).flatMap(([key, value]) =>
    required.includes(key) && typeof value === 'string' && value.trim() === ''
      ? [{ path: `/${key}`, message: 'must not be blank' }]
      : [],
  )
}

export const label = (action: Action, zh: string) => ({
  zh,
  en: `${action.slice(0, 1).toUpperCase()}${action.slice(1).replaceAll('-', ' ')}`,
})

/** Says which one it was. */
export const notOpen = (taskId: string) =>
  new Problem(409, 'illegal-step', `task ${taskId} is not open any more`)
