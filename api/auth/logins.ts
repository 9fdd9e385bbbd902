// Who holds a token, remembered for a few seconds: the same desk asks many times a minute. A session that is ended
// elsewhere, or an account disabled, lives on here for that long at most.
import { type Account, extendSession, keyAccount, sessionAccount } from '#store/accounts.ts'
import type { Actor } from '#domain/case.ts'
import type { ScreenRecord } from '#domain/wall-screen.ts'
import { sha256 } from '#store/hash.ts'
import type { Store } from '#store/open.ts'
import { screenOfSession } from '#store/screens.ts'
import { mayRestMs } from '#domain/security-policy.ts'
import { isScreen } from './access.ts'
import { openPolicies, type Policies } from './policy.ts'
import { isScreenSession } from './tokens.ts'

export const KEEP_MS = 5_000
const MOST_KEPT = 10_000
/** A session's rest is counted to this, at most. */
const MOST_SLACK_MS = 600_000

export interface Login {
  account: Account
  actor: Extract<Actor, { kind: 'user' }>
  /** `key`: a machine with an api key; `session`: a person; `screen`: a screen's own page. */
  via: 'session' | 'key' | 'screen'
  /** Of `screen`. */
  screen?: ScreenRecord | undefined
  tokenHash: Uint8Array
  /** When the session ends, in this process's monotonic milliseconds; undefined for keys. */
  endsAt?: number | undefined
}

export interface Logins {
  /** @param isUse false: somebody's page is still there, which keeps no session from ending. */
  ofSession(token: string, isUse?: boolean): Promise<Login | undefined>
  ofKey(token: string): Promise<Login | undefined>
  /** The session was ended or changed here. */
  forget(sessionToken: string): void
  /** An account or a key was put out of use here, or got another password. */
  forgetAll(): void
  /** A screen was put out of use somewhere, or got another token. */
  forgetScreens(): void
  policies: Policies
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

/** A screen is no account, but may look at what the post `display` may, as far as the routes let screens (auth/route-access.ts). */
const screenLogin = (screen: ScreenRecord, tokenHash: Uint8Array, endsAt: number): Login => {
  const account: Account = {
    id: screen.id,
    username: `screen:${screen.id}`,
    name: screen.name,
    posts: ['display'],
    areas: [],
    mustChange: false,
  }
  return { ...toLogin(account, 'screen', tokenHash, endsAt), screen }
}

/** @param tick monotonic milliseconds. */
export function openLogins(store: Store, tick: () => number): Logins {
  const policies = openPolicies(store, tick)
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
    policies,
    ofSession: (token, isUse = true) =>
      keep(`session ${token}`, async () => {
        const hash = sha256(token)
        if (isScreenSession(token)) {
          const found = await screenOfSession(store, hash)
          return found === undefined || found === 'ended'
            ? undefined
            : screenLogin(found.record, hash, tick() + found.lastsMs)
        }
        const found = await sessionAccount(store, hash)
        if (!found) return undefined
        const login = toLogin(found.account, 'session', hash, tick() + found.lastsMs)
        if (!isUse && !isScreen(login.actor)) return login
        const restMs = mayRestMs(await policies.now(), found.account.posts)
        // Not at every request; and at once where the policy allows less than it did.
        const slack = Math.min(restMs / 20, MOST_SLACK_MS)
        if (restMs - found.lastsMs < slack && found.lastsMs <= restMs) return login
        return { ...login, endsAt: tick() + (await extendSession(store, hash, restMs)) }
      }),
    ofKey: (token) =>
      keep(`key ${token}`, async () => {
        const hash = sha256(token)
        const account = await keyAccount(store, hash)
        return account && toLogin(account, 'key', hash)
      }),
    forget: (token) => void kept.delete(`session ${token}`),
    forgetAll: () => kept.clear(),
    forgetScreens() {
      for (const name of [...kept.keys()])
        if (name.startsWith('session ') && isScreenSession(name.slice('session '.length))) kept.delete(name)
    },
  }
}
