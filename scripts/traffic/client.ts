// One simulated person at the public API: logs in, keeps the cookie, speaks JSON. Nothing here knows the inside.

export interface ApiCase {
  id: string
  receiptNo: string
  status: string
  no: number
  version: number
  source: string
  category?: { code: string; name: string }
  description?: string
  area?: { code: string }
  department?: string
  unit?: string
  handler?: string
  urgent: boolean
  light: string
  location: { lng: number; lat: number }
  round: number
  reportedAt: string
  dispatchedAt?: string
  acknowledgedAt?: string
  repliedAt?: string
  checkedAt?: string
  closedAt?: string
  limit?: string
  dueAt?: string
  waitsFor?: { who: string; action: string; reason: string; since: string }
  request?: { kind: 'return' | 'extension' | 'suspension'; at: string }
  tasks: { id: string; kind: 'confirm' | 'check'; status: string; assignee: string; result?: boolean }[]
  satisfaction?: string
  oversights?: { at: string; answeredAt?: string }[]
}

export interface ApiEvent {
  no: number
  type: string
  at: string
}

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, detail: string) {
    super(`${status} ${code}: ${detail}`)
    this.status = status
    this.code = code
  }
}

export class Client {
  readonly #base: string
  #cookie = ''

  constructor(baseUrl: string) {
    this.#base = `${baseUrl}/api/v1`
  }

  /** The session, as a Cookie header. */
  get cookie(): string {
    return this.#cookie
  }

  async login(username: string, password: string): Promise<void> {
    const response = await fetch(`${this.#base}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
    const text = await response.text()
    if (!response.ok) throw new ApiError(response.status, 'login', `${username} could not log in: ${text}`)
    this.#cookie = response.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')
  }

  get<T>(path: string): Promise<T> {
    return this.#send<T>('GET', path)
  }

  post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.#send<T>('POST', path, JSON.stringify(body), {
      'content-type': 'application/json',
      ...headers,
    })
  }

  /** @returns the upload's id. */
  async upload(jpeg: Uint8Array, name: string): Promise<string> {
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), name)
    const { id } = await this.#send<{ id: string }>('POST', '/uploads', form)
    return id
  }

  async #send<T>(
    method: string,
    path: string,
    body?: string | FormData,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const response = await fetch(this.#base + path, {
      method,
      headers: { ...headers, ...(this.#cookie === '' ? {} : { cookie: this.#cookie }) },
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    const json = text === '' ? undefined : JSON.parse(text)
    if (!response.ok) throw new ApiError(response.status, json?.code ?? 'error', json?.detail ?? text)
    return json as T
  }
}
