// The catalogue of jobs: only what is declared here can be added, with a payload that fits. A payload names a case and
// the facts that were decided on, never words or persons.
import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { TIMER_KINDS } from '#domain/timer.ts'
import type { QueueName } from '#store/queue-backend.ts'

interface JobKind {
  queue: QueueName
  payload: TSchema
  /** A job that takes longer fails, and is tried again; well below the queue's lock. */
  timeoutMs: number
  /** Tries in all, with growing pauses: about a minute for steps. */
  attempts: number
  why: string
}

const uuid = Type.String({ format: 'uuid' })
const exactly = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** A step is due at exactly this version; at another one there is nothing to do. */
const STEP = exactly({
  caseId: uuid,
  version: Type.Integer({ minimum: 1 }),
  /** What opened the step: an event's type, or `stuck` when the reconciler found it. */
  because: Type.String({ pattern: '^[a-z-]+$', maxLength: 40 }),
})

/** `timerId` is the row in `timer`; the rest is what it said when the alarm was set. `day`: a city day begins. */
const ALARM = Type.Union([
  exactly({
    timerId: Type.String({ pattern: '^[0-9]+$' }),
    kind: Type.Enum([...TIMER_KINDS]),
    fireAt: Type.Integer(),
  }),
  exactly({ day: Type.String({ format: 'date' }), fireAt: Type.Integer() }),
])

const step = (why: string) => ({
  queue: 'pipeline' as const,
  payload: STEP,
  timeoutMs: 10_000,
  attempts: 8,
  why,
})

export const CATALOGUE = {
  screen: step('a new report: verify it, then accept, file and dispatch as far as rules are certain'),
  file: step('an accepted or confirmed case: pick its condition, then dispatch'),
  dispatch: step('a filed or returned case: find the unit'),
  check: step('a reply: send somebody to look; a passed check: close where policy says so'),
  deadline: {
    queue: 'clock',
    payload: ALARM,
    timeoutMs: 10_000,
    attempts: 5,
    why: 'the alarm clock of one timer: re-checks, then turns the light, resumes, hands over, climbs a rung or begins the day',
  },
  deliver: {
    queue: 'outside',
    payload: exactly({ channelId: uuid }),
    timeoutMs: 120_000,
    attempts: 3,
    why: 'something waits for a channel to the outside: send it, in order, and note how it went',
  },
  reconcile: {
    queue: 'clock',
    payload: exactly({}),
    timeoutMs: 60_000,
    attempts: 1,
    why: 'every hour by a job scheduler: the reconciler’s pass, and what has a term is trimmed',
  },
} as const satisfies Record<string, JobKind>

export type JobName = keyof typeof CATALOGUE
export type Payload<N extends JobName> = Static<(typeof CATALOGUE)[N]['payload']>
export type StepName = 'screen' | 'file' | 'dispatch' | 'check'

export const JOB_NAMES = Object.keys(CATALOGUE) as JobName[]
export const isDeclared = (name: string): name is JobName => Object.hasOwn(CATALOGUE, name)

const VALIDATORS = new Map(JOB_NAMES.map((name) => [name, Compile(CATALOGUE[name].payload)]))

/** A job that nobody declared, or a payload that does not fit: a bug, never something to try again. */
export class BadJob extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'BadJob'
  }
}

/** @throws BadJob */
export function checkJob(name: string, payload: unknown): JobName {
  if (!isDeclared(name)) throw new BadJob(`job ${name} is not in the catalogue`)
  const validator = VALIDATORS.get(name)
  if (validator?.Check(payload)) return name
  const faults = (validator?.Errors(payload) ?? []).map((e) => `${e.instancePath || '/'} ${e.message}`)
  throw new BadJob(`the payload of job ${name} does not fit: ${faults.join('; ')}`)
}
