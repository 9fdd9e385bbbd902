// People at the apis who do not give up: a request that breaks is asked again, at either api, with the same
// Idempotency-Key, until it has an answer. What the answer says goes into the ledger.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import { enter, isCounted, type Ledger } from './ledger.ts'

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: whatever the public API answers; each caller knows its route.
  body: any
}

export interface Person {
  ask(method: 'GET' | 'POST', path: string, body?: unknown, key?: string): Promise<Answer>
  upload(jpeg: Uint8Array): Promise<string | undefined>
}

/** Answers of a system that cannot do it now: the request is asked again. */
const NOT_NOW = new Set([429, 500, 502, 503, 504, 507])
const PATIENCE_MS = 10_000

interface Options {
  urls: readonly string[]
  ledger: Ledger
  random: () => number
  /** True when nobody shall begin anything new. */
  isOver: () => boolean
}

export async function person(username: string, { urls, ledger, random }: Options): Promise<Person> {
  const anyUrl = () => urls[Math.floor(random() * urls.length)] ?? ''

  /** Until there is an answer; a 500 is kept as a surprise only if it does not go away. */
  async function persist(send: (url: string) => Promise<Response>): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      const answer = await send(anyUrl()).then(
        async (response) => ({ status: response.status, body: await response.json().catch(() => undefined) }),
        () => undefined,
      )
      if (answer && !NOT_NOW.has(answer.status)) return answer
      if (tries > 200) throw new Error(`no answer after ${tries} tries; the last: ${JSON.stringify(answer)}`)
      ledger.retries += 1
      await delay(Math.min(1_000, 50 * tries))
    }
  }
  const signal = () => AbortSignal.timeout(PATIENCE_MS)

  let cookie = ''
  await persist(async (url) => {
    const response = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: 'demo' }),
      signal: signal(),
    })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return response
  })

  return {
    ask: (method, path, body, key) =>
      persist((url) =>
        fetch(`${url}/api/v1${path}`, {
          method,
          headers: {
            cookie,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(key === undefined ? {} : { 'idempotency-key': key }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: signal(),
        }),
      ),
    /** Photos are tried a few times only: where the disk is full, people go on without. */
    async upload(jpeg) {
      const key = randomUUID()
      for (let tries = 0; tries < 5; tries++) {
        const form = new FormData()
        form.set('file', new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), 'photo.jpg')
        const response = await fetch(`${anyUrl()}/api/v1/uploads`, {
          method: 'POST',
          headers: { cookie, 'idempotency-key': key },
          body: form,
          signal: signal(),
        }).catch(() => undefined)
        if (response?.status === 201) {
          const { id } = (await response.json().catch(() => ({}))) as { id?: string }
          if (id === undefined) continue
          ledger.photos.add(id)
          return id
        }
        if (response && !NOT_NOW.has(response.status))
          ledger.surprises.push(`upload: ${response.status} ${await response.text()}`)
        await delay(100)
      }
      return undefined
    },
  }
}

/** A picture unlike any other, so that no two photos are taken for one. */
export async function picture(random: () => number): Promise<Uint8Array> {
  const [width, height] = [64, 48]
  const raw = Buffer.from(Array.from({ length: width * height * 3 }, () => Math.floor(random() * 256)))
  return sharp(raw, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 60 })
    .toBuffer()
}

/** In the order in which a desk tries them; the rest stays undone. */
const STEPS: readonly [action: string, payload: Record<string, unknown>][] = [
  ['accept', {}],
  ['file', {}],
  ['dispatch', { department: 'sanitation' }],
  ['acknowledge', {}],
  ['reply', { result: '已处理完毕', outcome: 'fixed' }],
  ['request-check', {}],
  ['close', { outcome: 'fixed' }],
]

export interface Desk {
  /** Takes the next step on up to `most` of its cases. @returns steps taken */
  work(most: number): Promise<number>
}

/** @param query of the cases that lie on this desk */
export function desk(who: Person, query: string, { ledger, random, isOver }: Options): Desk {
  return {
    async work(most) {
      const list = await who.ask('GET', `/cases?limit=200&${query}`)
      if (list.status !== 200) {
        ledger.surprises.push(`list ${query}: ${list.status} ${JSON.stringify(list.body)}`)
        return 0
      }
      const items: { id: string; version: number }[] = list.body.items
      const from = Math.floor(random() * Math.max(1, items.length - most))
      let taken = 0
      for (const item of items.slice(from, from + most)) {
        if (isOver()) break
        if (await step(who, item, ledger, random)) taken += 1
      }
      return taken
    },
  }
}

async function step(
  who: Person,
  { id, version }: { id: string; version: number },
  ledger: Ledger,
  random: () => number,
): Promise<boolean> {
  const offered = await who.ask('GET', `/cases/${id}/actions`)
  if (offered.status !== 200) return false
  const may = new Map<string, unknown>(
    offered.body.items.map((o: { action: string; schema: unknown }) => [o.action, o.schema]),
  )
  const next = STEPS.find(([action]) => may.has(action))
  if (!next) return false
  const [action, payload] = next
  const photo = action === 'reply' ? await who.upload(await picture(random)) : undefined
  const body = { action, version, ...payload, ...(photo === undefined ? {} : { photos: [photo] }) }
  const answer = await who.ask('POST', `/cases/${id}/actions`, body, randomUUID())
  if (answer.status === 200 && isCounted(action)) enter(ledger, id, action)
  // Somebody else was first: a colleague at the same desk, or a rule.
  if (answer.status !== 200 && answer.status !== 409)
    ledger.surprises.push(`${action}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.status === 200
}

/** A supervisor passes what he is to check. A rule may hand a late task to somebody else at any moment. */
export function supervisor(who: Person, { ledger, random, isOver }: Options): Desk {
  const tasks = () => who.ask('GET', '/tasks?limit=100')
  const isStillHis = async (id: string) =>
    (await tasks()).body.items.some((task: { id: string }) => task.id === id)
  return {
    async work(most) {
      const list = await tasks()
      if (list.status !== 200) return 0
      let taken = 0
      for (const task of list.body.items.slice(0, most)) {
        if (isOver()) break
        const photo = await who.upload(await picture(random))
        const answer = await who.ask(
          'POST',
          `/tasks/${task.id}/actions`,
          {
            action: 'report',
            result: task.kind === 'check' ? 'pass' : true,
            note: '现场已恢复',
            ...(photo === undefined ? {} : { photos: [photo] }),
          },
          randomUUID(),
        )
        if (answer.status === 200) {
          taken += 1
          if (task.kind === 'check') enter(ledger, task.caseId, 'pass')
        } else if (answer.status !== 409 && (await isStillHis(task.id)))
          ledger.surprises.push(`task: ${answer.status} ${JSON.stringify(answer.body)}`)
      }
      return taken
    },
  }
}

const MATTERS = [
  ['道路有少量垃圾', 'E0110'],
  ['楼道口堆放杂物', 'E0112'],
  ['河面有漂浮垃圾', 'E0125'],
] as const

/** One report, with a photo now and then; its answer goes into the ledger. */
export async function report(
  who: Person,
  places: readonly { lng: number; lat: number }[],
  { ledger, random }: Options,
): Promise<void> {
  const key = randomUUID()
  const place = places[Math.floor(random() * places.length)] ?? { lng: 0, lat: 0 }
  const [description, categoryCode] = MATTERS[Math.floor(random() * MATTERS.length)] ?? MATTERS[0]
  const photo = random() < 0.4 ? await who.upload(await picture(random)) : undefined
  const off = () => (random() - 0.5) * 0.004
  const answer = await who.ask(
    'POST',
    '/cases',
    {
      description: `${description} ${key}`,
      categoryCode,
      source: 'grid',
      location: { lng: place.lng + off(), lat: place.lat + off(), accuracyM: 5 },
      ...(photo === undefined ? {} : { photos: [photo] }),
    },
    key,
  )
  if (answer.status === 201) ledger.reports.set(key, answer.body.id)
  else ledger.surprises.push(`report: ${answer.status} ${JSON.stringify(answer.body)}`)
}
