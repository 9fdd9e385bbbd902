// Sends one item of the queue: its photos first, each under a key of its own, then the item. Whatever is lost on the way is
// asked again under the same keys, and the server answers as it did before.
import { parseProblem, UNREACHABLE, type Problem } from '../api/problem.ts'
import { deviceId } from './device.ts'
import { RECEIPTS_KEY } from './person.ts'
import { afterProblem, afterTaken, type Waiting, withUploads } from './queue-rules.ts'
import { keep, keptOf, photoOf, putPhoto, update } from './store.ts'

/** Long enough for a photo over a bad line; then the line is taken to be dead. */
const GIVE_UP_MS = 90_000
const BASE = '/api/v1'

/** A report of somebody without a login, and the proof that it is theirs. */
export interface Receipt {
  receiptNo: string
  token?: string | undefined
  title: string
  at: number
}
const MOST_RECEIPTS = 50

export const receipts = async () => (await keptOf<Receipt[]>(RECEIPTS_KEY)) ?? []

type Sent = { ok: true; value: Record<string, unknown> } | { ok: false; problem: Problem }

/** Who took it without a login sends it without one, also when somebody has logged in since. */
async function post(path: string, body: BodyInit, key: string, asAnybody: boolean): Promise<Sent> {
  const headers: Record<string, string> = { accept: 'application/json', 'idempotency-key': key }
  if (typeof body === 'string') headers['content-type'] = 'application/json'
  if (asAnybody) headers['x-device'] = await deviceId()
  try {
    const response = await fetch(`${BASE}${path}`, {
      method: 'POST',
      headers,
      body,
      credentials: asAnybody ? 'omit' : 'same-origin',
      signal: AbortSignal.timeout(GIVE_UP_MS),
    })
    const text = await response.text()
    const content = asJson(text)
    // A network's own page in front of ours, as hotels have it, says 200 and is no answer.
    if (response.ok && content === undefined) return { ok: false, problem: UNREACHABLE }
    return response.ok
      ? { ok: true, value: content as Record<string, unknown> }
      : { ok: false, problem: parseProblem(response.status, content) }
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException)
      return { ok: false, problem: UNREACHABLE }
    throw error
  }
}

function asJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** The server's ids of the item's photos, or the first problem. */
async function uploadAll(item: Waiting): Promise<Map<string, string> | Problem> {
  const uploads = new Map<string, string>()
  for (const id of item.photos) {
    const upload = await uploadPhoto(id, item.account === undefined)
    if (typeof upload !== 'string') return upload
    uploads.set(id, upload)
  }
  return uploads
}

/** The server's id of one of this device's photos, sent now unless it was before; or the problem. */
export async function uploadPhoto(id: string, asAnybody = false): Promise<string | Problem> {
  const photo = await photoOf(id)
  if (!photo) return { ...UNREACHABLE, status: 410, code: 'photo-lost' }
  if (photo.upload !== undefined) return photo.upload
  const form = new FormData()
  form.append('file', photo.blob, `${id}.jpg`)
  const sent = await post('/uploads', form, id, asAnybody)
  if (!sent.ok) return sent.problem
  const upload = String(sent.value.id)
  await putPhoto({ ...photo, upload })
  return upload
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** One attempt; the item is written down as it stands after it. */
export async function attempt(item: Waiting): Promise<Waiting> {
  const after = await tried(item)
  await update(after)
  return after
}

async function tried(item: Waiting): Promise<Waiting> {
  const uploads = await uploadAll(item)
  if (!(uploads instanceof Map)) return afterProblem(item, uploads, Date.now())
  const body = withUploads(item.body, uploads) as Record<string, unknown>
  const timed = item.kind === 'report' || item.kind === 'result'
  const whole = timed ? { ...body, sentAt: new Date().toISOString() } : body
  const sent = await post(item.path, JSON.stringify(whole), item.id, item.account === undefined)
  if (!sent.ok) return afterProblem(item, sent.problem, Date.now())
  const receiptNo = textOf(sent.value.receiptNo)
  if (item.kind === 'report' && item.account === undefined && receiptNo !== undefined)
    await keepReceipt({
      receiptNo,
      token: textOf(sent.value.receiptToken),
      title: item.title,
      at: item.takenAt,
    })
  const caseId = textOf(sent.value.caseId) ?? textOf(sent.value.id)
  return afterTaken(item, { receiptNo, caseId }, Date.now())
}

async function keepReceipt(receipt: Receipt): Promise<void> {
  const others = (await receipts()).filter((r) => r.receiptNo !== receipt.receiptNo)
  await keep(RECEIPTS_KEY, [receipt, ...others].slice(0, MOST_RECEIPTS))
}
