// docker-compose.yml without an engine: every setting is one of ours and parses, every file that is mounted or copied is
// there, every name that is used is declared, and nothing runs with more rights or memory than it needs.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseConfig, VARIABLES } from '#store/config.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

interface Service {
  image?: string
  build?: string
  user?: string
  command?: string[]
  environment?: Record<string, string>
  volumes?: string[]
  ports?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
  restart?: string
  read_only?: boolean
  cap_drop?: string[]
  security_opt?: string[]
  mem_limit?: string
  pids_limit?: number
  stop_grace_period?: string
  logging?: object
}

let text = ''
let example: Record<string, string> = {}
let services: Record<string, Service> = {}
let volumes: Record<string, unknown> = {}
beforeAll(async () => {
  text = await readFile(join(ROOT, 'docker-compose.yml'), 'utf8')
  example = parseEnv(await readFile(join(ROOT, '.env.example'), 'utf8')) as Record<string, string>
  const secret = 'f'.repeat(64)
  const env: Record<string, string> = {
    ...example,
    POSTGRES_PASSWORD: secret,
    APP_PASSWORD: secret,
    SESSION_SECRET: secret,
  }
  const filled = text.replace(
    /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
    (_, name: string, otherwise = '') => env[name] || otherwise,
  )
  const file = parse(filled, { merge: true }) as typeof services & {
    services: typeof services
    volumes: typeof volumes
  }
  services = file.services
  volumes = file.volumes
})

const ours = () => Object.entries(services).filter(([, s]) => s.build === '.')

test('every variable stands in .env.example, and nothing else does', () => {
  const used = [...text.matchAll(/\$\{(\w+)/g)].map((m) => m[1])
  expect(Object.keys(example).sort()).toEqual([...new Set(used)].sort())
})

test('the settings of our own processes are known and right', () => {
  expect(ours().map(([name]) => name)).toEqual(['migrate', 'api', 'worker', 'backup'])
  for (const [name, { environment = {} }] of ours()) {
    const unknown = Object.keys(environment).filter((key) => !(VARIABLES as readonly string[]).includes(key))
    expect([name, unknown]).toEqual([name, []])
    expect([name, parseConfig(environment)]).toMatchObject([name, { ok: true, config: { demo: false } }])
  }
})

test('a secret is demanded, never made up', () => {
  for (const name of ['POSTGRES_PASSWORD', 'APP_PASSWORD', 'SESSION_SECRET'])
    expect(text).toContain(`\${${name}:?`)
})

describe('every service', () => {
  test('runs without rights that it does not need, and within limits', () => {
    for (const [name, s] of Object.entries(services)) {
      expect([name, s.read_only, s.cap_drop, s.security_opt]).toEqual([
        name,
        true,
        ['ALL'],
        ['no-new-privileges:true'],
      ])
      expect([name, s.mem_limit]).toEqual([name, expect.stringMatching(/^\d+[mg]$/)])
      expect([name, s.pids_limit]).toEqual([name, expect.any(Number)])
      // Ours is in the image; giving a volume away needs root, once.
      if (s.build === undefined && name !== 'proxy-data')
        expect([name, s.user]).toEqual([name, expect.any(String)])
    }
  })

  test('depends on services that are there, in a way that they can fulfil', () => {
    for (const [name, { depends_on = {} }] of Object.entries(services))
      for (const [other, { condition }] of Object.entries(depends_on)) {
        expect([name, other, services[other] !== undefined]).toEqual([name, other, true])
        if (condition === 'service_healthy')
          expect([name, other, services[other]?.healthcheck !== undefined]).toEqual([name, other, true])
        if (condition === 'service_completed_successfully')
          expect([other, services[other]?.restart]).toEqual([other, 'no'])
      }
  })

  test('mounts what is there: declared volumes, and files of this tree', () => {
    const used = new Set<string>()
    for (const [name, { volumes: mounts = [] }] of Object.entries(services))
      for (const mount of mounts) {
        const [source = '', target = '', mode] = mount.split(':')
        expect([name, target.startsWith('/')]).toEqual([name, true])
        if (source.startsWith('./')) {
          expect([name, source, existsSync(join(ROOT, source)), mode]).toEqual([name, source, true, 'ro'])
        } else used.add(source)
      }
    expect([...used].sort()).toEqual(Object.keys(volumes).sort())
  })

  test('runs a program of this tree, if it is ours', () => {
    for (const [name, { command = [] }] of ours()) {
      const script = command.find((part) => part.startsWith('scripts/'))
      expect([name, existsSync(join(ROOT, script ?? 'none'))]).toEqual([name, true])
    }
  })

  test('only the proxy is reached from outside', () => {
    expect(Object.entries(services).flatMap(([name, s]) => (s.ports ? [name] : []))).toEqual(['proxy'])
    expect(services.api?.environment?.TRUST_PROXY).toBe('uniquelocal')
  })
})

test('an api drains longer than the proxy keeps connections, and is given the time to', async () => {
  const proxy = await readFile(join(ROOT, 'scripts/compose/Caddyfile'), 'utf8')
  const kept = Number(/keepalive (\d+)s/.exec(proxy)?.[1])
  const { environment, stop_grace_period } = services.api ?? {}
  const drain = Number(environment?.DRAIN_SECONDS)
  expect(kept).toBeLessThan(drain)
  expect(Number.parseInt(stop_grace_period ?? '', 10)).toBeGreaterThan(drain + 15)
  // The variables that the proxy's file reads are given to it.
  const read = [...proxy.matchAll(/\{\$(\w+):/g)].map((m) => m[1])
  expect(read.filter((name) => !['API_HOST', 'API_PORT'].includes(name ?? ''))).toEqual(
    Object.keys(services.proxy?.environment ?? {}),
  )
})

test('the image copies what is there, and what it copies is not ignored', async () => {
  const lines = (await readFile(join(ROOT, 'Dockerfile'), 'utf8')).split('\n')
  const stages = lines.flatMap((line) => / AS (\w+)$/.exec(line)?.[1] ?? [])
  const top = new Set(await readdir(ROOT))
  const ignored = (await readFile(join(ROOT, '.dockerignore'), 'utf8')).split('\n')
  for (const line of lines.filter((l) => l.startsWith('COPY '))) {
    const parts = line.split(/\s+/).slice(1)
    const from = parts.find((part) => part.startsWith('--from='))?.slice(7)
    if (from !== undefined) expect(stages).toContain(from)
    else
      for (const source of parts.slice(0, -1).filter((part) => part !== '.')) {
        expect([source, top.has(source)]).toEqual([source, true])
        expect(ignored).not.toContain(source)
      }
  }
  expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node')
  // Secrets and other machines' files stay out of the image.
  for (const name of ['.git', '.env', '.data', 'node_modules']) expect(ignored).toContain(name)
})
