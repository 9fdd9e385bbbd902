// What the phone's service worker does with a request. Pure. It looks after the phone pages only: it is registered for their
// addresses, and what is not named here goes to the network as if it were not there.

/** Pages that open without a network; the unit's desk only on the phones of those who do the work. */
export const PHONE_PAGES = ['/report', '/check', '/track', '/department'] as const

export type Handling =
  /** The one page, from the phone. */
  | 'shell'
  /** Never changes under its name: from the phone, else fetched and kept. */
  | 'asset'
  /** The city: from the network; what was last read when there is none. */
  | 'city'
  /** A picture under its id: from the phone, else fetched and kept among the newest. */
  | 'photo'
  | 'network'

const CITY = new Set(['city', 'areas', 'categories', 'departments', 'zones', 'map'])
const isBelow = (path: string, page: string) => path === page || path.startsWith(`${page}/`)

export function handlingOf(request: { method: string; mode: string; path: string }): Handling {
  const { method, mode, path } = request
  if (method !== 'GET') return 'network'
  if (mode === 'navigate') return PHONE_PAGES.some((page) => isBelow(path, page)) ? 'shell' : 'network'
  if (path.startsWith('/assets/') || path.startsWith('/app/')) return 'asset'
  const [, name = ''] = /^\/api\/v1\/([a-z]+)$/.exec(path) ?? []
  if (CITY.has(name)) return 'city'
  return /^\/api\/v1\/uploads\/[\w-]+$/.test(path) ? 'photo' : 'network'
}

/** Caches of earlier builds that may go: a page still open may be of the last one. In the order of their making. */
export const outdated = (names: readonly string[], prefix: string, current: string): string[] =>
  names.filter((n) => n.startsWith(prefix) && n !== current).slice(0, -1)
