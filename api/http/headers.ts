// Security headers, made once. For pages the policy allows what they do and nothing else: our own scripts, a map's worker
// and images, other hosts only when a map from there is configured or the city's cameras send from there. The API's
// answers are no pages: they may do nothing.
import { originsOf } from '#domain/map-source.ts'
import type { PackCamera } from '#domain/city/types.ts'
import type { Config } from '#store/config.ts'
import type { App, ApiDeps } from '../deps.ts'

/** How often the city is asked which hosts its cameras send from; pages opened after a new pack may go there. */
const ASK_CAMERAS_MS = 10_000

const MAPBOX = ['https://api.mapbox.com', 'https://events.mapbox.com', 'https://*.tiles.mapbox.com']

/** Hosts that a configured map needs. */
export function mapHosts({ mapboxToken, mapSource }: Pick<Config, 'mapboxToken' | 'mapSource'>): string[] {
  const isMapbox = mapSource?.kind === 'style' && mapSource.url.startsWith('mapbox:')
  return [
    ...(mapboxToken !== undefined || isMapbox ? MAPBOX : []),
    ...(mapSource ? originsOf(mapSource) : []),
  ]
}

/** Hosts that the cameras of a pack send from. Paths are on this server, generated pictures too. */
export function cameraHosts(cameras: readonly PackCamera[] = []): string[] {
  const hosts = cameras.flatMap(({ url, kind }) =>
    kind !== 'generated' && url !== undefined && URL.canParse(url) ? [new URL(url).origin] : [],
  )
  return [...new Set(hosts)].sort()
}

function pagePolicy(config: Config, cameras: readonly string[]): string {
  const others = [...mapHosts(config), ...cameras]
  const socket = new URL(config.publicUrl).origin.replace(/^http/, 'ws')
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'self'"],
    'script-src': ["'self'"],
    // Map libraries and React set style attributes.
    'style-src': ["'self'", "'unsafe-inline'"],
    'font-src': ["'self'", 'data:'],
    'img-src': ["'self'", 'data:', 'blob:', ...others],
    'connect-src': ["'self'", 'data:', 'blob:', socket, ...others],
    'worker-src': ["'self'", 'blob:'],
    'child-src': ["'self'", 'blob:'],
    'media-src': ["'self'", 'blob:', ...cameras],
  }
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}

export function addHeaders(app: App, { config, runtime: { cityFor }, tls }: ApiDeps): void {
  const common: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-dns-prefetch-control': 'off',
    // Browsers ignore these on plain http, some with a warning each time.
    ...(config.publicUrl.startsWith('https:')
      ? {
          'cross-origin-opener-policy': 'same-origin',
          'origin-agent-cluster': '?1',
        }
      : {}),
  }
  // A browser that was told this never comes back without a certificate that it trusts. So it is told only where it does:
  // not with an authority of our own, which a phone may forget.
  const mayPromise = () => config.publicUrl.startsWith('https:') && (tls === undefined || tls.isPublic())
  const api: Record<string, string> = {
    ...common,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
  }
  const pages: Record<string, string> = {
    ...common,
    'content-security-policy': pagePolicy(config, []),
    'x-frame-options': 'SAMEORIGIN',
    // What phones are asked for by our own pages, and by nobody inside them.
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()',
  }
  // Asked for beside the requests: a page is answered while the database is away, with the hosts that were known.
  const askCameras = async () => {
    try {
      const { pack } = await cityFor()
      pages['content-security-policy'] = pagePolicy(config, cameraHosts(pack.cameras))
    } catch (error) {
      app.log.debug({ err: error }, 'which hosts cameras send from could not be asked; the known ones stay')
    }
  }
  let asking: NodeJS.Timeout | undefined
  app.addHook('onReady', async () => {
    await askCameras()
    asking = setInterval(() => void askCameras(), ASK_CAMERAS_MS).unref()
  })
  app.addHook('onClose', async () => clearInterval(asking))
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    if (mayPromise()) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    reply.headers(request.url.startsWith('/api/v1/') ? api : pages)
    done()
  })
}
