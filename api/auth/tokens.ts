// Tokens: what a cookie or an Authorization header carries. Random, and kept by us as a SHA-256 only.
import { randomBytes } from 'node:crypto'

export const SESSION_COOKIE = 'huiyin_session'

export const newSessionToken = () => randomBytes(32).toString('base64url')

/** Keys say what they are, so that one found in a file can be traced and revoked. */
export const newApiKey = () => `hy_${randomBytes(32).toString('base64url')}`

/** What a screen's page is opened with, once: `/wall?screen=…`. */
export const newScreenToken = () => `hys_${randomBytes(32).toString('base64url')}`

/** A screen hangs for years: its session lasts as long as browsers keep a cookie, and begins anew when it is used. */
export const SCREEN_SESSION_MS = 400 * 86_400_000

const SCREEN_SESSION = 'screen.'

/** Says what it is, so that one look finds whose it is. */
export const newScreenSessionToken = () => `${SCREEN_SESSION}${newSessionToken()}`
export const isScreenSession = (token: string) => token.startsWith(SCREEN_SESSION)

/** `Authorization: Bearer …`; undefined for another scheme. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
}

/** The session token in a Cookie header. */
export const sessionTokenIn = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : IN_COOKIES.exec(header)?.[1]

const IN_COOKIES = new RegExp(`(?:^|; *)${SESSION_COOKIE}=([^;]+)`)
