// The document that an outgoing webhook carries: a stable schema with a version, codes and instants only. No words of
// residents and no persons: who wants to know more asks the API with a key. Pure.
import Type, { type Static } from 'typebox'
import { type CaseState, OUTCOMES, SOURCES, STATUSES } from '../case.ts'
import type { City } from '../city/types.ts'
import { isoWithOffset } from '../city-time.ts'
import type { EventType } from '../event.ts'
import { leadingDueAt } from '../leading-due.ts'
import { isOverdue, lightOf } from '../light.ts'
import { isLightKind, type LightKind } from '../timer.ts'
import { unitPath } from '../units.ts'

export const WEBHOOK_VERSION = 1

/** Events of the log that are told, `case.` before them; the others are steps inside the centre, or words. */
const EVENTS = [
  'reported',
  'accepted',
  'confirmed',
  'rejected',
  'merged',
  'filed',
  'dispatched',
  'acknowledged',
  'claimed',
  'assigned',
  'return-requested',
  'return-granted',
  'return-refused',
  'extension-granted',
  'suspended',
  'resumed',
  'replied',
  'self-handled',
  'passed',
  'failed',
  'reworked',
  'closed',
  'reopened',
  'voided',
  'overseen',
  'oversight-answered',
  'escalated',
  'urged',
  'appeal-ruled',
  'rated',
] as const satisfies readonly EventType[]

/** Facts of time. */
const FACTS = {
  yellow: 'due-soon',
  red: 'overdue',
  'outside-yellow': 'outside-due-soon',
  'outside-red': 'outside-overdue',
  'unit-red': 'unit-overdue',
} as const satisfies Record<LightKind, string>

export const WEBHOOK_KINDS = [
  ...EVENTS.map((e) => `case.${e}` as const),
  ...Object.values(FACTS).map((f) => `case.${f}` as const),
]
export type WebhookKind = (typeof WEBHOOK_KINDS)[number]

/** What a row of the feed is called outside; undefined where it is not told. */
export const webhookKind = (type: string): WebhookKind | undefined =>
  isLightKind(type)
    ? `case.${FACTS[type]}`
    : (EVENTS as readonly string[]).includes(type)
      ? (`case.${type}` as WebhookKind)
      : undefined

const Instant = () => Type.String({ format: 'date-time', description: 'ISO 8601 with the city’s offset' })
const Named = (about: string) =>
  Type.Object({ code: Type.String(), name: Type.String() }, { description: about })

export const WEBHOOK_CASE = Type.Object({
  id: Type.String({ format: 'uuid' }),
  receiptNo: Type.String(),
  caseNo: Type.Optional(Type.String({ description: 'Absent until it is filed 立案' })),
  version: Type.Integer({
    description: 'Rises with the case: of two documents the one with the higher is newer',
  }),
  status: Type.Enum([...STATUSES]),
  source: Type.Enum([...SOURCES]),
  category: Type.Optional(Named('Of the pack under which the case was filed')),
  department: Type.Optional(Named('Lead unit')),
  unit: Type.Optional(Named('Second-level unit 二级单位')),
  area: Type.Optional(Named('Grid')),
  areaPath: Type.Array(Type.String(), { description: 'Codes of areas, from the top level down to `area`' }),
  urgent: Type.Boolean(),
  round: Type.Integer({ description: 'Of handling; more than 1 after a rework or reopening' }),
  light: Type.Enum(['green', 'yellow', 'red', 'none'], { description: 'At the instant of the event' }),
  overdue: Type.Boolean({ description: 'With the unit past its due instant 超期' }),
  reportedAt: Instant(),
  dueAt: Type.Optional(Instant()),
  leadingDueAt: Type.Optional(Instant()),
  closedAt: Type.Optional(Instant()),
  outcome: Type.Optional(Type.Enum([...OUTCOMES])),
  duplicateOf: Type.Optional(Type.String({ format: 'uuid', description: 'With case.merged' })),
  link: Type.Optional(Type.String({ description: 'The case’s page, for who may log in' })),
})

export const WEBHOOK_EVENT = Type.Object(
  {
    version: Type.Literal(WEBHOOK_VERSION, {
      description: 'Of this schema. New members may come under the same version; none goes or changes.',
    }),
    id: Type.String({ format: 'uuid', description: 'Of the delivery: the same at every try' }),
    kind: Type.Enum([...WEBHOOK_KINDS, 'test']),
    event: Type.String({ description: 'Of what happened: the same for every endpoint' }),
    seq: Type.Integer({ description: 'Place in the city’s log, ascending; 0 for a test' }),
    at: Instant(),
    case: Type.Optional(WEBHOOK_CASE),
  },
  { title: 'Huiyin webhook event', description: 'Body of an outgoing webhook, see docs/webhooks.md' },
)
export type WebhookEvent = Static<typeof WEBHOOK_EVENT>

export interface ToldEvent {
  id: string
  kind: WebhookEvent['kind']
  event: string
  seq: number
  at: number
}

/** @param state after the event; absent for a test. @param publicUrl for the link. */
export function webhookEvent(
  told: ToldEvent,
  city: City,
  state?: CaseState,
  publicUrl?: string,
): WebhookEvent {
  const { timeZone } = city.pack
  const { id, kind, event, seq, at } = told
  return {
    version: WEBHOOK_VERSION,
    id,
    kind,
    event,
    seq,
    at: isoWithOffset(at, timeZone),
    ...(state ? { case: caseOf(state, at, city, publicUrl) } : {}),
  }
}

function caseOf(
  state: CaseState,
  at: number,
  city: City,
  publicUrl: string | undefined,
): Static<typeof WEBHOOK_CASE> {
  const iso = (instant: number | undefined) =>
    instant === undefined ? undefined : isoWithOffset(instant, city.pack.timeZone)
  const named = (code: string | undefined, all: ReadonlyMap<string, { name: string }>) =>
    code === undefined ? undefined : { code, name: all.get(code)?.name ?? code }
  const made = {
    id: state.id,
    receiptNo: state.receiptNo,
    caseNo: state.caseNo,
    version: state.version,
    status: state.status,
    source: state.source,
    category: named(state.category, city.categories),
    department: named(state.department, city.departments),
    unit: named(state.unit, city.departments),
    area: named(state.area, city.areas),
    areaPath: state.areaPath,
    urgent: state.urgent,
    round: state.round,
    light: lightOf(state, at),
    overdue: isOverdue(state, at),
    reportedAt: isoWithOffset(state.reportedAt, city.pack.timeZone),
    dueAt: iso(state.clock?.dueAt),
    leadingDueAt: iso(leadingDueAt(state)),
    closedAt: iso(state.closedAt),
    outcome: state.outcome,
    duplicateOf: state.duplicateOf,
    link: publicUrl === undefined ? undefined : `${publicUrl}/cases/${state.id}`,
  }
  return Object.fromEntries(Object.entries(made).filter(([, v]) => v !== undefined)) as Static<
    typeof WEBHOOK_CASE
  >
}

/** Whether a case lies in `area:CODE` or `department:CODE` (the lead's, second-level or co-unit's, or of one below it). */
export function isWithin(state: CaseState, scope: string, city: Pick<City, 'departments'>): boolean {
  const [kind = '', ...rest] = scope.split(':')
  const code = rest.join(':')
  if (kind === 'area') return state.areaPath.includes(code)
  return [state.department, state.unit, ...state.coDepartments].some(
    (unit) => unit !== undefined && unitPath(unit, city).includes(code),
  )
}
