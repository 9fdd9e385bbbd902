// TLS_CERT and TLS_KEY: a certificate from elsewhere, read again when the files change (a renewal puts new ones in place).
// What cannot be used is said, and the one before goes on.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { createSecureContext, rootCertificates } from 'node:tls'
import type { Tls } from '#api/trust/tls.ts'

const LOOK_EVERY_MS = 10_000

export interface FilesOptions {
  cert: string
  key: string
  note: (line: string) => void
  lookEveryMs?: number
  now?: () => number
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** The certificates of a PEM file, the server's first. */
export const chainOf = (pem: string): X509Certificate[] =>
  (pem.match(PEM) ?? []).map((text) => new X509Certificate(text))

/** Whether the chain ends with an authority that browsers know. */
export function isPublicChain(chain: readonly X509Certificate[]): boolean {
  const last = chain.at(-1)
  if (!last) return false
  return rootCertificates.some((pem) => {
    const root = new X509Certificate(pem)
    return last.checkIssued(root) && last.verify(root.publicKey)
  })
}

/** @throws with what is wrong, in a sentence that names the variable. */
async function readPair({ cert, key, now = Date.now }: FilesOptions) {
  const text = async (name: string, path: string) =>
    readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new Error(`${name}: ${path} cannot be read (${error.code})`)
    })
  const pair = { cert: await text('TLS_CERT', cert), key: await text('TLS_KEY', key) }
  const chain = chainOf(pair.cert)
  const [server] = chain
  if (!server) throw new Error(`TLS_CERT: ${cert} holds no certificate (PEM, "BEGIN CERTIFICATE")`)
  let privateKey: ReturnType<typeof createPrivateKey>
  try {
    privateKey = createPrivateKey(pair.key)
  } catch {
    throw new Error(`TLS_KEY: ${key} holds no private key without a passphrase (PEM, "BEGIN PRIVATE KEY")`)
  }
  if (!server.checkPrivateKey(privateKey))
    throw new Error(`TLS_KEY: ${key} is not the key of the certificate in TLS_CERT`)
  if (Date.parse(server.validTo) < now())
    throw new Error(`TLS_CERT: the certificate ended on ${server.validTo}`)
  createSecureContext(pair)
  return { pair, isPublic: isPublicChain(chain), ends: server.validTo }
}

export async function openFilesTls(options: FilesOptions): Promise<Tls> {
  const { cert, key, note, lookEveryMs = LOOK_EVERY_MS } = options
  const stamp = async () =>
    (await Promise.all([stat(cert), stat(key)])).map((s) => `${s.mtimeMs} ${s.size} ${s.ino}`).join(' ')
  let known = await readPair(options)
  let seen = await stamp()
  const listeners = new Set<() => void>()
  async function look(): Promise<void> {
    const now = await stamp()
    if (now === seen) return
    seen = now
    const next = await readPair(options)
    if (next.pair.cert === known.pair.cert && next.pair.key === known.pair.key) return
    known = next
    note(`a new certificate is in use, good until ${next.ends}`)
    for (const tell of listeners) tell()
  }
  const looking = setInterval(
    () => void look().catch((error: Error) => note(`${error.message}; the certificate before goes on`)),
    lookEveryMs,
  ).unref()
  return {
    kind: 'files',
    current: () => known.pair,
    isPublic: () => known.isPublic,
    onChange(tell) {
      listeners.add(tell)
      return () => void listeners.delete(tell)
    },
    close: () => clearInterval(looking),
  }
}
