// The names and addresses by which this machine may be called: what its certificate must hold.
import { hostname, networkInterfaces } from 'node:os'
import { isIP } from 'node:net'

/** As in a certificate: without brackets. Undefined when the address is none. */
export const hostOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined

const isName = (name: string) =>
  isIP(name) !== 0 ||
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(name)

/** Addresses on networks, IPv4 before IPv6; none of this machine alone, and none that ends with a link. */
export function ownAddresses(interfaces = networkInterfaces()): string[] {
  const all = Object.values(interfaces).flatMap((list) => list ?? [])
  const found = all.filter((a) => !a.internal && !a.address.startsWith('fe80:')).map((a) => a.address)
  return [...found.filter((a) => isIP(a) === 4), ...found.filter((a) => isIP(a) === 6)]
}

/** @param publicUrl comes first. @returns each once, in lower case. */
export function certificateNames(publicUrl: string, host: string): string[] {
  const name = hostname().toLowerCase()
  const wanted = [
    hostOf(publicUrl),
    host === '0.0.0.0' || host === '::' ? undefined : host,
    name,
    name.includes('.') ? undefined : `${name}.local`,
    'localhost',
    '127.0.0.1',
    '::1',
    ...ownAddresses(),
  ]
  return [...new Set(wanted.flatMap((n) => (n !== undefined && isName(n) ? [n.toLowerCase()] : [])))]
}
