// The ladder of escalation 升级阶梯 as data of a city pack: what is done about a case whose stage runs long, rung by rung.
// What is due when, and what each rung leaves in the log, is in domain/escalate.ts.
import Type from 'typebox'
import type { Post } from './case.ts'
import type { Policies, PolicyRule } from './city/types.ts'
import { type Limit, parseLimit } from './limit.ts'
import { CASE_STAGES, type CaseStage } from './stage-limit.ts'

/**
 * `remind` 提醒: a message to whoever is to act. `call` 电话催办: the unit's duty phone is rung. `tell` 上报: a post of the
 * centre or the leader is told. `oversee` 督办: with a limit of its own. `talk` 约谈: the unit's head is asked in.
 */
export const RUNG_STEPS = ['remind', 'call', 'tell', 'oversee', 'talk'] as const
export type RungStep = (typeof RUNG_STEPS)[number]

export const RUNG_STEP_NAMES: Record<RungStep, string> = {
  remind: '提醒',
  call: '电话催办',
  tell: '上报',
  oversee: '督办',
  talk: '约谈',
}

/** Posts that a rung can tell. */
export const TOLD_POSTS = [
  'operator',
  'dispatcher',
  'duty-manager',
  'head',
  'leader',
] as const satisfies Post[]

/** `person`: who handles it or holds the task, else their unit. `unit`: the unit that holds the stage. */
export type RungWho = 'person' | 'unit' | (typeof TOLD_POSTS)[number]

/** Exactly one of `share`, `after` and `past` says when. */
export interface Rung {
  /** Unique in the ladder; stands in the log. */
  id: string
  /** The city's own word for it. */
  name: string
  /** The stage whose running long it answers. */
  stage: CaseStage
  /** Only for such cases; absent = for all. */
  when?: PolicyRule['when'] | undefined
  /** Part of the stage's limit that is used: 0.8, 1 (from just after the due instant), 1.5 … */
  share?: number | undefined
  /** Limit text after the stage began, on the stage's own calendar: 0.25工作时. */
  after?: string | undefined
  /** Limit text after the stage's due instant. */
  past?: string | undefined
  do: RungStep
  /** Absent: `remind` the person, `tell` the duty manager, otherwise the unit. */
  who?: RungWho | undefined
  /** Limit text of a 督办, on the centre's calendar; absent = that of the oversight policy. */
  limit?: string | undefined
}

/** A pack without a ladder climbs none. */
export const ladderOf = (policies: Policies): readonly Rung[] => policies.escalation ?? []

export const whoOf = (rung: Rung): RungWho =>
  rung.who ?? (rung.do === 'remind' ? 'person' : rung.do === 'tell' ? 'duty-manager' : 'unit')

/** A usual ladder, to be written into a new city's pack and changed there. */
export const USUAL_LADDER: readonly Rung[] = [
  { id: 'unaccepted', name: '超时未受理', stage: 'accept', share: 1, do: 'tell', who: 'duty-manager' },
  { id: 'unfiled', name: '超时未立案', stage: 'file', share: 1, do: 'tell', who: 'head' },
  {
    id: 'unacknowledged-urgent',
    name: '急要件未签收',
    stage: 'acknowledge',
    when: { risk: ['urgent'] },
    after: '0.1紧急工作时',
    do: 'call',
  },
  { id: 'unacknowledged', name: '未签收', stage: 'acknowledge', after: '0.25工作时', do: 'call' },
  {
    id: 'unacknowledged-long',
    name: '久未签收',
    stage: 'acknowledge',
    after: '1工作时',
    do: 'tell',
    who: 'duty-manager',
  },
  { id: 'near', name: '临期提醒', stage: 'handle', share: 0.8, do: 'remind' },
  { id: 'overdue', name: '超期', stage: 'handle', share: 1, do: 'tell', who: 'duty-manager' },
  { id: 'oversee', name: '超期督办', stage: 'handle', share: 1.5, do: 'oversee', limit: '4工作时' },
  { id: 'leader', name: '报分管领导', stage: 'handle', share: 2, do: 'tell', who: 'leader' },
  { id: 'talk', name: '约谈', stage: 'handle', share: 3, do: 'talk' },
  { id: 'unchecked', name: '超时未核查', stage: 'check', share: 1, do: 'remind' },
  { id: 'unanswered', name: '督办未回复', stage: 'oversight', share: 1, do: 'tell', who: 'head' },
  { id: 'outside', name: '外部时限临期', stage: 'outside', share: 0.8, do: 'tell', who: 'duty-manager' },
]

const strict = { additionalProperties: false }
const text = Type.String({ minLength: 1, maxLength: 64 })

/** JSON Schema of `policies.escalation` in city.json; `when` is the schema of a policy rule's conditions. */
export const escalationSchema = (when: Type.TSchema) =>
  Type.Array(
    Type.Object(
      {
        id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
        name: text,
        stage: Type.Enum([...CASE_STAGES]),
        when: Type.Optional(when),
        share: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100 })),
        after: Type.Optional(text),
        past: Type.Optional(text),
        do: Type.Enum([...RUNG_STEPS]),
        who: Type.Optional(Type.Enum(['person', 'unit', ...TOLD_POSTS])),
        limit: Type.Optional(text),
      },
      strict,
    ),
    { maxItems: 50 },
  )

export interface LadderFinding {
  level: 'fault' | 'warning'
  /** Below `policies.escalation`: `[2].after`. */
  path: string
  message: string
  zh: string
}

/** What the schema cannot see: twice the same id, none or two of the three measures, limits that cannot be read … */
export function ladderFindings(policies: Policies): LadderFinding[] {
  const ladder = ladderOf(policies)
  return ladder.flatMap((rung, i) => [
    ...rungFaults(rung, policies).map((f) => ({ ...f, path: `[${i}]${f.path}` })),
    ...(ladder.findIndex((r) => r.id === rung.id) < i
      ? [fault(`[${i}].id`, `"${rung.id}" stands twice`, `“${rung.id}”重复`)]
      : []),
  ])
}

const fault = (path: string, message: string, zh: string): LadderFinding => ({
  level: 'fault',
  path,
  message,
  zh,
})
const warning = (path: string, message: string, zh: string): LadderFinding => ({
  level: 'warning',
  path,
  message,
  zh,
})

function rungFaults(rung: Rung, policies: Policies): LadderFinding[] {
  const found: LadderFinding[] = []
  const measures = [rung.share, rung.after, rung.past].filter((m) => m !== undefined)
  if (measures.length !== 1)
    found.push(fault('', 'needs exactly one of share, after and past', 'share、after、past须且只能填一项'))
  for (const field of ['after', 'past', 'limit'] as const) {
    const given = rung[field]
    const parsed = given === undefined ? undefined : parseLimit(given, policies.limitWords)
    if (parsed?.ok === false) found.push(fault(`.${field}`, parsed.reason, parsed.zh))
  }
  if (rung.limit !== undefined && rung.do !== 'oversee')
    found.push(fault('.limit', 'only an oversight has a limit', '只有督办可设时限'))
  if (rung.do === 'tell' && (rung.who === 'person' || rung.who === 'unit'))
    found.push(fault('.who', 'tells a post; a unit is reminded or called', '上报对象须为岗位'))
  if (rung.do !== 'tell' && rung.do !== 'remind' && rung.who !== undefined && rung.who !== 'unit')
    found.push(fault('.who', `${rung.do} is for the unit`, `${RUNG_STEP_NAMES[rung.do]}的对象须为单位`))
  if (
    rung.do === 'oversee' &&
    rung.limit === undefined &&
    policies.exceptions?.oversight?.limit === undefined
  )
    found.push(warning('.limit', 'the oversight has no limit', '督办未设时限'))
  if (rung.after === undefined && hasNoLimit(rung.stage, policies))
    found.push(
      warning(
        '.stage',
        `${rung.stage} has no limit: this rung is never reached`,
        '该环节未设时限，本级不会触发',
      ),
    )
  return found
}

const LIMIT_OF: Partial<Record<CaseStage, keyof Policies['stageLimits']>> = {
  accept: 'accept',
  file: 'file',
  dispatch: 'dispatch',
  acknowledge: 'acknowledge',
  'request-check': 'check',
  close: 'close',
}

const hasNoLimit = (stage: CaseStage, { stageLimits }: Policies): boolean => {
  const name = LIMIT_OF[stage]
  return name !== undefined && stageLimits[name] === undefined
}

/** A limit text of the ladder. @throws on one that `ladderFindings` names. */
export function ladderLimit(given: string, policies: Policies): Limit {
  const parsed = parseLimit(given, policies.limitWords)
  if (!parsed.ok) throw new Error(`escalation: ${parsed.reason}`)
  return parsed.limit
}
