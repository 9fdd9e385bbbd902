// Security headers, made once. For pages the policy allows what they do and nothing else: our own scripts, a map's worker
// and images, other hosts only when a map from there is configured. The API's answers are no pages: they may do nothing.
import type { Config } from '#store/config.ts'
import type { App } from '../deps.ts'

const MAPBOX = ['https://api.mapbox.com', 'https://events.mapbox.com', 'https://*.tiles.mapbox.com']

/** Hosts that a configured map needs. */
export function mapHosts({
  mapboxToken,
  mapStyleUrl,
}: Pick<Config, 'mapboxToken' | 'mapStyleUrl'>): string[] {
  const hosts = new Set<string>()
  if (mapboxToken !== undefined || mapStyleUrl?.startsWith('mapbox:')) for (const h of MAPBOX) hosts.add(h)
  if (mapStyleUrl !== undefined && URL.canParse(mapStyleUrl)) {
    const { origin, protocol } = new URL(mapStyleUrl)
    if (protocol !== 'mapbox:') hosts.add(origin)
  }
  return [...hosts]
}

function pagePolicy(config: Config): string {
  const others = mapHosts(config)
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
    'media-src': ["'self'", 'blob:'],
  }
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}

export function addHeaders(app: App, config: Config): void {
  const common = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-dns-prefetch-control': 'off',
    // Browsers ignore these on plain http, some with a warning each time.
    ...(config.publicUrl.startsWith('https:')
      ? {
          'strict-transport-security': 'max-age=31536000; includeSubDomains',
          'cross-origin-opener-policy': 'same-origin',
          'origin-agent-cluster': '?1',
        }
      : {}),
  }
  const api = {
    ...common,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
  }
  const pages = {
    ...common,
    'content-security-policy': pagePolicy(config),
    'x-frame-options': 'SAMEORIGIN',
    // What phones are asked for by our own pages, and by nobody inside them.
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()',
  }
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    reply.headers(request.url.startsWith('/api/v1/') ? api : pages)
    done()
  })
}
