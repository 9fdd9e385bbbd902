// What sending to the outside stands on, from the settings of this installation.
import type { Config } from '#store/config.ts'
import { type Allowed, parseAllowed, USUAL_ALLOWED } from '#store/outside-address.ts'
import { channelSeal, type Seal } from '#store/sealed.ts'

export interface Outside {
  /** For links; absent = none are sent. */
  publicUrl?: string | undefined
  /** Opens what channels keep secret; absent without SESSION_SECRET: nothing can be sent then. */
  seal?: Seal | undefined
  allowed: Allowed
  /** For one request, all in all. */
  timeoutMs: number
}

const TIMEOUT_MS = 8_000

export type OutsideConfig = Partial<Pick<Config, 'publicUrl' | 'sessionSecret' | 'deliveryAllow'>>

export function outsideOf({ publicUrl, sessionSecret, deliveryAllow }: OutsideConfig): Outside {
  const parsed = parseAllowed(deliveryAllow)
  return {
    publicUrl,
    seal: channelSeal(sessionSecret),
    allowed: parsed.ok ? parsed.allowed : USUAL_ALLOWED,
    timeoutMs: TIMEOUT_MS,
  }
}
