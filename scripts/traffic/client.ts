// One simulated person at the public API: logs in, keeps the cookie, speaks JSON. Nothing here knows the inside.

export interface ApiCase {
  id: string
  receiptNo: string
  status: string
  version: number
  source: string
  category?: { code: string; name: string }
  department?: string
  zone?: string
  urgent: boolean
  location: { lng: number; lat: number }
  round: number
  reportedAt: string
  acceptedAt?: string
  filedAt?: string
  dispatchedAt?: string
  acknowledgedAt?: string
  repliedAt?: string
  checkedAt?: string
  dueAt?: string
  waitsFor?: { who: string; action: string; reason: string; since: string }
  request?: { kind: string }
}

export interface ApiTask {
  id: string
  caseId: string
  kind: 'confirm' | 'check'
  status: string
  createdAt: string
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
  readonly username: string
  readonly #base: string
  #cookie = ''

  constructor(baseUrl: string, username: string) {
    this.#base = `${baseUrl}/api/v1`
    this.username = username
  }

  /** The session, as a Cookie header. */
  get cookie(): string {
    return this.#cookie
  }

  async login(password: string): Promise<void> {
    const response = await fetch(`${this.#base}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: this.username, password }),
    })
    if (!response.ok) throw new ApiError(response.status, 'login', `${this.username} could not log in`)
    this.#cookie = response.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')
    await response.arrayBuffer()
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
