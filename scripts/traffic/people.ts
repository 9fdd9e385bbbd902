// Simulated centre, departments and supervisors: each looks at what waits, and acts when its patience is over. How long
// that takes is fixed by the case, so nothing is remembered here and a restart changes nothing.
import { ApiError, type ApiCase, type ApiTask, type Client } from './client.ts'
import { dice, patience, pick } from './dice.ts'
import { photo, sceneOf } from './photo.ts'
import { FAIL_REASONS, REJECT_REASONS, replyText, RETURN_REASONS } from './texts.ts'

const MINUTE = 60_000

/** How a person decides: the action and its payload, or undefined to leave it for now. */
type Choice = { action: string; payload?: Record<string, unknown> } | undefined

const since = (c: ApiCase) => Date.parse(c.waitsFor?.since ?? c.reportedAt)
const isTime = (c: ApiCase, step: string, medianMin: number, now: number) =>
  now - since(c) > patience(medianMin * MINUTE, c.id, c.round, step)

async function act(client: Client, c: ApiCase, choice: Choice): Promise<boolean> {
  if (!choice) return false
  try {
    await client.post(`/cases/${c.id}/actions`, {
      action: choice.action,
      version: c.version,
      ...choice.payload,
    })
    return true
  } catch (error) {
    // Somebody real was faster, which is what a demo is for.
    if (error instanceof ApiError && error.status === 409) return false
    throw error
  }
}

const list = async (client: Client, query: string) =>
  (await client.get<{ items: ApiCase[] }>(`/cases?limit=100&${query}`)).items

/** Reasons for which an operator rejects without going to look. */
const DOUBTS = ['outside-city', 'not-managed-here', 'no-text']

/** Accepts what the public reports. */
export async function operator(client: Client, now: number): Promise<void> {
  for (const c of await list(client, 'status=reported')) {
    if (c.waitsFor?.action !== 'accept' || !isTime(c, 'accept', 3, now)) continue
    if (DOUBTS.includes(c.waitsFor.reason) || dice(c.id, 'reject') < 0.05)
      await act(client, c, { action: 'reject', payload: { reason: pick(REJECT_REASONS, c.id, 'why') } })
    else await act(client, c, { action: 'accept' })
  }
}

/** Files, grants, sends back and closes. */
export async function dutyManager(client: Client, now: number): Promise<void> {
  for (const c of await list(client, 'status=accepted,handling,replied,checked'))
    await act(client, c, duty(c, now))
}

function duty(c: ApiCase, now: number): Choice {
  if (c.waitsFor?.who !== 'duty-manager') return undefined
  switch (c.waitsFor.action) {
    case 'file':
      return isTime(c, 'file', c.urgent ? 1 : 4, now) ? { action: 'file' } : undefined
    case 'rework':
      return isTime(c, 'rework', 5, now)
        ? { action: 'rework', payload: { reason: FAIL_REASONS[0] } }
        : undefined
    case 'close':
      return isTime(c, 'close', 6, now) ? { action: 'close', payload: { outcome: 'fixed' } } : undefined
    case 'grant-extension':
      return isTime(c, 'extension', 5, now) ? { action: 'grant-extension' } : undefined
    default:
      return undefined
  }
}

/** Decides first returns, and dispatches what no rule could. */
export async function dispatcher(client: Client, now: number): Promise<void> {
  for (const c of await list(client, 'status=filed,dispatched,handling')) {
    if (c.waitsFor?.action === 'dispatch' && isTime(c, 'dispatch', 5, now))
      await act(client, c, { action: 'dispatch', payload: { department: 'municipal' } })
    else await act(client, c, aboutReturn(c, 'dispatcher', now))
  }
}

/** Decides second returns of the same case. */
export async function head(client: Client, now: number): Promise<void> {
  for (const c of await list(client, 'status=dispatched,handling'))
    await act(client, c, aboutReturn(c, 'head', now))
}

function aboutReturn(c: ApiCase, who: 'dispatcher' | 'head', now: number): Choice {
  const waits = c.waitsFor
  if (waits?.action !== 'grant-return' || waits.who !== who || !isTime(c, `return-${who}`, 6, now))
    return undefined
  return dice(c.id, 'grant', who) < 0.6
    ? { action: 'grant-return' }
    : { action: 'refuse-return', payload: { reason: '经核对权属资料，该处属你单位管养范围' } }
}

/** A unit's officer: signs, sometimes hands back, handles, replies with a photo. */
export async function department(client: Client, now: number): Promise<void> {
  for (const c of await list(client, 'status=dispatched,handling')) {
    if (c.request) continue
    if (c.status === 'dispatched') {
      if (!isTime(c, 'acknowledge', c.urgent ? 2 : 8, now)) continue
      const hand = dice(c.id, c.round, 'return') < 0.026
      await act(
        client,
        c,
        hand
          ? { action: 'request-return', payload: { reason: pick(RETURN_REASONS, c.id, 'return-why') } }
          : { action: 'acknowledge' },
      )
    } else if (isTime(c, 'reply', c.urgent ? 15 : 40, now)) {
      const photos = [await client.upload(await photo(sceneOf(c.location), 'after'), 'after.jpg')]
      await act(client, c, {
        action: 'reply',
        payload: { result: replyText(c.category?.code ?? '', c.id), outcome: 'fixed', photos },
      })
    }
  }
}

/** Goes and looks. */
export async function supervisor(client: Client, now: number): Promise<void> {
  const { items } = await client.get<{ items: ApiTask[] }>('/tasks?mine=1')
  for (const task of items) {
    if (now - Date.parse(task.createdAt) < patience(9 * MINUTE, task.id)) continue
    const { location } = await client.get<ApiCase>(`/cases/${task.caseId}`)
    const isFine = task.kind === 'confirm' || dice(task.id, 'pass') >= 0.05
    const photos = [
      await client.upload(await photo(sceneOf(location), isFine ? 'after' : 'before'), 'check.jpg'),
    ]
    try {
      await client.post(`/tasks/${task.id}/actions`, {
        action: 'report',
        result: isFine,
        photos,
        ...(isFine ? {} : { reason: pick(FAIL_REASONS, task.id, 'fail') }),
      })
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error
    }
  }
}
