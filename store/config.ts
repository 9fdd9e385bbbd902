// The environment as a typed configuration, parsed once with every fault listed. It reads nothing but what it is given;
// whether a port is free or a server answers is found out later by whoever uses it.
import { resolve } from 'node:path'
import { FASTEST_RATE, SLOWEST_RATE } from '#domain/demo-clock.ts'
import { type MapSource, parseMapSource } from '#domain/map-source.ts'
import { parseAllowed } from './outside-address.ts'

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export const VARIABLES = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'TLS',
  'TLS_CERT',
  'TLS_KEY',
  'HTTP_PORT',
  'TRUST_PROXY',
  'DRAIN_SECONDS',
  'DATABASE_URL',
  'MIGRATE_DATABASE_URL',
  'QUEUE_DATABASE_URL',
  'REDIS_URL',
  'DATA_DIR',
  'DEMO',
  'DEMO_TRAFFIC',
  'DEMO_HISTORY',
  'DEMO_CLOCK',
  'MAPBOX_TOKEN',
  'MAP_STYLE_URL',
  'SESSION_SECRET',
  'DELIVERY_ALLOW',
  'LOG_LEVEL',
] as const
export type Variable = (typeof VARIABLES)[number]
export type Environment = Readonly<Record<string, string | undefined>>

/** `own`: from an authority of this installation; `files`: absolute paths of PEM files. */
export type TlsConfig = { kind: 'own' } | { kind: 'files'; cert: string; key: string }

export interface Config {
  /** 0 = any free port. */
  port: number
  host: string
  /** Origin that people's browsers use, without a slash at the end. */
  publicUrl: string
  /** Absent = plain HTTP, behind a proxy or for one machine. */
  tls?: TlsConfig | undefined
  /** With `tls`: plain HTTP that helps phones and leads everybody else to TLS; 0 = any free port, absent = none. */
  httpPort?: number | undefined
  /** Proxies whose word on the client's address is taken: names, addresses and networks; absent = `loopback`. */
  trustProxy?: string | false | undefined
  /** Between the signal to stop and the end, answers go on and say that others should be asked; 0 = none. */
  drainSeconds?: number | undefined
  /** Application role. Absent = the embedded server in `dataDir`. */
  databaseUrl?: string | undefined
  /** Owner role, for migrations; the same as `databaseUrl` when not set apart. */
  migrateDatabaseUrl?: string | undefined
  /** The job queue's database; `<name>_queue` on the same server when not set apart. Unused with Redis. */
  queueDatabaseUrl?: string | undefined
  /** Present = BullMQ on Redis instead of PostgreSQL. */
  redisUrl?: string | undefined
  /** Absolute. */
  dataDir: string
  /** Demo city, demo accounts, demo mark on every page. */
  demo: boolean
  demoTraffic: boolean
  /** At its first start the demo is given the past of a closed quarter. Read by `npm start` alone. */
  demoHistory: boolean
  /** Pace of the demo's clock from this start on; absent = as it was left. Read by `npm start` alone. */
  demoClock?: number | undefined
  mapboxToken?: string | undefined
  /** Another map than the city pack's own. */
  mapSource?: MapSource | undefined
  /** Absent only in the demo, where start keeps a random one in `dataDir`. */
  sessionSecret?: string | undefined
  /** Addresses of this machine or its wire that deliveries to the outside may go to; see store/outside-address.ts. */
  deliveryAllow?: string | undefined
  logLevel: LogLevel
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; faults: string[] }

const SECRET_LENGTH = 32

/**
 * Reads the variables of CONTRACT.md from `env`; `defaults` (same names) stand in for what is absent or empty there.
 * A fault names its variable first; values that may hold a secret are never repeated in it.
 */
export function parseConfig(
  env: Environment,
  defaults: Partial<Record<Variable, string>> = {},
): ConfigResult {
  const faults: string[] = []
  const text = (name: Variable): string | undefined => env[name]?.trim() || defaults[name] || undefined
  const fault = (name: Variable, what: string) => {
    faults.push(`${name}: ${what}`)
  }

  const flag = (name: Variable, otherwise: boolean): boolean => {
    const value = text(name)
    if (value === undefined) return otherwise
    if (value === '1' || value === 'true') return true
    if (value !== '0' && value !== 'false') fault(name, `"${value}" is neither 1 nor 0`)
    return false
  }

  const wholeNumber = (name: Variable, least: number, most: number): number | undefined => {
    const value = text(name)
    const n = value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined
    if (n !== undefined && n >= least && n <= most) return n
    if (value !== undefined) fault(name, `"${value}" is no whole number from ${least} to ${most}`)
    return undefined
  }

  const address = (name: Variable, schemes: string[]): string | undefined => {
    const value = text(name)
    if (value === undefined) return undefined
    if (URL.canParse(value) && schemes.includes(new URL(value).protocol)) return value
    fault(name, `must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`)
    return undefined
  }

  const database = (name: Variable): string | undefined => {
    const value = address(name, ['postgres:', 'postgresql:'])
    if (value !== undefined && databaseName(value) === '') fault(name, 'names no database (…/name)')
    return value
  }

  function readTls(): TlsConfig | undefined {
    const wanted = text('TLS')
    const cert = text('TLS_CERT')
    const key = text('TLS_KEY')
    if (wanted !== undefined && wanted !== 'own' && wanted !== '0')
      fault(
        'TLS',
        `"${wanted}" is not own (an authority of this installation); a certificate of yours goes into TLS_CERT and TLS_KEY`,
      )
    if (cert === undefined && key === undefined) return wanted === 'own' ? { kind: 'own' } : undefined
    if (wanted === 'own') fault('TLS', 'own and TLS_CERT exclude each other')
    if (cert === undefined)
      fault('TLS_CERT', 'is required beside TLS_KEY: a PEM file, the server’s certificate first')
    if (key === undefined) fault('TLS_KEY', 'is required beside TLS_CERT: a PEM file')
    return cert !== undefined && key !== undefined
      ? { kind: 'files', cert: resolve(cert), key: resolve(key) }
      : undefined
  }

  function readTrustProxy(): string | false | undefined {
    const value = text('TRUST_PROXY')
    if (value === undefined) return undefined
    if (value === 'off') return false
    const wrong = value.split(',').filter((p) => !PROXY.test(p.trim()))
    if (wrong.length > 0)
      fault(
        'TRUST_PROXY',
        `"${wrong.join(',')}" is no address, network (10.0.0.0/8), loopback, linklocal or uniquelocal; several with commas, or off`,
      )
    return value
  }

  const portText = text('PORT') ?? '8080'
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN
  if (!(port <= 65_535)) fault('PORT', `"${portText}" is not a port (0 to 65535)`)

  const tls = readTls()
  const httpPortText = text('HTTP_PORT')
  if (httpPortText !== undefined && !tls)
    fault(
      'HTTP_PORT',
      'is for the page that helps phones trust a certificate: set TLS=own, or TLS_CERT and TLS_KEY',
    )
  const httpPort = httpPortText === 'off' ? undefined : wholeNumber('HTTP_PORT', 0, 65_535)
  if (httpPort !== undefined && httpPort !== 0 && httpPort === port)
    fault('HTTP_PORT', 'is the same as PORT: choose another, or HTTP_PORT=off')

  const trustProxy = readTrustProxy()
  const drainSeconds = wholeNumber('DRAIN_SECONDS', 0, 60)

  const databaseUrl = database('DATABASE_URL')
  const isEmbedded = text('DATABASE_URL') === undefined
  const migrateDatabaseUrl = database('MIGRATE_DATABASE_URL')
  const queueDatabaseUrl = database('QUEUE_DATABASE_URL')
  for (const name of ['MIGRATE_DATABASE_URL', 'QUEUE_DATABASE_URL'] as const) {
    if (isEmbedded && text(name) !== undefined) fault(name, 'needs DATABASE_URL beside it')
  }

  const demo = flag('DEMO', isEmbedded)
  const demoTraffic = flag('DEMO_TRAFFIC', demo)
  if (demoTraffic && !demo) fault('DEMO_TRAFFIC', 'simulated reports need DEMO=1')
  const demoHistory = flag('DEMO_HISTORY', demo)
  if (demoHistory && !demo) fault('DEMO_HISTORY', 'a made-up past needs DEMO=1')

  const demoClock = wholeNumber('DEMO_CLOCK', SLOWEST_RATE, FASTEST_RATE)
  if (demoClock !== undefined && !demo)
    fault('DEMO_CLOCK', 'only a demo’s clock can go faster than the world (--clock needs DEMO=1)')

  const sessionSecret = text('SESSION_SECRET')
  if (sessionSecret === undefined && !demo) {
    fault(
      'SESSION_SECRET',
      `is required outside the demo (at least ${SECRET_LENGTH} characters, e.g. openssl rand -hex 32)`,
    )
  } else if (sessionSecret !== undefined && sessionSecret.length < SECRET_LENGTH) {
    fault('SESSION_SECRET', `is too short (${sessionSecret.length} characters; at least ${SECRET_LENGTH})`)
  }

  const deliveryAllow = text('DELIVERY_ALLOW')
  const allowed = parseAllowed(deliveryAllow)
  if (!allowed.ok)
    fault(
      'DELIVERY_ALLOW',
      `"${allowed.wrong.join(',')}" is no address, network (127.0.0.0/8), loopback or linklocal; several with commas`,
    )

  const mapboxToken = text('MAPBOX_TOKEN')
  if (mapboxToken !== undefined && !mapboxToken.startsWith('pk.')) {
    fault('MAPBOX_TOKEN', 'must be a public token (pk.…): every browser gets to see it')
  }
  const mapText = text('MAP_STYLE_URL')
  const map = mapText === undefined ? undefined : parseMapSource(mapText)
  if (map?.ok === false) fault('MAP_STYLE_URL', map.message)

  const logText = text('LOG_LEVEL') ?? 'info'
  const logLevel = LOG_LEVELS.find((level) => level === logText)
  if (logLevel === undefined) fault('LOG_LEVEL', `"${logText}" is none of ${LOG_LEVELS.join(', ')}`)

  const host = text('HOST') ?? (demo ? '127.0.0.1' : '0.0.0.0')
  const publicUrl =
    address('PUBLIC_URL', ['http:', 'https:'])?.replace(/\/+$/, '') ?? localUrl(host, port, tls && 'https')
  if (tls && publicUrl.startsWith('http:'))
    fault('PUBLIC_URL', 'must begin with https:// where TLS is switched on')
  const redisUrl = address('REDIS_URL', ['redis:', 'rediss:'])

  if (faults.length > 0 || logLevel === undefined) return { ok: false, faults }
  return {
    ok: true,
    config: {
      port,
      host,
      publicUrl,
      tls,
      httpPort: tls && httpPortText === undefined ? usualHttpPort(port) : httpPort,
      trustProxy,
      drainSeconds,
      databaseUrl,
      migrateDatabaseUrl: migrateDatabaseUrl ?? databaseUrl,
      queueDatabaseUrl:
        queueDatabaseUrl ?? (databaseUrl && withDatabase(databaseUrl, `${databaseName(databaseUrl)}_queue`)),
      redisUrl,
      dataDir: resolve(text('DATA_DIR') ?? '.data'),
      demo,
      demoTraffic,
      demoHistory,
      demoClock,
      mapboxToken,
      mapSource: map?.ok ? map.source : undefined,
      sessionSecret,
      deliveryAllow,
      logLevel,
    },
  }
}

/** Beside 443 it is 80, what browsers ask first; else the next one. */
const usualHttpPort = (port: number) => (port === 443 ? 80 : port === 0 || port === 65_535 ? 0 : port + 1)

const PROXY = /^(loopback|linklocal|uniquelocal|[\d.]+(\/\d{1,2})?|[\da-f:.]*:[\da-f:.]*(\/\d{1,3})?)$/i

/** Where a browser on this machine reaches a server bound to `host`. */
export function localUrl(host: string, port: number, scheme: 'http' | 'https' = 'http'): string {
  const isAny = host === '0.0.0.0' || host === '::'
  const name = isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `${scheme}://${name}:${port}`
}

/** The database that a connection address names, decoded; `''` when it names none. */
export function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

/** The same server, role and options, another database. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(name)}`
  return other.href
}
