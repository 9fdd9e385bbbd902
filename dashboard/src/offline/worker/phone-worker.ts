// The service worker of the phone pages: they open without a network, with the city as it was last read. Built into one file
// by dashboard/build/phone-shell.ts, which also writes into it what belongs to the pages. It never answers for data of
// persons or cases, but for pictures that were looked at before.
import { handlingOf, outdated } from './routes.ts'

interface Shell {
  version: string
  /** The page's entry: an index.html that does not name it is of another build. */
  entry: string
  /** Without these a page does not open. */
  first: string[]
  /** Fetched once those are there: the map. */
  later: string[]
}
declare const PHONE_SHELL: Shell
const SHELL = PHONE_SHELL

interface Later extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetched extends Later {
  request: Request
  respondWith(answer: Promise<Response>): void
}
interface Scope {
  addEventListener(type: 'install' | 'activate', listen: (event: Later) => void): void
  addEventListener(type: 'fetch', listen: (event: Fetched) => void): void
  addEventListener(type: 'message', listen: (event: MessageEvent) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  location: Location
}
const scope = globalThis as unknown as Scope

const PREFIX = 'huiyin-phone-'
const CURRENT = PREFIX + SHELL.version
const CITY = 'huiyin-city'
/** Also in offline/person.ts, which empties it when somebody else logs in. */
const PHOTOS = 'huiyin-photos'
const MOST_PHOTOS = 150
/** A network that takes longer is as good as none. */
const PATIENCE_MS = 4_000
const PAGE = '/index.html'

async function install(): Promise<void> {
  const cache = await caches.open(CURRENT)
  const page = await fetch(PAGE, { cache: 'reload' })
  const text = await page.text()
  if (!page.ok || !text.includes(SHELL.entry))
    throw new Error('the server has another build already; it will be installed instead')
  await cache.put(PAGE, new Response(text, { headers: page.headers }))
  await cache.addAll(SHELL.first)
}

/** What fails here is fetched when it is needed. */
async function installLater(): Promise<void> {
  const cache = await caches.open(CURRENT)
  for (const path of SHELL.later) if (!(await cache.match(path))) await cache.add(path).catch(() => undefined)
}

async function activate(): Promise<void> {
  for (const name of outdated(await caches.keys(), PREFIX, CURRENT)) await caches.delete(name)
  await scope.clients.claim()
}

const shell = async (request: Request) => (await (await caches.open(CURRENT)).match(PAGE)) ?? fetch(request)

async function asset(request: Request): Promise<Response> {
  const known = await caches.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(CURRENT)).put(request, answer.clone())
  return answer
}

async function city(request: Request): Promise<Response> {
  const cache = await caches.open(CITY)
  const known = await cache.match(request)
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok) await cache.put(request, answer.clone())
    return answer
  })
  if (!known) return asked
  const patience = new Promise<Response>((resolve) => setTimeout(() => resolve(known), PATIENCE_MS))
  return Promise.race([asked.then((answer) => (answer.ok ? answer : known)).catch(() => known), patience])
}

async function photo(request: Request): Promise<Response> {
  const cache = await caches.open(PHOTOS)
  const known = await cache.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (!answer.ok) return answer
  await cache.put(request, answer.clone())
  const kept = await cache.keys()
  for (const old of kept.slice(0, Math.max(0, kept.length - MOST_PHOTOS))) await cache.delete(old)
  return answer
}

const HANDLERS = { shell, asset, city, photo } as const

scope.addEventListener('install', (event) => event.waitUntil(install()))
scope.addEventListener('activate', (event) => event.waitUntil(activate()))
scope.addEventListener('message', (event) => {
  if (event.data === 'take-over') void scope.skipWaiting()
  if (event.data === 'fetch-later') void installLater()
})
scope.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== scope.location.origin) return
  const handling = handlingOf({ method: request.method, mode: request.mode, path: url.pathname })
  if (handling !== 'network') event.respondWith(HANDLERS[handling](request))
})
