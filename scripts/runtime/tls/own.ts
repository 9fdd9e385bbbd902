// TLS=own: the authority and the server's certificate in DATA_DIR/tls, made at the first start, and the latter made anew
// before it ends or when the machine gets another name or address. The authority stays: phones trust it.
import { randomUUID, X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tls } from '#api/trust/tls.ts'
import { makeAuthority, type Pair, signServer } from './authority.ts'

const DAY_MS = 86_400_000
/** So long before its end a server's certificate is made anew. */
const RENEW_MS = 30 * DAY_MS
const LOOK_EVERY_MS = 6 * 3_600_000

export interface OwnOptions {
  dataDir: string
  /** Asked at each look: addresses change. */
  names: () => string[]
  now?: () => number
  /** Told what the administrator should know. */
  note: (line: string) => void
  lookEveryMs?: number
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/
const KEY = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/

/** Certificate and key in one file, so that nobody ever reads halves of two. */
async function readServer(dir: string): Promise<Pair | undefined> {
  const text = await readIfThere(join(dir, 'server.pem'))
  const cert = CERTIFICATE.exec(text ?? '')?.[0]
  const key = KEY.exec(text ?? '')?.[0]
  return cert !== undefined && key !== undefined ? { cert, key } : undefined
}

/** The key is readable for this user alone from its first byte on. */
async function writeServer(dir: string, { cert, key }: Pair): Promise<void> {
  const file = join(dir, 'server.pem')
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, cert + key, { mode: 0o600 })
  await rename(draft, file)
}

async function readAuthority(dir: string): Promise<Pair | undefined> {
  const cert = await readIfThere(join(dir, 'ca.crt'))
  const key = await readIfThere(join(dir, 'ca.key'))
  return cert !== undefined && key !== undefined ? { cert, key } : undefined
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Several processes that start at once agree on one authority: the first folder in place counts. */
async function authorityIn(dir: string, names: string[], now: number): Promise<Pair> {
  const known = await readAuthority(dir)
  if (known) return known
  await mkdir(join(dir, '..'), { recursive: true })
  const mine = await mkdtemp(`${dir}-`)
  const made = await makeAuthority(names, `Huiyin ${names[0] ?? 'localhost'}`, now)
  await writeFile(join(mine, 'ca.key'), made.key, { mode: 0o600 })
  await writeFile(join(mine, 'ca.crt'), made.cert, { mode: 0o644 })
  try {
    await rename(mine, dir)
  } catch (error) {
    await rm(mine, { recursive: true, force: true })
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  }
  const agreed = await readAuthority(dir)
  if (!agreed) throw new Error(`${dir} holds other files: move them away, or set TLS_CERT and TLS_KEY`)
  return agreed
}

/** Hosts and addresses of a certificate, in lower case. */
export const namesIn = (cert: X509Certificate): string[] =>
  (cert.subjectAltName ?? '')
    .split(', ')
    .map((n) => n.replace(/^(DNS|IP Address):/, '').toLowerCase())
    .map((n) => (n.includes(':') ? compact(n) : n))

/** Node writes IPv6 addresses of certificates out. */
const compact = (address: string) => new URL(`http://[${address}]`).hostname.slice(1, -1)

export async function openOwnTls(options: OwnOptions): Promise<Tls> {
  const { dataDir, names, note, now = Date.now, lookEveryMs = LOOK_EVERY_MS } = options
  const dir = join(dataDir, 'tls')
  const authority = await authorityIn(dir, names(), now())
  const ca = new X509Certificate(authority.cert)
  const listeners = new Set<() => void>()
  let current: Pair | undefined

  const isGood = (pair: Pair, wanted: readonly string[]) => {
    const cert = new X509Certificate(pair.cert)
    const held = new Set(namesIn(cert))
    return (
      cert.checkIssued(ca) &&
      Date.parse(cert.validTo) - now() > RENEW_MS &&
      wanted.every((n) => held.has(n.includes(':') ? compact(n) : n))
    )
  }

  async function look(): Promise<void> {
    const wanted = names()
    // Another process may have made it anew meanwhile.
    const kept = await readServer(dir)
    let next = kept && isGood(kept, wanted) ? kept : undefined
    if (!next) {
      next = await signServer(authority, wanted, now())
      await writeServer(dir, next)
      note(`certificate for ${wanted.join(', ')}`)
    }
    const daysLeft = Math.floor((Date.parse(ca.validTo) - now()) / DAY_MS)
    if (daysLeft < 400)
      note(
        `The own certificate authority ends in ${daysLeft} days: move ${dir} away at a quiet hour, start again, and let phones trust the new one`,
      )
    if (current && current.cert === next.cert) return
    const isFirst = current === undefined
    current = next
    if (!isFirst) for (const tell of listeners) tell()
  }
  await look()
  let isLooking = false
  const looking = setInterval(() => {
    if (isLooking) return
    isLooking = true
    void look()
      .catch((error) => note(`the certificate could not be made anew: ${String(error)}`))
      .finally(() => {
        isLooking = false
      })
  }, lookEveryMs).unref()

  return {
    kind: 'own',
    authority: authority.cert,
    current: () => {
      if (!current) throw new Error('no certificate was made')
      return current
    },
    isPublic: () => false,
    onChange(tell) {
      listeners.add(tell)
      return () => void listeners.delete(tell)
    },
    close: () => clearInterval(looking),
  }
}
