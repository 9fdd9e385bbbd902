// Simulated centre, departments and supervisors: look at every open case, and do what is due with it. What they decide and
// how long it takes is fixed by the case (scripts/life), so nothing is remembered here and a restart changes nothing.
import type { Post, Source, Status } from '#domain/case.ts'
import { OPEN_STATUSES } from '#domain/case.ts'
import { type LifeCase, type LifeStep, nextSteps, showsMatter } from '../life/course.ts'
import { dice } from '../life/chance.ts'
import { MINUTE_MS, minuteOfDay } from '../life/hours.ts'
import { photo } from '../life/photo.ts'
import { placeSeed } from './reporting.ts'
import type { City } from './city.ts'
import type { ApiCase, ApiEvent, Client } from './client.ts'
import { isTaken, type Staff } from './staff.ts'

export interface Acting {
  /** Everything that is due at `now` (the log's clock, epoch ms). @returns steps taken. */
  round(now: number): Promise<number>
}

export interface ActingOptions {
  staff: Staff
  city: City
  repeats(caseId: string): string | undefined
  /** When these people came to work, by the log's clock; epoch ms. */
  begunAt: number
  isStopped(): boolean
  onFault(what: string, error: unknown): void
}

const PAGE = 200
/** People work side by side. */
const SIDE_BY_SIDE = 4
/** Steps that are asked for once: whether it was is in the log. */
const ONCE = new Set(['request-return', 'request-extension', 'request-suspension', 'oversee', 'reopen'])

const instant = (iso: string | undefined) => (iso === undefined ? undefined : Date.parse(iso))

export function openActing({ staff, city, repeats, begunAt, isStopped, onFault }: ActingOptions): Acting {
  async function list(reader: Client, query: string, pages = Number.POSITIVE_INFINITY): Promise<ApiCase[]> {
    const found: ApiCase[] = []
    let cursor = ''
    for (let page = 0; page < pages; page++) {
      const answer = await reader.get<{ items: ApiCase[]; nextCursor?: string }>(
        `/cases?limit=${PAGE}&${query}${cursor}`,
      )
      found.push(...answer.items)
      if (answer.nextCursor === undefined) break
      cursor = `&cursor=${encodeURIComponent(answer.nextCursor)}`
    }
    return found
  }

  function lifeOf(c: ApiCase, events?: readonly ApiEvent[]): LifeCase {
    if (c.area) city.placed(c.id, c.area.code)
    const count = (type: string) => events?.filter((e) => e.type === type).length ?? 0
    const task = c.tasks.find((t) => t.status === 'assigned' || t.status === 'accepted')
    const since = instant(c.waitsFor?.since) ?? Date.parse(c.reportedAt)
    const last = instant(events?.at(-1)?.at) ?? since
    return {
      key: c.id,
      source: c.source as Source,
      category: c.category?.code,
      risk: city.riskOf(c.category?.code),
      description: c.description,
      status: c.status as Status,
      round: c.round,
      department: c.department,
      since,
      lastAt: last,
      reportedAt: Date.parse(c.reportedAt),
      dispatchedAt: instant(c.dispatchedAt),
      dueAt: instant(c.dueAt),
      closedAt: instant(c.closedAt),
      continuous: c.limit?.includes('紧急') === true || c.limit?.includes('自然') === true,
      waitsFor: c.waitsFor && { ...c.waitsFor, who: c.waitsFor.who as Post, since },
      request: c.request && { kind: c.request.kind, at: Date.parse(c.request.at) },
      task: task && { id: task.id, createdAt: since },
      confirmed: c.tasks.findLast((t) => t.kind === 'confirm' && t.result !== undefined)?.result,
      assigned: c.unit !== undefined || c.handler !== undefined,
      seen: {
        returnAsked: count('return-requested'),
        extensionAsked: count('extension-requested'),
        suspensionAsked: count('suspension-requested'),
        overseen: count('overseen'),
        reopened: count('reopened'),
      },
      satisfaction: c.satisfaction,
      owesAnswer: c.oversights?.some((o) => o.answeredAt === undefined) === true,
      repeats: repeats(c.id),
    }
  }

  /** What lay there before they came is not all done in the first minute; what is late already stays so for hours. */
  function backlog(c: ApiCase, step: LifeStep): number {
    if (step.at >= begunAt) return step.at
    const most = c.light === 'red' ? 600 : c.urgent ? 6 : 30
    return begunAt + (1 + most * dice(c.id, step.action, 'backlog')) * MINUTE_MS
  }

  /** The step that is due, if one is. What is done only once is looked up in the case's own log first. */
  async function dueStep(reader: Client, c: ApiCase, now: number): Promise<LifeStep | undefined> {
    const [first] = nextSteps(lifeOf(c), city.ways)
    if (!first || backlog(c, first) > now) return undefined
    if (!ONCE.has(first.action)) return first
    const { items } = await reader.get<{ items: ApiEvent[] }>(`/cases/${c.id}/events`)
    const [step] = nextSteps(lifeOf(c, items), city.ways)
    return step && backlog(c, step) <= now ? step : undefined
  }

  async function whoDoes(step: LifeStep, c: ApiCase): Promise<Client | undefined> {
    if (step.who === 'department')
      return c.department === undefined ? undefined : staff.officer(c.department, c.id)
    if (step.who !== 'assignee') return staff.post(step.who, c.id)
    const task = c.tasks.find((t) => t.status === 'assigned' || t.status === 'accepted')
    return task && staff.byId(task.assignee)
  }

  /** The lead supervisor hands what came to him to whoever is out there. */
  async function distribute(c: ApiCase, now: number): Promise<boolean> {
    const task = c.tasks.find((t) => t.status === 'assigned')
    if (!task || !staff.isLead(task.assignee)) return false
    const since = instant(c.waitsFor?.since) ?? now
    if (now - since < (1 + 3 * dice(c.id, 'distribute')) * MINUTE_MS) return false
    const minute = minuteOfDay(now, city.town.timeZone)
    const to = staff.supervisorFor(c.area ? [c.area.code] : [], minute, `${c.id}${task.id}`)
    const lead = to === undefined ? undefined : await staff.byId(task.assignee)
    if (!lead) return false
    await lead.post(`/tasks/${task.id}/actions`, {
      action: 'hand-over',
      to,
      reason: '按责任网格派给当班监督员',
    })
    return true
  }

  async function act(reader: Client, c: ApiCase, now: number): Promise<boolean> {
    try {
      if (await distribute(c, now)) return true
      const step = await dueStep(reader, c, now)
      if (!step) return false
      const client = await whoDoes(step, c)
      if (!client) return false
      const photos: string[] = []
      if (step.photo !== undefined && c.category) {
        const when = step.photo
        const jpeg = await photo({
          category: c.category.code,
          seed: placeSeed(c.location),
          when,
          isFine: !showsMatter(step),
          at: now,
          timeZone: city.town.timeZone,
          ...(when === 'evidence' ? {} : { position: c.location }),
        })
        photos.push(await client.upload(jpeg, `${when}.jpg`))
      }
      await client.post(`/cases/${c.id}/actions`, {
        action: step.action,
        version: c.version,
        ...step.payload,
        ...(photos.length > 0 ? { photos } : {}),
      })
      return true
    } catch (error) {
      if (isTaken(error)) return false
      onFault(`case ${c.receiptNo}`, error)
      return false
    }
  }

  return {
    async round(now) {
      const reader = await staff.post('duty-manager', 'reader')
      if (!reader) throw new Error('there is no duty manager to look at the open cases')
      const open = await list(reader, `status=${OPEN_STATUSES.join(',')}`)
      const closed = await list(reader, 'status=closed', 1)
      const all = [...open, ...closed]
      let taken = 0
      let next = 0
      const hand = async () => {
        for (let c = all[next++]; c && !isStopped(); c = all[next++])
          if (await act(reader, c, now)) taken += 1
      }
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, hand))
      return taken
    },
  }
}
