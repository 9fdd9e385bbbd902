// Stage limits 环节时限: which stages of a case run at a state, on whose calendar, for whom, and until when. One source
// for boards, flags and escalation; computed from the case and its city alone, nothing is stored.
import type { CaseState, Post } from './case.ts'
import { POSTS } from './case.ts'
import type { City, Policies } from './city/types.ts'
import { deadline, type Pause } from './deadline.ts'
import { isOutsideRunning } from './leading-due.ts'
import { type Limit, parseLimit } from './limit.ts'
import { openTask } from './task.ts'

/**
 * `request-check` is the centre's: after a reply, until somebody is sent to look. `oversight` 督办 and `outside` (a due
 * time set by another system) run beside the others.
 */
export const CASE_STAGES = [
  'accept',
  'confirm',
  'file',
  'dispatch',
  'acknowledge',
  'handle',
  'request-check',
  'check',
  'close',
  'oversight',
  'outside',
] as const
export type CaseStage = (typeof CASE_STAGES)[number]

export const STAGE_NAMES: Record<CaseStage, string> = {
  accept: '受理',
  confirm: '核实',
  file: '立案',
  dispatch: '派遣',
  acknowledge: '签收',
  handle: '处置',
  'request-check': '派发核查',
  check: '核查',
  close: '结案',
  oversight: '督办',
  outside: '外部时限',
}

/** Owner of the supervisors' calendar in calendars.csv; a pack without it counts their limits on the centre's. */
export const SUPERVISORS = 'supervisors'

/** Who is to act: a unit, a post of the centre, or the person on site (an account id). */
export interface StageHolder {
  unit?: string | undefined
  post?: Post | undefined
  person?: string | undefined
}

export interface StageRun {
  stage: CaseStage
  /** Tells it from every other run of this case: `accept`, `handle:2`, `check:task-7`. */
  id: string
  round: number
  /** How often a handling clock has started: `turnOf`. */
  turn: number
  startedAt: number
  /** Absent where the due instant was set by somebody, or the city sets none. */
  limit?: Limit | undefined
  /** Owner of the calendar it is counted on. */
  calendar: string
  holder: StageHolder
  /** Epoch ms; absent without a limit, or where the calendar has ended. Green before `warnAt`, red after `dueAt`. */
  dueAt?: number | undefined
  warnAt?: number | undefined
  /** Times that are not counted; an open one lasts still. */
  pauses?: readonly Pause[] | undefined
  /** It stands still: a suspension 挂账, or a person is on the way to look. */
  paused?: boolean | undefined
}

/** Goes 派遣次 of the case: each dispatch, rework and reopening starts a handling clock. 0 before the first. */
export const turnOf = ({ seen }: Pick<CaseState, 'seen'>): number =>
  (seen.dispatched ?? 0) + (seen.reworked ?? 0) + (seen.reopened ?? 0)

type LimitedStage = keyof Policies['stageLimits']

/** Read once a pack: boards ask at every event. */
const readLimits = new WeakMap<Policies, Map<LimitedStage, Limit | undefined>>()

/** The limit that the pack sets for a stage. @throws on a text that `city check` should have refused. */
export function stageLimit(stage: LimitedStage, city: City): Limit | undefined {
  const { code, policies } = city.pack
  const limits = readLimits.get(policies) ?? new Map<LimitedStage, Limit | undefined>()
  readLimits.set(policies, limits)
  if (limits.has(stage)) return limits.get(stage)
  const text = policies.stageLimits[stage]
  const parsed = text === undefined ? undefined : parseLimit(text, policies.limitWords)
  if (parsed?.ok === false) throw new Error(`stage limit ${stage} of ${code}: ${parsed.reason}`)
  limits.set(stage, parsed?.limit)
  return parsed?.limit
}

/** Whose calendar a stage's limit is counted on. */
export const calendarOf = (stage: LimitedStage, state: Pick<CaseState, 'department'>): string =>
  stage === 'confirm' || stage === 'check'
    ? SUPERVISORS
    : stage === 'acknowledge'
      ? (state.department ?? 'centre')
      : 'centre'

const isPost = (who: string | undefined): who is Post => POSTS.some((p) => p === who)

/** The stages that run at this state, the one that the case waits for first; none when it has ended. */
export function stagesOf(state: CaseState, city: City): StageRun[] {
  return [...ofStatus(state, city), ...oversights(state), ...outside(state)]
}

/** The stage that the case waits for; undefined when it has ended, or a decision without a limit is waited for. */
export const runningStage = (state: CaseState, city: City): StageRun | undefined => ofStatus(state, city)[0]

function ofStatus(state: CaseState, city: City): StageRun[] {
  const turn = turnOf(state)
  const run = (
    stage: LimitedStage,
    id: string,
    startedAt: number,
    holder: StageHolder,
    pauses: Pause[] = [],
  ): StageRun => {
    const calendar = calendarOf(stage, state)
    const limit = stageLimit(stage, city)
    const due =
      limit &&
      deadline({
        start: startedAt,
        limit,
        calendar: city.calendarFor(calendar),
        pauses,
        warnShare: city.pack.policies.warnShare,
      })
    return {
      stage,
      id,
      round: state.round,
      turn,
      startedAt,
      calendar,
      holder,
      ...(limit ? { limit } : {}),
      ...(due?.ok ? { dueAt: due.dueAt, warnAt: due.warnAt } : {}),
      ...(pauses.length > 0 ? { pauses } : {}),
      ...(pauses.some((p) => p.to === undefined) ? { paused: true } : {}),
    }
  }
  const post = (usual: Post): StageHolder => ({
    post: isPost(state.waitsFor?.who) ? state.waitsFor.who : usual,
  })
  switch (state.status) {
    case 'reported':
      return [
        ...taskRun('confirm', state, city, turn),
        run('accept', 'accept', state.reportedAt, post('operator'), looking(state)),
      ]
    case 'accepted':
      return [
        ...taskRun('confirm', state, city, turn),
        run('file', 'file', state.since, post('duty-manager'), looking(state)),
      ]
    case 'filed':
      return [run('dispatch', `dispatch:${turn}`, state.since, post('dispatcher'))]
    case 'dispatched':
      return [
        run('acknowledge', `acknowledge:${turn}`, state.since, { unit: state.department }),
        ...handling(state, turn),
      ]
    case 'handling':
    case 'suspended':
      return handling(state, turn)
    case 'replied': {
      const task = taskRun('check', state, city, turn)
      const isLookedAt = state.tasks.some((t) => t.kind === 'check' && t.round === state.round)
      if (task.length > 0 || isLookedAt) return task
      const waiting = run('check', `request-check:${turn}`, state.since, post('dispatcher'))
      return [{ ...waiting, stage: 'request-check' }]
    }
    case 'checked':
      return [run('close', `close:${turn}`, state.since, post('duty-manager'))]
    default:
      return []
  }
}

/** While somebody is on the way to look 核实, the centre's own stage stands still. */
const looking = (state: CaseState): Pause[] =>
  state.tasks.flatMap((t) =>
    t.kind === 'confirm' && t.status !== 'cancelled' ? [{ from: t.createdAt, to: t.reportedAt }] : [],
  )

/** The open field task with the due instant that it was handed out with; a hand-over keeps it. */
function taskRun(kind: 'confirm' | 'check', state: CaseState, city: City, turn: number): StageRun[] {
  const task = openTask(state, kind)
  if (!task) return []
  const calendar = calendarOf(kind, state)
  const limit = stageLimit(kind, city)
  const due =
    limit &&
    deadline({
      start: task.createdAt,
      limit,
      calendar: city.calendarFor(calendar),
      warnShare: city.pack.policies.warnShare,
    })
  const isByLimit = due?.ok === true && due.dueAt === task.dueAt
  return [
    {
      stage: kind,
      id: `${kind}:${task.id}`,
      round: task.round,
      turn,
      startedAt: task.createdAt,
      calendar,
      holder: { post: 'supervisor', person: task.assignee },
      dueAt: task.dueAt,
      ...(isByLimit ? { limit, warnAt: due.warnAt } : {}),
    },
  ]
}

function handling(state: CaseState, turn: number): StageRun[] {
  const { clock } = state
  if (!clock) return []
  return [
    {
      stage: 'handle',
      id: `handle:${turn}`,
      round: state.round,
      turn,
      startedAt: clock.startedAt,
      limit: clock.limit,
      calendar: clock.calendar,
      holder: { unit: state.department },
      dueAt: clock.dueAt,
      warnAt: clock.warnAt,
      pauses: clock.pauses,
      ...(state.status === 'suspended' ? { paused: true } : {}),
    },
  ]
}

/** Every 督办 that nobody has answered, while the case is open. */
const oversights = (state: CaseState): StageRun[] =>
  state.closedAt === undefined
    ? (state.oversights ?? []).flatMap((o, i) =>
        o.answeredAt === undefined
          ? [
              {
                stage: 'oversight' as const,
                id: `oversight:${i + 1}`,
                round: state.round,
                turn: turnOf(state),
                startedAt: o.at,
                calendar: 'centre',
                holder: { unit: state.department },
                dueAt: o.dueAt,
              },
            ]
          : [],
      )
    : []

/** The due time that another system has set: until the case first ends, whichever way. */
const outside = (state: CaseState): StageRun[] =>
  isOutsideRunning(state)
    ? [
        {
          stage: 'outside',
          id: 'outside',
          round: state.round,
          turn: turnOf(state),
          startedAt: state.reportedAt,
          calendar: 'centre',
          holder: {},
          dueAt: state.externalDueAt,
        },
      ]
    : []
