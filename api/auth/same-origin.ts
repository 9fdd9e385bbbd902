// Cross-site requests. A browser sends our cookie with what another site makes it send (the cookie is SameSite=Lax so
// that links from a chat keep the login); writes and sockets are therefore accepted from our own pages only.
import type { IncomingHttpHeaders } from 'node:http'

/** Programs send no Origin and no Sec-Fetch-Site, and no cookies of others either: they pass. */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const { origin, host } = headers
  if (origin !== undefined) {
    if (!URL.canParse(origin)) return false
    return new URL(origin).host === host || origin === new URL(publicUrl).origin
  }
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}
