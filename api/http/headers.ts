// Security headers. The policy allows what the pages do and nothing else: our own scripts, a map's worker and images;
// other hosts only when a map from elsewhere is configured.
import helmet from '@fastify/helmet'
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

export async function addHeaders(app: App, config: Config): Promise<void> {
  const isHttps = config.publicUrl.startsWith('https:')
  const others = mapHosts(config)
  const socket = new URL(config.publicUrl).origin.replace(/^http/, 'ws')
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        scriptSrc: ["'self'"],
        // Map libraries and React set style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'", 'data:'],
        imgSrc: ["'self'", 'data:', 'blob:', ...others],
        connectSrc: ["'self'", 'blob:', 'data:', socket, ...others],
        workerSrc: ["'self'", 'blob:'],
        childSrc: ["'self'", 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
      },
    },
    // Browsers refuse these on plain http with a warning each.
    strictTransportSecurity: isHttps,
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    xXssProtection: false,
  })
}
