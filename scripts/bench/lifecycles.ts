// Whole lives of cases: reported, carried to the unit by rule, signed for and answered by it, checked on site, closed. The
// people answer as soon as the feed tells them, through the same write side as over HTTP.
import type { Actor } from '#domain/case.ts'
import type { Command } from '#domain/command.ts'
import type { Log } from '#store/log.ts'
import type { Store } from '#store/open.ts'
import type { QueueConfig } from '#store/queue-backend.ts'
import { openRuntime, type Runtime } from '#store/runtime.ts'
import { startWorker } from '#worker/worker.ts'
import { type Place, reportMany, settle } from './pipeline.ts'

const POLL_MS = 10
const ROWS = 2_000
/** Without a fact for this long, somebody waits for somebody who is not played here. */
const STUCK_MS = 60_000

interface Told {
  seq: string
  case_id: string
  type: string
  department: string | null
  assignee: string | null
}

const person = (
  id: string,
  post: 'department-officer' | 'grid-member' | 'duty-manager',
  department?: string,
): Actor => ({ kind: 'user', id, posts: [post], department, areas: [] })

/** What a person does next after a fact; undefined where rules go on, or nobody must. */
function answerTo({ type, department, assignee }: Told, id: string): [Command, Actor] | undefined {
  const unit = person(id, 'department-officer', department ?? undefined)
  if (type === 'dispatched') return [{ action: 'acknowledge', payload: {} }, unit]
  if (type === 'acknowledged') return [{ action: 'reply', payload: { result: '已清理' } }, unit]
  if (type === 'check-requested' && assignee !== null)
    return [{ action: 'pass', payload: {} }, person(assignee, 'grid-member')]
  if (type === 'passed')
    return [{ action: 'close', payload: { outcome: 'fixed' } }, person(id, 'duty-manager')]
  return undefined
}

/**
 * One look at the feed after `seq`: what somebody must answer is answered, by `someone` in whatever post it takes.
 * @param committed is called when the commit of an answer has returned, with the number of its last event
 * @throws when an answer is refused
 */
export async function answerNews(
  store: Store,
  { commander }: Runtime,
  { seq, someone }: { seq: string; someone: string },
  committed: (caseId: string, no: number) => void = () => {},
): Promise<Told[]> {
  const told: Told[] = await store.sql`
    select f.seq, f.case_id, f.type, c.department, t.assignee
    from feed f join "case" c on c.id = f.case_id
      left join field_task t on t.case_id = f.case_id and t.kind = 'check' and f.type = 'check-requested'
    where f.seq > ${seq} order by f.seq limit ${ROWS}`
  const answer = async (t: Told) => {
    const next = answerTo(t, someone)
    if (!next) return
    const done = await commander.act(t.case_id, next[0], { actor: next[1] })
    if (!done.ok) throw new Error(`${t.type}: ${done.refusal.detail}`)
    committed(t.case_id, done.state.no)
  }
  await Promise.all(told.map(answer))
  return told
}

/** Somebody to act as, and where the feed stands. @throws when no city is loaded */
export async function peopleAt(store: Store): Promise<{ seq: string; someone: string }> {
  const [someone] = await store.sql<{ id: string }[]>`select id from account limit 1`
  const [head] = await store.sql<{ seq: string }[]>`select seq from feed_head`
  if (!someone || !head) throw new Error('no city is loaded')
  return { seq: head.seq, someone: someone.id }
}

/** @returns cases closed a second, and how many events a life has. */
export async function lifecycles(
  store: Store,
  config: QueueConfig,
  log: Log,
  { cases, concurrency, place }: { cases: number; concurrency: number; place: Place },
): Promise<{ perSecond: number; eventsEach: number }> {
  const runtime = await openRuntime(store, log)
  const people = await peopleAt(store)
  const worker = await startWorker({ store, config, log, runtime, concurrency })
  let closed = 0
  let events = 0
  let heardAt = performance.now()
  const from = performance.now()
  const reporting = reportMany(runtime, { cases, place, source: 'grid' })
  try {
    while (closed < cases) {
      const told = await answerNews(store, runtime, people)
      people.seq = told.at(-1)?.seq ?? people.seq
      events += told.length
      closed += told.filter((t) => t.type === 'closed').length
      if (told.length > 0) heardAt = performance.now()
      else await settle(POLL_MS)
      if (performance.now() - heardAt > STUCK_MS) throw new Error(`${cases - closed} cases do not go on`)
    }
    const seconds = (performance.now() - from) / 1000
    await reporting
    return { perSecond: cases / seconds, eventsEach: events / cases }
  } finally {
    await worker.close()
    await runtime.close()
  }
}
