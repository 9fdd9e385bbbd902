// Where deliveries may go. The intranet is what they are for; this machine, its neighbours on the wire and the metadata
// services of clouds are not, unless DELIVERY_ALLOW says so: whoever may enter an address must not reach those by it.
import { BlockList, isIP, isIPv6 } from 'node:net'

/** [network, bits, of the kind]. */
const FORBIDDEN: readonly [net: string, bits: number, kind: string][] = [
  ['0.0.0.0', 8, 'unspecified'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'linklocal'],
  ['100.100.100.200', 32, 'metadata'],
  ['192.0.0.192', 32, 'metadata'],
  ['168.63.129.16', 32, 'metadata'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved'],
  ['::', 128, 'unspecified'],
  ['::1', 128, 'loopback'],
  ['fe80::', 10, 'linklocal'],
  ['fd00:ec2::254', 128, 'metadata'],
  ['ff00::', 8, 'multicast'],
  // The same by 6to4.
  ['2002:7f00::', 24, 'loopback'],
  ['2002:a9fe::', 32, 'linklocal'],
]
const KINDS = ['loopback', 'linklocal'] as const

/** What DELIVERY_ALLOW lets through beside the usual. */
export interface Allowed {
  /** Why an address may not be reached; undefined when it may. @param address IPv4 or IPv6. */
  refusal(address: string): string | undefined
}

const family = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4')

/** `::ffff:127.0.0.1` and `::ffff:7f00:1` are 127.0.0.1; so is `64:ff9b::7f00:1` behind a NAT64. */
function unmapped(address: string): string {
  const url = `http://[${address}]`
  if (!isIPv6(address) || !URL.canParse(url)) return address
  const plain = new URL(url).hostname.slice(1, -1)
  const [, high, low] = /^(?:::ffff:|64:ff9b::|::)([\da-f]{1,4}):([\da-f]{1,4})$/.exec(plain) ?? []
  if (high === undefined || low === undefined) return address
  const n = [high, low].map((h) => Number.parseInt(h, 16))
  return n.flatMap((word) => [word >> 8, word & 255]).join('.')
}

const isBits = (text: string, most: number) => /^\d{1,3}$/.test(text) && Number(text) <= most

/**
 * @param text of DELIVERY_ALLOW: addresses, networks (`127.0.0.1`, `169.254.7.0/24`), `loopback`, `linklocal`, with commas
 * @returns the parts that are none of these, when there are any
 */
export function parseAllowed(
  text: string | undefined,
): { ok: true; allowed: Allowed } | { ok: false; wrong: string[] } {
  const open = new BlockList()
  const kinds = new Set<string>()
  const wrong: string[] = []
  for (const part of (text ?? '').split(',').map((p) => p.trim())) {
    if (part === '') continue
    const [address = '', bits] = part.split('/')
    if (KINDS.some((k) => k === part)) kinds.add(part)
    else if (isIP(address) !== 0 && bits === undefined) open.addAddress(address, family(address))
    else if (isIP(address) !== 0 && bits !== undefined && isBits(bits, isIPv6(address) ? 128 : 32))
      open.addSubnet(address, Number(bits), family(address))
    else wrong.push(part)
  }
  if (wrong.length > 0) return { ok: false, wrong }
  const closed = FORBIDDEN.map(([net, bits, kind]) => {
    const list = new BlockList()
    list.addSubnet(net, bits, family(net))
    return { kind, list }
  })
  return {
    ok: true,
    allowed: {
      refusal(given) {
        const address = unmapped(given.replace(/%.*$/, ''))
        if (isIP(address) === 0) return 'no-address'
        if (open.check(address, family(address))) return undefined
        const found = closed.find(({ list }) => list.check(address, family(address)))
        return found === undefined || kinds.has(found.kind) ? undefined : found.kind
      },
    },
  }
}

/** Nothing beside the usual. */
export const USUAL_ALLOWED: Allowed = (() => {
  const parsed = parseAllowed(undefined)
  if (!parsed.ok) throw new Error('nothing was to be parsed')
  return parsed.allowed
})()

/** The host of a URL where it is an address; undefined for a name, which is looked up when it is used. */
export function addressIn(host: string): string | undefined {
  const bare = host.replace(/^\[|\]$/g, '')
  return isIP(bare) === 0 ? undefined : bare
}
