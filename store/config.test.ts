import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { databaseName, localUrl, parseConfig, withDatabase } from './config.ts'
import type { Config, Environment } from './config.ts'

const SECRET = 'x'.repeat(32)

function accepted(env: Environment, defaults = {}): Config {
  const result = parseConfig(env, defaults)
  if (!result.ok) throw new Error(result.faults.join('\n'))
  return result.config
}

function faults(env: Environment): string[] {
  const result = parseConfig(env)
  return result.ok ? [] : result.faults
}

describe('with nothing set', () => {
  test('it is the demo on the embedded server, reachable from this machine only', () => {
    expect(accepted({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:8080',
      dataDir: resolve('.data'),
      demo: true,
      demoTraffic: true,
      demoHistory: true,
      logLevel: 'info',
    })
  })

  test('an empty variable counts as absent', () => {
    expect(accepted({ PORT: '', DATABASE_URL: ' ', DEMO: '' })).toEqual(accepted({}))
  })

  test('the environment comes before the defaults of a command', () => {
    expect(accepted({}, { LOG_LEVEL: 'warn', PORT: '9000' })).toMatchObject({ logLevel: 'warn', port: 9000 })
    expect(accepted({ LOG_LEVEL: 'debug' }, { LOG_LEVEL: 'warn' }).logLevel).toBe('debug')
  })
})

describe('the demo', () => {
  test('is off as soon as a database is given', () => {
    const config = accepted({ DATABASE_URL: 'postgres://app@db/huiyin', SESSION_SECRET: SECRET })
    expect(config).toMatchObject({ demo: false, demoTraffic: false, host: '0.0.0.0' })
  })

  test('can be asked for on a given database, and then needs no secret', () => {
    expect(accepted({ DATABASE_URL: 'postgres://app@db/huiyin', DEMO: '1' })).toMatchObject({
      demo: true,
      demoTraffic: true,
    })
  })

  test('can be quiet', () => {
    expect(accepted({ DEMO_TRAFFIC: '0' })).toMatchObject({ demo: true, demoTraffic: false })
  })

  test('can be without a past, and is the only place for a made-up one', () => {
    expect(accepted({}).demoHistory).toBe(true)
    expect(accepted({ DEMO_HISTORY: '0' })).toMatchObject({ demo: true, demoHistory: false })
    expect(accepted({ DEMO: '0', SESSION_SECRET: SECRET }).demoHistory).toBe(false)
    expect(faults({ DEMO: '0', DEMO_HISTORY: '1', SESSION_SECRET: SECRET })).toEqual([
      'DEMO_HISTORY: a made-up past needs DEMO=1',
    ])
  })

  test('may have a clock that goes faster, within bounds', () => {
    expect(accepted({ DEMO_CLOCK: '60' }).demoClock).toBe(60)
    expect(accepted({ DEMO_CLOCK: '720' }).demoClock).toBe(720)
    expect(accepted({}).demoClock).toBeUndefined()
    for (const text of ['0', '721', '-1', '1.5', '6e1', 'fast'])
      expect(faults({ DEMO_CLOCK: text })).toEqual([`DEMO_CLOCK: "${text}" is no whole number from 1 to 720`])
  })

  test('is the only place for a faster clock', () => {
    expect(faults({ DEMO: '0', DEMO_CLOCK: '60', SESSION_SECRET: SECRET })).toEqual([
      'DEMO_CLOCK: only a demo’s clock can go faster than the world (--clock needs DEMO=1)',
    ])
  })

  test('is the only place for simulated reports', () => {
    expect(faults({ DEMO: '0', DEMO_TRAFFIC: '1', SESSION_SECRET: SECRET })).toEqual([
      expect.stringMatching(/^DEMO_TRAFFIC: /),
    ])
  })

  test('outside it a session secret of some length is required', () => {
    expect(faults({ DEMO: '0' })).toEqual([expect.stringMatching(/^SESSION_SECRET: is required/)])
    expect(faults({ DEMO: '0', SESSION_SECRET: 'short' })).toEqual([
      expect.stringMatching(/^SESSION_SECRET: is too short/),
    ])
  })
})

describe('databases', () => {
  const base = { DATABASE_URL: 'postgres://app:p%40ss@db:6000/city?sslmode=require', SESSION_SECRET: SECRET }

  test('migrations use the same role and the queue a database beside it, unless set apart', () => {
    expect(accepted(base)).toMatchObject({
      migrateDatabaseUrl: base.DATABASE_URL,
      queueDatabaseUrl: 'postgres://app:p%40ss@db:6000/city_queue?sslmode=require',
    })
    const apart = {
      ...base,
      MIGRATE_DATABASE_URL: 'postgres://owner@db/city',
      QUEUE_DATABASE_URL: 'postgres://q@other/jobs',
    }
    expect(accepted(apart)).toMatchObject({
      migrateDatabaseUrl: apart.MIGRATE_DATABASE_URL,
      queueDatabaseUrl: apart.QUEUE_DATABASE_URL,
    })
  })

  test('must be named, and a role apart needs the main address', () => {
    expect(faults({ ...base, DATABASE_URL: 'postgres://db:5432' })).toEqual([
      'DATABASE_URL: names no database (…/name)',
    ])
    expect(faults({ MIGRATE_DATABASE_URL: 'postgres://o@db/city' })).toEqual([
      'MIGRATE_DATABASE_URL: needs DATABASE_URL beside it',
    ])
  })

  test('a name is changed without touching the rest of the address', () => {
    expect(databaseName('postgres://a@b/%E5%9F%8E')).toBe('城')
    expect(withDatabase('postgres://a:b@c:1/d?x=y', '城')).toBe('postgres://a:b@c:1/%E5%9F%8E?x=y')
  })
})

test('every fault is listed at once, and no secret is repeated', () => {
  const found = faults({
    PORT: '80800',
    PUBLIC_URL: 'city.example',
    DATABASE_URL: 'mysql://root:hunter2@db/huiyin',
    REDIS_URL: 'localhost:6379',
    DEMO: 'yes',
    MAPBOX_TOKEN: 'sk.hunter2',
    MAP_STYLE_URL: 'ftp://x',
    SESSION_SECRET: 'hunter2',
    LOG_LEVEL: 'loud',
  })
  expect(found.map((fault) => fault.split(':')[0])).toEqual([
    'PORT',
    'DATABASE_URL',
    'DEMO',
    'SESSION_SECRET',
    'MAPBOX_TOKEN',
    'MAP_STYLE_URL',
    'LOG_LEVEL',
    'PUBLIC_URL',
    'REDIS_URL',
  ])
  expect(found.join('\n')).not.toContain('hunter2')
})

test.each([
  ['0', 0],
  ['443', 443],
  ['65535', 65_535],
])('PORT=%s is taken', (text, port) => {
  expect(accepted({ PORT: text }).port).toBe(port)
})

test.each(['-1', '65536', '80.5', '0x50', 'http'])('PORT=%s is refused', (text) => {
  expect(faults({ PORT: text })).toEqual([`PORT: "${text}" is not a port (0 to 65535)`])
})

test('the public address has no slash at its end; without one it is where this machine is reached', () => {
  expect(accepted({ PUBLIC_URL: 'https://city.example/' }).publicUrl).toBe('https://city.example')
  expect(localUrl('0.0.0.0', 80)).toBe('http://localhost:80')
  expect(localUrl('::1', 80)).toBe('http://[::1]:80')
})

test('a map style may be a file of this server', () => {
  expect(accepted({ MAP_STYLE_URL: '/styles/city.json' }).mapSource).toEqual({
    kind: 'style',
    url: '/styles/city.json',
  })
})

describe('TLS', () => {
  test('an own authority, with a plain port beside it and addresses that begin with https', () => {
    expect(accepted({ TLS: 'own' })).toMatchObject({
      tls: { kind: 'own' },
      publicUrl: 'https://127.0.0.1:8080',
      httpPort: 8081,
    })
    expect(accepted({ TLS: 'own', PORT: '443' }).httpPort).toBe(80)
    expect(accepted({ TLS: 'own', HTTP_PORT: '9000' }).httpPort).toBe(9000)
    expect(accepted({ TLS: 'own', HTTP_PORT: 'off' }).httpPort).toBeUndefined()
    expect(accepted({})).toMatchObject({ tls: undefined, httpPort: undefined })
  })

  test('a certificate of one’s own, by absolute paths', () => {
    expect(accepted({ TLS_CERT: '/etc/tls/a.pem', TLS_KEY: '/etc/tls/a.key' }).tls).toEqual({
      kind: 'files',
      cert: '/etc/tls/a.pem',
      key: '/etc/tls/a.key',
    })
  })

  test.each<[string, Record<string, string>, RegExp]>([
    ['another word', { TLS: 'yes' }, /^TLS: "yes" is not own/],
    ['both', { TLS: 'own', TLS_CERT: 'a', TLS_KEY: 'b' }, /^TLS: own and TLS_CERT exclude each other/],
    ['no key', { TLS_CERT: 'a' }, /^TLS_KEY: is required beside TLS_CERT/],
    ['no certificate', { TLS_KEY: 'a' }, /^TLS_CERT: is required beside TLS_KEY/],
    ['a plain address', { TLS: 'own', PUBLIC_URL: 'http://a' }, /^PUBLIC_URL: must begin with https/],
    ['the same port', { TLS: 'own', HTTP_PORT: '8080' }, /^HTTP_PORT: is the same as PORT/],
    ['a plain port alone', { HTTP_PORT: '81' }, /^HTTP_PORT: is for the page that helps phones/],
  ])('is refused with %s', (_, env, message) => {
    expect(faults(env)).toEqual([expect.stringMatching(message)])
  })
})

test('proxies that are believed are named by address or network', () => {
  expect(accepted({}).trustProxy).toBeUndefined()
  expect(accepted({ TRUST_PROXY: 'off' }).trustProxy).toBe(false)
  expect(accepted({ TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::/8' }).trustProxy).toBe(
    'loopback, 10.0.0.0/8,fd00::/8',
  )
  expect(faults({ TRUST_PROXY: 'true' })).toEqual([
    expect.stringMatching(/^TRUST_PROXY: "true" is no address/),
  ])
})
