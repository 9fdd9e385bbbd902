// Who holds a token, remembered for a few seconds: the same desk asks many times a minute. A session that is ended
// elsewhere, or an account disabled, lives on here for that long at most.
import { type Account, keyAccount, sessionAccount } from '#store/accounts.ts'
import type { Actor } from '#domain/case.ts'
import { sha256 } from '#store/hash.ts'
import type { Store } from '#store/open.ts'

export const KEEP_MS = 5_000
const MOST_KEPT = 10_000

export interface Login {
  account: Account
  actor: Extract<Actor, { kind: 'user' }>
  /** `key`: a machine with an api key; `session`: a person. */
  via: 'session' | 'key'
  tokenHash: Uint8Array
  /** When the session ends, in this process's monotonic milliseconds; undefined for keys. */
  endsAt?: number | undefined
}

export interface Logins {
  ofSession(token: string): Promise<Login | undefined>
  ofKey(token: string): Promise<Login | undefined>
  /** The session was ended or changed here. */
  forget(sessionToken: string): void
}

const toLogin = (account: Account, via: Login['via'], tokenHash: Uint8Array, endsAt?: number): Login => ({
  account,
  actor: {
    kind: 'user',
    id: account.id,
    posts: account.posts,
    department: account.department,
    areas: account.areas,
  },
  via,
  tokenHash,
  endsAt,
})

/** @param tick monotonic milliseconds. */
export function openLogins(store: Store, tick: () => number): Logins {
  /** By token. */
  const kept = new Map<string, { login: Promise<Login | undefined>; until: number }>()

  function keep(name: string, ask: () => Promise<Login | undefined>) {
    const known = kept.get(name)
    if (known && known.until > tick()) return known.login
    kept.delete(name)
    const login = ask()
    kept.set(name, { login, until: tick() + KEEP_MS })
    login.catch(() => kept.delete(name))
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? '')
    return login
  }

  return {
    ofSession: (token) =>
      keep(`session ${token}`, async () => {
        const hash = sha256(token)
        const found = await sessionAccount(store, hash)
        return found && toLogin(found.account, 'session', hash, tick() + found.lastsMs)
      }),
    ofKey: (token) =>
      keep(`key ${token}`, async () => {
        const hash = sha256(token)
        const account = await keyAccount(store, hash)
        return account && toLogin(account, 'key', hash)
      }),
    forget: (token) => void kept.delete(`session ${token}`),
  }
}
