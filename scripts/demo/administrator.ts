// Somebody who is logged in at a running system and speaks with its public API. What cannot be done is a sentence for the
// person at the terminal, never an exception.

export interface Administrator {
  /** The answer's body, or why there is none. */
  send<T>(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<T | string>
  /** Ends the session. */
  leave(): Promise<void>
}

const PATIENCE_MS = 15_000
/** Answers that mean something else to whoever sits at the terminal. */
const ADVICE: Readonly<Record<string, string>> = {
  'not-a-demo': 'This system is no demo: its clock is the world’s, and nothing in it is simulated.',
  'wrong-login': 'The password of `admin` is another one here: give it with --password.',
  forbidden: '`admin` is not an administrator here.',
}

/** @returns why not, in a sentence, when nobody answers or the login is refused. */
export async function signedIn(
  url: string,
  username: string,
  password: string,
): Promise<Administrator | string> {
  let cookie = ''

  async function ask(method: string, path: string, body?: unknown): Promise<Response | string> {
    try {
      return await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(cookie === '' ? {} : { cookie }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
    } catch {
      return `Nothing answers at ${url}. Is the demo running (npm start)? Another address: --url http://…`
    }
  }

  async function answered<T>(asked: Response | string): Promise<T | string> {
    if (typeof asked === 'string') return asked
    const text = await asked.text()
    const body = parsed(text)
    if (asked.ok) return body as T
    const { code, detail } = (body ?? {}) as { code?: string; detail?: string }
    if (code === undefined)
      return `${url} answers ${asked.status}, and not as Huiyin does. Is it the right address?`
    return ADVICE[code] ?? `${detail ?? code}.`
  }

  const login = await ask('POST', '/auth/login', { username, password })
  const who = await answered<object>(login)
  if (typeof who === 'string' || typeof login === 'string') return String(who)
  cookie = login.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  return {
    send: async <T>(method: string, path: string, body?: unknown) =>
      answered<T>(await ask(method, path, body)),
    async leave() {
      await ask('POST', '/auth/logout')
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
