// Field tasks 现场任务: lists for those who go on site, and their three answers. Reporting a confirm task is the case's
// `confirm`; reporting a check task is its `pass` or `fail`.
import Type, { type Static } from 'typebox'
import { openTask } from '#domain/apply.ts'
import type { CaseState } from '#domain/case.ts'
import type { Action } from '#domain/lifecycle.ts'
import { DEVICE_TIMES, LOCATION } from '#domain/command.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { type FieldTask, TASK_KINDS } from '#domain/task.ts'
import { caseOfTask, listTasks, readTaskCursor, type TaskWithCase } from '#store/tasks.ts'
import { seesAllTasks } from '../auth/access.ts'
import { requireLogin } from '../auth/plugin.ts'
import { people } from '../auth/route-access.ts'
import { notOpen, toCommand } from '../cases/command.ts'
import { refused } from '../cases/refusal.ts'
import { resolve } from '../cases/resolve.ts'
import { assertMaySee, cityOf, viewFor } from '../cases/view.ts'
import type { App, ApiDeps } from '../deps.ts'
import { markReplayed, takeIdempotencyKey } from '../http/idempotency.ts'
import { invalid, Problem, problems } from '../http/problem.ts'
import { CASE } from '../schemas/case.ts'
import {
  Cursor,
  Flag,
  Id,
  IdempotencyHeaders,
  Instant,
  isOn,
  Page,
  PageSize,
  ref,
} from '../schemas/common.ts'

const TASK = Type.Object(
  {
    id: Id(),
    caseId: Id(),
    kind: Type.Enum([...TASK_KINDS]),
    status: Type.Enum(['assigned', 'accepted', 'reported', 'cancelled']),
    round: Type.Integer(),
    assignee: Id(),
    createdAt: Instant(),
    dueAt: Instant(),
    acceptedAt: Type.Optional(Instant()),
    reportedAt: Type.Optional(Instant()),
    result: Type.Optional(Type.Boolean({ description: 'confirm: it is there; check: it is done' })),
    case: ref(CASE),
  },
  { $id: 'Task' },
)
export const TASK_SCHEMA = TASK

const LIST = Type.Object({
  kind: Type.Optional(Type.Enum([...TASK_KINDS])),
  mine: Flag('Mine only; others’ are for the centre'),
  status: Type.Optional(Type.Enum(['open', 'all'], { description: '`open` by default' })),
  cursor: Cursor,
  limit: PageSize(200, 50),
})

const words = Type.Optional(Type.String({ maxLength: 2000 }))
const BODY = Type.Object({
  action: Type.Enum(['accept', 'hand-over', 'report']),
  version: Type.Optional(Type.Integer({ minimum: 1 })),
  to: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, description: 'hand-over: account id or username' }),
  ),
  result: Type.Optional(
    Type.Unsafe<boolean | 'pass' | 'fail'>({
      enum: [true, false, 'pass', 'fail'],
      description: 'report: what was seen on site',
    }),
  ),
  reason: words,
  note: words,
  photos: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { maxItems: 20 })),
  location: Type.Optional(LOCATION),
  ...DEVICE_TIMES,
})
type Body = Static<typeof BODY>

/** @throws 400 for what the action needs and doesn't have. */
function asAction(body: Body, task: FieldTask): { action: Action; payload: Record<string, unknown> } {
  const { action, version: _, to, result, reason, ...site } = body
  if (action === 'accept') return { action: 'accept-task', payload: { taskId: task.id } }
  if (action === 'hand-over')
    return {
      action: 'hand-over-task',
      payload: { taskId: task.id, ...(to === undefined ? {} : { to }), ...(reason ? { reason } : {}) },
    }
  if (result === undefined) throw invalid([{ path: '/result', message: 'is required' }])
  if (task.kind === 'confirm') {
    if (typeof result !== 'boolean')
      throw invalid([{ path: '/result', message: 'of a confirm task is true or false' }])
    const note = site.note ?? reason
    return { action: 'confirm', payload: { ...site, result, ...(note === undefined ? {} : { note }) } }
  }
  if (result === true || result === 'pass')
    return {
      action: 'pass',
      payload: { ...site, ...((site.note ?? reason) ? { note: site.note ?? reason } : {}) },
    }
  if (reason === undefined || reason.trim() === '')
    throw invalid([{ path: '/reason', message: 'is required when it is not done' }])
  return { action: 'fail', payload: { ...site, reason } }
}

/** No case has it. */
const NO_VERSION = 0
/** A case that changes under a report more often than this is reported as busy. */
const MOST_TRIES = 3

export function taskRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps
  const { cityFor, clock, commander } = runtime

  async function view(
    actor: Parameters<typeof viewFor>[0],
    { task, case: found }: TaskWithCase,
    now: number,
  ): Promise<Static<typeof TASK>> {
    const { timeZone } = (await cityFor()).pack
    const time = (at: number) => isoWithOffset(at, timeZone)
    return {
      id: task.id,
      caseId: found.state.id,
      kind: task.kind,
      status: task.status,
      round: task.round,
      assignee: task.assignee,
      createdAt: time(task.createdAt),
      dueAt: time(task.dueAt),
      ...(task.acceptedAt === undefined ? {} : { acceptedAt: time(task.acceptedAt) }),
      ...(task.reportedAt === undefined ? {} : { reportedAt: time(task.reportedAt) }),
      ...(task.result === undefined ? {} : { result: task.result }),
      case: await viewFor(actor, found, { cityFor, now }),
    }
  }

  app.get(
    '/tasks',
    {
      schema: {
        tags: ['tasks'],
        summary: 'Field tasks with their cases, soonest due first',
        querystring: LIST,
        response: { 200: Page(ref(TASK)), ...problems() },
      },
      config: people(),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const { kind, mine, status, cursor, limit } = request.query
      if (cursor !== undefined && !readTaskCursor(cursor))
        throw invalid([{ path: '/cursor', message: 'is damaged: start again without it' }])
      const onlyMine = isOn(mine) || !seesAllTasks(actor)
      const page = await listTasks(
        store,
        { kind, assignee: onlyMine ? actor.id : undefined, openOnly: status !== 'all' },
        { limit: limit ?? 50, cursor },
      )
      const now = clock.now()
      const items = await Promise.all(page.items.map((t) => view(actor, t, now)))
      return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
    },
  )

  app.post(
    '/tasks/:id/actions',
    {
      schema: {
        tags: ['tasks'],
        summary: 'Accept a field task, hand it over, report from the site',
        description:
          '`report` of a confirm 核实 task: `result` true or false. Of a check 核查 task: true or `pass`, false or `fail`; ' +
          'what is not done needs a `reason`.',
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        headers: IdempotencyHeaders,
        body: BODY,
        response: { 200: ref(TASK), ...problems(403, 404, 409, 413, 415, 422) },
      },
      config: people(),
      preValidation: takeIdempotencyKey(deps.scopeOf),
    },
    async (request, reply) => {
      const { actor } = requireLogin(request)
      const { body, idempotency } = request
      const { id } = request.params
      for (let attempt = 1; ; attempt++) {
        const found = await taskOr404(id)
        const { state } = found.case
        const city = await cityOf(state, cityFor)
        assertMaySee(actor, state, city)
        const { action, payload } = asAction(body, found.task)
        const command = await toCommand(action, payload, store)
        const isOpen = openTask(state, found.task.kind)?.id === id
        const result = await commander.act(state.id, command, {
          actor,
          // The answer must meet the task that it names, not one that has taken its place: of a task that is over, only
          // the first answer can be had again.
          expectVersion: isOpen ? (body.version ?? state.version) : NO_VERSION,
          resolved: isOpen ? await resolve(command, { state, city, store }) : undefined,
          idempotency,
        })
        if (result.ok) {
          if (result.replayed) markReplayed(reply)
          return view(actor, { task: taskOf(result.state, id), case: result }, result.state.lastAt)
        }
        if (!isOpen && result.refusal.code !== 'key-reused') throw notOpen(id)
        const isTouched = result.refusal.code === 'stale-version' && body.version === undefined
        if (!isTouched || attempt === MOST_TRIES) throw refused(result.refusal)
      }
    },
  )

  async function taskOr404(id: string): Promise<TaskWithCase> {
    const found = await caseOfTask(store, id)
    if (!found) throw new Problem(404, 'not-found', `there is no task ${id}`)
    return found
  }
}

function taskOf(state: CaseState, id: string): FieldTask {
  const task = state.tasks.find((t) => t.id === id)
  if (!task) throw new Error(`case ${state.receiptNo} has lost task ${id}`)
  return task
}
