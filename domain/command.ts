// Payloads of the actions, as JSON Schema: parsed at the edge, shown to the desks by GET /cases/{id}/actions.
// What a person writes freely is declared in PRIVATE_FIELDS and never enters an event's payload.
import Type, { type Static, type TSchema } from 'typebox'
import { CO_STEPS, OUTCOMES } from './case.ts'
import type { Action } from './lifecycle.ts'
import { Moment } from './moment.ts'
import { isStatedReason } from './reason.ts'

const text = (max = 2000) => Type.String({ minLength: 1, maxLength: max })
const note = Type.Optional(Type.String({ maxLength: 2000 }))
const photos = Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { maxItems: 20 }))
const code = Type.String({ minLength: 1, maxLength: 64 })

export const LOCATION = Type.Object({
  lng: Type.Number({ minimum: -180, maximum: 180 }),
  lat: Type.Number({ minimum: -90, maximum: 90 }),
  crs: Type.Optional(Type.Enum(['wgs84', 'gcj02', 'bd09'])),
  accuracyM: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
})
export type Location = Static<typeof LOCATION>
const location = Type.Optional(LOCATION)

/** What a reporter said of the outcome, code → words of the call-back form. */
export const SATISFACTION_NAMES: Readonly<Record<string, string>> = {
  'very-satisfied': '非常满意',
  satisfied: '满意',
  neutral: '基本满意',
  dissatisfied: '不满意',
  'very-dissatisfied': '非常不满意',
}

/** The code of a satisfaction given by code or by its Chinese words; undefined for anything else. */
export const satisfactionOf = (given: string): string | undefined =>
  Object.entries(SATISFACTION_NAMES).find(([code, zh]) => given === code || given === zh)?.[0]

export const APPEAL_SUBJECTS = ['overdue', 'rework', 'misdispatch', 'dissatisfaction'] as const

/** What came of a phone call 通话结果 that a remark is about. */
export const CALL_RESULTS = ['answered', 'no-answer', 'busy', 'wrong-number'] as const

/** When the device had it and what its clock showed at sending: kept beside the receipt, counted where policy says so. */
export const DEVICE_TIMES = {
  capturedAt: Type.Optional(Moment('When it was seen, by the device’s clock')),
  sentAt: Type.Optional(Moment('What the device’s clock showed when it sent this')),
}

export const PAYLOADS = {
  screen: Type.Object({}),
  'await-decision': Type.Object({ action: Type.String(), who: Type.String(), reason: Type.String() }),
  accept: Type.Object({ categoryCode: Type.Optional(code) }),
  'request-confirm': Type.Object({ to: Type.Optional(code) }),
  confirm: Type.Object({ result: Type.Boolean(), note, photos, location, ...DEVICE_TIMES }),
  reject: Type.Object({ reason: text() }),
  merge: Type.Object({ into: code }),
  file: Type.Object({ condition: Type.Optional(code), categoryCode: Type.Optional(code) }),
  dispatch: Type.Object({
    department: Type.Optional(code),
    pool: Type.Optional(code),
    coDepartments: Type.Optional(Type.Array(code, { maxItems: 20 })),
  }),
  acknowledge: Type.Object({}),
  claim: Type.Object({}),
  'request-return': Type.Object({ reason: text(), suggested: Type.Optional(code), photos }),
  'grant-return': Type.Object({}),
  'refuse-return': Type.Object({ reason: text() }),
  assign: Type.Object({ handler: code, limit: Type.Optional(text(32)) }),
  take: Type.Object({}),
  'request-extension': Type.Object({ reason: text() }),
  'grant-extension': Type.Object({}),
  'refuse-extension': Type.Object({ reason: text() }),
  'request-suspension': Type.Object({ until: Moment(), reason: text(), photos }),
  suspend: Type.Object({ until: Type.Optional(Moment()), reason: Type.Optional(text()) }),
  'refuse-suspension': Type.Object({ reason: text() }),
  resume: Type.Object({}),
  reply: Type.Object({
    result: text(),
    outcome: Type.Optional(Type.Enum([...OUTCOMES])),
    photos,
    ...DEVICE_TIMES,
  }),
  'self-handle': Type.Object({
    result: text(),
    photos: Type.Array(Type.String({ format: 'uuid' }), { minItems: 2, maxItems: 20 }),
    ...DEVICE_TIMES,
  }),
  'request-check': Type.Object({ to: Type.Optional(code) }),
  pass: Type.Object({ note, photos, location, ...DEVICE_TIMES }),
  fail: Type.Object({ reason: text(), note, photos, location, ...DEVICE_TIMES }),
  rework: Type.Object({ reason: Type.Optional(text()) }),
  close: Type.Object({ outcome: Type.Enum([...OUTCOMES]), note, followUp: Type.Optional(code) }),
  reopen: Type.Object({ reason: text() }),
  void: Type.Object({ reason: text() }),
  oversee: Type.Object({ note: text(), dueAt: Type.Optional(Moment()) }),
  'answer-oversight': Type.Object({ result: text(), photos }),
  escalate: Type.Object({ rung: code }),
  urge: Type.Object({ note }),
  comment: Type.Object({
    text: text(),
    call: Type.Optional(
      Type.Object(
        { unit: Type.Optional(code), result: Type.Enum([...CALL_RESULTS]) },
        { description: '通话记录: the remark is about a call, to the unit with this code if to one of ours' },
      ),
    ),
  }),
  appeal: Type.Object({ about: Type.Enum([...APPEAL_SUBJECTS]), reason: text() }),
  'rule-on-appeal': Type.Object({ granted: Type.Boolean(), note: text() }),
  rate: Type.Object({ satisfaction: text(64) }),
  'dispatch-first': Type.Object({
    categoryCode: Type.Optional(code),
    condition: Type.Optional(code),
    department: Type.Optional(code),
    coDepartments: Type.Optional(Type.Array(code, { maxItems: 20 })),
  }),
  'complete-papers': Type.Object({ condition: Type.Optional(code), note }),
  'co-answer': Type.Object({ step: Type.Enum([...CO_STEPS]), result: Type.Optional(text()), photos }),
  'accept-task': Type.Object({ taskId: code }),
  'hand-over-task': Type.Object({ taskId: code, to: Type.Optional(code), reason: Type.Optional(text()) }),
} satisfies Record<Action, TSchema>

export type Payloads = { [A in Action]: Static<(typeof PAYLOADS)[A]> }

/** A typed command: an action and its payload, already validated against PAYLOADS. */
export type Command = { [A in Action]: { action: A; payload: Payloads[A] } }[Action]

/** Free words: kept in the erasable side table, digest in the chain. */
const PRIVATE_FIELDS: readonly string[] = ['reason', 'note', 'result', 'text']

/** The command with no more in its payload than the action declares: what nobody reads must not reach the chain. */
export function declared(command: Command): Command {
  const known = Object.keys(PAYLOADS[command.action].properties)
  const kept = Object.entries(command.payload).filter(([key]) => known.includes(key))
  return { action: command.action, payload: Object.fromEntries(kept) } as Command
}

/** Splits a payload into facts for the chain and words for the side table. A reason given as a code is a fact. */
export function splitPrivate(payload: Record<string, unknown>): {
  facts: Record<string, unknown>
  words?: Record<string, unknown>
} {
  const facts: Record<string, unknown> = {}
  const words: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(payload)) {
    if (value === undefined) continue
    const isPrivate =
      PRIVATE_FIELDS.includes(key) &&
      typeof value === 'string' &&
      !(key === 'reason' && isStatedReason(value))
    if (isPrivate) words[key] = value
    else facts[key] = value
  }
  return Object.keys(words).length > 0 ? { facts, words } : { facts }
}
