// The security policy as this process knows it: asked again every few seconds, and at once where it was changed here.
import type { SecurityPolicy } from '#domain/security-policy.ts'
import type { Store } from '#store/open.ts'
import { readPolicy } from '#store/security.ts'

const KEEP_MS = 5_000

export interface Policies {
  now(): Promise<SecurityPolicy>
  forget(): void
}

/** @param tick monotonic milliseconds. */
export function openPolicies(store: Store, tick: () => number): Policies {
  let known: { policy: Promise<SecurityPolicy>; until: number } | undefined
  return {
    now() {
      if (known && known.until > tick()) return known.policy
      const policy = readPolicy(store)
      known = { policy, until: tick() + KEEP_MS }
      policy.catch(() => {
        known = undefined
      })
      return policy
    },
    forget() {
      known = undefined
    },
  }
}
