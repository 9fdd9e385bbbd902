// The reconciler: whatever the queue has lost or given up is found in PostgreSQL and done. It never asks what happened,
// only what is due.
import { rateOf } from '#domain/clock.ts'
import type { PolicyRule } from '#domain/city/types.ts'
import { policyDecision } from '#domain/policy.ts'
import { openFollowUps } from '#store/follow-up.ts'
import { type Stuck, stuckCases } from '#store/stuck.ts'
import type { StepName } from './catalogue.ts'
import type { JobContext } from './context.ts'
import type { NewJob } from './queues.ts'
import { stepJobId } from './readers/automation.ts'
import { beginDays } from './timers/days.ts'
import { fireDueTimers } from './timers/due.ts'

/** Real time: machines are as slow in a fast demo as elsewhere. */
export interface ReconcileOptions {
  /** A case that a rule should have moved and that nothing touched for so long has lost its job. */
  stuckForMs?: number
  /** What a job has had in hand, or waits to be tried again, for so long is done under another name. */
  heldForMs?: number
  /** A timer overdue by so much has lost its alarm. */
  overdueForMs?: number
  /** A failed job is tried again when it failed so long ago. */
  retryAfterMs?: number
}

export interface Reconciled {
  /** Jobs added again. */
  requeued: number
  /** Failed jobs tried again. */
  retried: number
  timersFired: number
  daysBegun: number
  /** Follow-ups of cases made safe that were reported. */
  followUps: number
}

const STUCK_FOR_MS = 20_000
/**
 * Longer than a step and its tries take. BullMQ on PostgreSQL writes the end of a job's lock, and any queue the hour of the
 * next try, by the worker's own clock: one that is an hour ahead and dies would keep its cases for an hour.
 */
const HELD_FOR_MS = 90_000
const OVERDUE_FOR_MS = 15_000
/** By then the fault, or the program, may be another. */
const RETRY_AFTER_MS = 60_000
const HOURLY_MS = 3_600_000
const PAGE = 1000

/** Parts that need no queue come first: with the queue down, lights still turn. */
export async function reconcile(context: JobContext, options: ReconcileOptions = {}): Promise<Reconciled> {
  const { runtime, queues, log } = context
  const now = runtime.clock.now()
  const rate = rateOf(runtime.clock)
  const overdueForMs = (options.overdueForMs ?? OVERDUE_FOR_MS) * rate
  const timersFired = await fireDueTimers(context, { until: now - overdueForMs })
  const daysBegun = await beginDays(context, now)
  const followUps = await openFollowUps(context.store, runtime)
  await queues.ensureScheduler('reconcile-hourly', 'reconcile', HOURLY_MS)
  const found = await requeue(context, now, {
    forMs: (options.stuckForMs ?? STUCK_FOR_MS) * rate,
    heldForMs: (options.heldForMs ?? HELD_FOR_MS) * rate,
    retryAfterMs: options.retryAfterMs ?? RETRY_AFTER_MS,
  })
  const done = { ...found, timersFired, daysBegun, followUps }
  if (done.requeued + done.retried + done.timersFired > 0) log.info(done, 'the reconciler found work undone')
  return done
}

async function requeue(
  { store, runtime, queues }: JobContext,
  now: number,
  { forMs, heldForMs, retryAfterMs }: { forMs: number; heldForMs: number; retryAfterMs: number },
) {
  const { close, exceptions } = (await runtime.cityFor()).pack.policies
  const byRule = (rules: readonly PolicyRule[] = []) => rules.some((rule) => rule.decide === 'rule')
  const also = { checked: byRule(close), failed: byRule(exceptions?.rework) }
  const total = { requeued: 0, retried: 0 }
  let after: Stuck | undefined
  for (;;) {
    const page = await stuckCases(store, now, forMs, { limit: PAGE, after, ...also })
    const due = await filterByPolicy(page, runtime)
    const standing = await Promise.all(
      due.map(async (c) => ({
        job: toJob(c),
        isLong: c.updatedAt < now - heldForMs,
        standing: await queues.standing(NAMES[c.status] ?? 'screen', stepJobId(c.caseId, c.version)),
      })),
    )
    const lost = standing.flatMap(({ standing, job, isLong }) => {
      if (standing === 'absent') return [job]
      return standing === 'held' && isLong ? [underAnotherName(job)] : []
    })
    if (lost.length > 0) await queues.addBulk(lost)
    total.requeued += lost.length
    const failed = standing.filter((s) => s.standing === 'failed')
    for (const { job } of failed)
      if (await queues.retryFailed(job.name, job.jobId, retryAfterMs)) total.retried += 1
    after = page.at(-1)
    // Oldest first: when nothing of a whole page is lost, the queue is alive and merely busy.
    if (page.length < PAGE || (due.length > 0 && lost.length + failed.length === 0)) return total
  }
}

const NAMES: Readonly<Record<string, StepName>> = {
  reported: 'screen',
  accepted: 'file',
  filed: 'dispatch',
  replied: 'check',
  checked: 'check',
}

function toJob({ caseId, version, status }: Stuck): NewJob<StepName> {
  const name = NAMES[status]
  if (!name) throw new Error(`no step leads on from ${status}`)
  return { name, payload: { caseId, version, because: 'stuck' }, jobId: stepJobId(caseId, version) }
}

/** The same work beside one that may never end; should both run, the second finds the case moved on. */
function underAnotherName(job: NewJob<StepName>): NewJob<StepName> {
  return { ...job, jobId: `${job.jobId}-again-${Math.floor(Date.now() / HELD_FOR_MS)}` }
}

/** Checked and failed cases are stuck only where a rule may close or send them back; else they wait for a person. */
async function filterByPolicy(page: readonly Stuck[], runtime: JobContext['runtime']): Promise<Stuck[]> {
  const city = await runtime.cityFor()
  const { close, exceptions } = city.pack.policies
  return page.filter(({ status, source, category, reason }) => {
    const rules = status === 'checked' ? close : reason === 'check-failed' ? exceptions?.rework : undefined
    if (rules === undefined) return true
    const known = category === undefined ? undefined : city.categories.get(category)
    return policyDecision(rules, { source, category: known }).who === 'rule'
  })
}
