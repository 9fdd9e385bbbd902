// Requests to our own API. A refusal is a value with its problem; nothing is thrown for what a user can cause.
import { parseProblem, UNREACHABLE, type Problem } from './problem.ts'

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  idempotencyKey?: string
  signal?: AbortSignal
  /** Goes on when the page goes away. */
  keepalive?: boolean
}

const BASE = '/api/v1'

/** A screen's own token goes with every request of the page; set once, from the page's address. */
let bearer: string | undefined
export const setBearer = (token: string | undefined) => {
  bearer = token
}

/** Value of the Authorization header, for what is not asked for by `request`; undefined where a cookie says who asks. */
export const authorization = () => (bearer === undefined ? undefined : `Bearer ${bearer}`)

/** A proxy's error page is not JSON: its status then speaks alone. */
async function parseBody(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export async function request<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const { body, idempotencyKey, signal, keepalive } = options
  const isForm = body instanceof FormData
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined && !isForm) headers['content-type'] = 'application/json'
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
  const asWhom = authorization()
  if (asWhom !== undefined) headers.authorization = asWhom
  try {
    const response = await fetch(`${BASE}${path}`, {
      method: options.method ?? (body === undefined ? 'GET' : 'POST'),
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
      ...(keepalive ? { keepalive } : {}),
    })
    const content = await parseBody(response)
    return response.ok
      ? { ok: true, value: content as T }
      : { ok: false, problem: parseProblem(response.status, content) }
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError')) {
      return { ok: false, problem: UNREACHABLE }
    }
    throw error
  }
}
