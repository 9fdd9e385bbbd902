// Firing a timer: whatever rings — an alarm, the reconciler, a replay — the case is looked at again, and the effect
// happens once. Lights are facts of the feed; a resumption, a handed-over task and a climbed rung are events of the case.
import type { CaseState } from '#domain/case.ts'
import { isOpenTask } from '#domain/apply.ts'
import { dueRungs } from '#domain/escalate.ts'
import { findCase } from '#store/cases.ts'
import { cityOfCase } from '#store/cities.ts'
import { type DueTimer, fireLight, markFired } from '#store/timers.ts'
import type { JobContext } from '../context.ts'

export type FiringContext = Pick<JobContext, 'store' | 'runtime' | 'log'>

/** `obsolete`: the case no longer runs towards it. `waits`: refused for now; the reconciler tries again. */
export type Fired = 'fired' | 'obsolete' | 'waits'

/** @param timer must be due by the log's clock. */
export async function fireTimer(context: FiringContext, timer: DueTimer): Promise<Fired> {
  const { store, runtime } = context
  switch (timer.kind) {
    case 'yellow':
    case 'red':
    case 'outside-yellow':
    case 'outside-red':
    case 'unit-red': {
      const fired = await fireLight(store, timer.id, runtime.clock.now())
      if (fired) runtime.signals.raise('inbox')
      return fired ? 'fired' : 'obsolete'
    }
    case 'resume':
      return resume(context, timer)
    case 'task':
      return handOver(context, timer)
    case 'rung':
      return climbRungs(context, timer)
    case 'day':
      // Days are begun by beginDays, whose rows are born fired.
      return 'obsolete'
    default:
      return timer.kind satisfies never
  }
}

async function stateOf({ store }: FiringContext, timer: DueTimer): Promise<CaseState | undefined> {
  return timer.caseId === undefined ? undefined : (await findCase(store, timer.caseId))?.state
}

/** 挂账到期恢复: the suspension that this timer ends, and no later one. */
async function resume(context: FiringContext, timer: DueTimer): Promise<Fired> {
  const { store, runtime, log } = context
  const state = await stateOf(context, timer)
  // The row goes when the timers follow the event that made it obsolete; marking it could hide a later, equal one.
  if (state?.status !== 'suspended' || state.suspendedUntil !== timer.fireAt) return 'obsolete'
  const result = await runtime.commander.act(
    state.id,
    { action: 'resume', payload: {} },
    { actor: { kind: 'rule', rule: 'suspension-ended' }, expectVersion: state.version },
  )
  if (!result.ok) {
    log.warn(
      { case: state.id, code: result.refusal.code },
      'a suspension that has ended could not be resumed',
    )
    return 'waits'
  }
  await markFired(store, timer.id, runtime.clock.now())
  return 'fired'
}

/** The limit of a field task ran out: somebody else goes, once, if there is anybody. The task keeps its limit. */
async function handOver(context: FiringContext, timer: DueTimer): Promise<Fired> {
  const { store, runtime, log } = context
  const state = await stateOf(context, timer)
  const task = state?.tasks.find((t) => isOpenTask(t) && t.dueAt === timer.fireAt && t.round === timer.round)
  if (!state || !task) return 'obsolete'
  const isHandedOver = task.handedOver.some((h) => h.at >= timer.fireAt)
  if (!isHandedOver) {
    const result = await runtime.commander.act(
      state.id,
      { action: 'hand-over-task', payload: { taskId: task.id, reason: 'limit-ran-out' } },
      { actor: { kind: 'rule', rule: 'task-limit' }, expectVersion: state.version },
    )
    if (!result.ok && result.refusal.code !== 'nobody-on-duty') return 'waits'
    if (!result.ok)
      log.warn({ case: state.id, task: task.id }, 'a task is past its limit and nobody else can go')
  }
  await markFired(store, timer.id, runtime.clock.now())
  return 'fired'
}

/** 升级: every rung that has fallen due by now, in order. What was climbed the log knows, so ringing twice climbs nothing. */
async function climbRungs(context: FiringContext, timer: DueTimer): Promise<Fired> {
  const { store, runtime, log } = context
  let state = await stateOf(context, timer)
  let climbed = false
  while (state) {
    const city = await cityOfCase(state, runtime.cityFor)
    const due = dueRungs(state, city, Math.max(runtime.clock.now(), state.lastAt))[0]
    if (!due) break
    const result = await runtime.commander.act(
      state.id,
      { action: 'escalate', payload: { rung: due.rung.id } },
      { actor: { kind: 'rule', rule: 'escalation' } },
    )
    if (!result.ok) {
      // Another ring may have climbed it in between; anything else is looked at again by the reconciler.
      log.info({ case: state.id, rung: due.rung.id, code: result.refusal.code }, 'a rung was not climbed')
      return 'waits'
    }
    climbed = true
    state = result.state
  }
  // Obsolete rows go when the timers follow what made them so; marking one could hide a later, equal one.
  if (!climbed) return 'obsolete'
  await markFired(store, timer.id, runtime.clock.now())
  return 'fired'
}
