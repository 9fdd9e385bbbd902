// The fuzz itself: request after request as everybody, each answer held against the API's description, and after each
// refusal the tables against what they were.
import fc from 'fast-check'
import { schemaChecker } from '#api/testing/schemas.ts'
import { Known } from './known.ts'
import { type Files, type FuzzRequest, type Operation, operationsOf, requestFor } from './requests.ts'
import type { FuzzCaller, FuzzSystem } from './system.ts'
import type { Watch } from './untouched.ts'
import { type Around, isObject, type Json, valuesOf } from './values.ts'

export interface Finding {
  what: string
  caller: string
  /** Number of the request within the run. */
  step: number
  request: FuzzRequest
  status: number
  answer: string
}

export interface Asked {
  requests: number
  accepted: number
  /** Callers whose post it is not. */
  refused: Set<string>
  /** Why a good request was not accepted, the last time. */
  why?: string
}

export interface Outcome {
  requests: number
  /** Answers by the first digit of their status. */
  byClass: Record<string, number>
  /** `METHOD /path` → how many; all of the document, also those never accepted. */
  asked: Map<string, Asked>
  refusals: number
  findings: Finding[]
}

export interface RunOptions {
  runs: number
  seed: number
  files: Files
  /** Ends it sooner, in epoch milliseconds. */
  until?: number | undefined
  /** Called now and then. */
  progress?: (done: number, findings: number) => void
}

/** Ends the login it is asked with, or another's: given back before the next request. */
const HURTS = /\/auth\/|\/accounts|\/api-keys|\/screens|\/admin\/security/
const CASE_ID = /\/cases\/([0-9a-f-]{36})\//

const detailOf = (body: string) => /"detail":"([^"]{0,160})/.exec(body)?.[1] ?? ''
const key = ({ method, path }: { method: string; path: string }) => `${method} ${path}`

async function send(system: FuzzSystem, caller: FuzzCaller, request: FuzzRequest) {
  const response = await fetch(`${system.url}${request.url}`, {
    method: request.method,
    // What the request says of who asks goes before.
    headers: { ...caller.headers, ...request.headers },
    redirect: 'manual',
    ...(request.body === undefined ? {} : { body: request.body }),
  })
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  }
}

export async function runFuzz(system: FuzzSystem, watch: Watch, options: RunOptions): Promise<Outcome> {
  const { runs, seed, files, until = Number.POSITIVE_INFINITY } = options
  const operations = operationsOf(system.document)
  const check = schemaChecker(system.document)
  const { components = {} } = system.document as { components?: { schemas?: Json } }
  const known = new Known()
  const places = system.pack.zones.map((z) => z.centre)
  const outcome: Outcome = {
    requests: 0,
    byClass: {},
    asked: new Map(operations.map((o) => [key(o), { requests: 0, accepted: 0, refused: new Set<string>() }])),
    refusals: 0,
    findings: [],
  }
  const byName = new Map(system.callers.map((c) => [c.name, c]))
  // A third of the requests make cases and move them: everything else is empty without.
  const lively = operations.filter((o) =>
    /POST .*\/(cases|cases\/\{id\}\/actions|tasks\/\{id\}\/actions|uploads)$/.test(key(o)),
  )

  const found = (
    what: string,
    caller: FuzzCaller,
    request: FuzzRequest,
    answer: { statusCode: number; body: string },
  ) =>
    outcome.findings.push({
      what,
      caller: caller.name,
      step: outcome.requests,
      request,
      status: answer.statusCode,
      answer: answer.body.slice(0, 2_000),
    })

  async function ask(caller: FuzzCaller, request: FuzzRequest, path: string): Promise<void> {
    outcome.requests += 1
    const counted = outcome.asked.get(`${request.method} ${path}`)
    if (counted) counted.requests += 1
    const answer = await send(system, caller, request)
    const { statusCode: status } = answer
    const digit = String(Math.floor(status / 100))
    outcome.byClass[digit] = (outcome.byClass[digit] ?? 0) + 1
    if (status >= 500) found('a server error', caller, request, answer)
    try {
      check(request.method, request.url, answer)
    } catch (error) {
      found(
        `not as described: ${error instanceof Error ? error.message : error}`.slice(0, 600),
        caller,
        request,
        answer,
      )
    }
    const type = String(answer.headers['content-type'] ?? '')
    if (status >= 400 && !type.startsWith('application/problem+json'))
      found(`an error as ${type || 'nothing'}`, caller, request, answer)
    if (status < 400) {
      if (counted) counted.accepted += 1
      if (type.startsWith('application/json')) {
        const body = JSON.parse(answer.body) as unknown
        known.learn(path, body)
        await follow(request, body, path)
      }
      if (request.method !== 'GET') await watch.note()
      // Some reads write, on purpose: who looked at what is kept.
      else if ((await watch.changed()).length > 0) await watch.note()
    } else {
      outcome.refusals += 1
      if (counted && /"code":"(forbidden|unauthorized)"/.test(answer.body)) counted.refused.add(caller.name)
      else if (counted && request.flaw === 'good') counted.why = `${status} ${detailOf(answer.body)}`
      const changed = await watch.changed()
      if (changed.length > 0) {
        found(`refused, and changed ${changed.join(', ')}`, caller, request, answer)
        await watch.note()
      }
    }
    if (HURTS.test(path) && request.method !== 'GET') {
      await system.heal()
      await watch.note()
    }
  }

  /** What rules would do next. */
  async function follow(request: FuzzRequest, body: unknown, path: string): Promise<void> {
    if (request.method === 'GET' || !/\/(cases|tasks|track)/.test(path)) return
    const made =
      isObject(body) && typeof body.id === 'string' && path.endsWith('/cases') ? body.id : undefined
    const named = made ?? CASE_ID.exec(request.url)?.[1]
    await system.settle(named === undefined ? [] : [named])
    if (made !== undefined) await learnLegal(made)
  }

  /** So that tasks are known to those who hold none. */
  async function learnLegal(id: string): Promise<void> {
    const duty = byName.get('duty-manager')
    if (!duty) return
    const seen = await send(system, duty, {
      method: 'GET',
      url: `/api/v1/cases/${id}`,
      headers: {},
      flaw: 'good',
    })
    if (seen.statusCode === 200) known.learn('/api/v1/cases', JSON.parse(seen.body))
  }

  // What there is: every list, once, as those who see all.
  for (const operation of operations.filter((o) => o.method === 'GET' && !o.path.includes('{')))
    for (const name of ['admin', 'duty-manager']) {
      const caller = byName.get(name)
      if (caller)
        await ask(caller, { method: 'GET', url: operation.path, headers: {}, flaw: 'good' }, operation.path)
    }

  /** Anybody; mostly those whom their post has not kept from it so far. */
  function callerFor(operation: Operation): fc.Arbitrary<FuzzCaller> {
    const refused = outcome.asked.get(key(operation))?.refused
    const may = system.callers.filter((c) => refused?.has(c.name) !== true)
    const anybody = fc.constantFrom(...system.callers)
    return may.length === 0
      ? anybody
      : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...may) }, { weight: 1, arbitrary: anybody })
  }

  /** A step that somebody may take now, with a payload that its schema allows. */
  async function offered(seed: number, around: Around) {
    const ids = known.fitting('id', '/api/v1/cases/{id}')
    if (ids.length === 0) return undefined
    const [choice] = fc.sample(
      fc.record({ id: fc.constantFrom(...ids), caller: fc.constantFrom(...system.callers), n: fc.nat() }),
      { numRuns: 1, seed },
    )
    if (!choice) return undefined
    const { id, caller, n } = choice
    const url = `/api/v1/cases/${encodeURIComponent(id)}/actions`
    const answer = await send(system, caller, { method: 'GET', url, headers: {}, flaw: 'good' })
    if (answer.statusCode !== 200) return undefined
    const { items } = JSON.parse(answer.body) as { items: { action: string; schema: unknown }[] }
    const item = items[n % Math.max(1, items.length)]
    if (!item) return undefined
    const [payload] = fc.sample(valuesOf(item.schema, { ...around, path: url }, ''), { numRuns: 1, seed })
    const request: FuzzRequest = {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: item.action, ...(payload as Json) }),
      flaw: 'good',
    }
    return { caller, request }
  }

  let turn = 0
  while (outcome.requests < runs && Date.now() < until) {
    const around: Around = { known, path: '', components: components.schemas ?? {}, places, now: Date.now() }
    const arbitrary = fc
      .nat({ max: 2 })
      .chain((n) => fc.constantFrom(...(n === 0 ? lively : operations)))
      .chain((operation) =>
        fc.record({
          operation: fc.constant(operation),
          caller: callerFor(operation),
          request: requestFor(operation, { ...around, path: operation.path }, files),
        }),
      )
    const offer = turn % 3 === 0 ? await offered(seed + turn, around) : undefined
    if (offer) {
      await ask(offer.caller, offer.request, '/api/v1/cases/{id}/actions')
      turn += 1
      continue
    }
    for (const { caller, operation, request } of fc.sample(arbitrary, { numRuns: 1, seed: seed + turn }))
      await ask(caller, request, operation.path)
    turn += 1
    if (turn % 500 === 0) {
      await system.heal()
      await watch.note()
      options.progress?.(outcome.requests, outcome.findings.length)
    }
  }
  return outcome
}
