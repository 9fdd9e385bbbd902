// A certificate authority of this installation's own, and the server certificate it signs: for an intranet whose phones
// cannot get one from a public authority. The authority may sign for this machine's names, private networks and nothing
// else, so that a stolen key cannot pretend to be somebody's bank.
import 'reflect-metadata'
import { isIP } from 'node:net'
import * as x509 from '@peculiar/x509'

const KEYS = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
const CA_DAYS = 3_650
/** Phones take a server's certificate for 825 days at most, some for 398. */
const SERVER_DAYS = 397

export interface Pair {
  /** PEM. */
  cert: string
  /** PEM, PKCS #8. */
  key: string
}

const NAME_CONSTRAINTS = '2.5.29.30'
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'

/** DER: tag, length, content. */
function der(tag: number, ...content: Uint8Array[]): Uint8Array {
  const body = Buffer.concat(content)
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

/** `10.0.0.0/8` or one address as address and mask, each 4 or 16 bytes. */
function network(text: string): Uint8Array {
  const [address = '', bits] = text.split('/')
  const bytes = addressBytes(address)
  const ones = bits === undefined ? bytes.length * 8 : Number(bits)
  const mask = bytes.map((_, i) => (0xff << (8 - Math.min(8, Math.max(0, ones - i * 8)))) & 0xff)
  return Buffer.from([...bytes, ...mask])
}

function addressBytes(address: string): number[] {
  if (isIP(address) === 4) return address.split('.').map(Number)
  const [head = '', tail] = address.split('::')
  const words = (part: string | undefined) => (part ? part.split(':') : [])
  const before = words(head)
  const after = words(tail)
  const middle = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0')
  return [...before, ...middle, ...after].flatMap((w) => {
    const n = Number.parseInt(w, 16)
    return [n >> 8, n & 255]
  })
}

/** What an authority of an intranet may ever have to sign for, beside the names it is made with. */
const PRIVATE = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
]

function nameConstraints(names: readonly string[]): x509.Extension {
  const hosts = names.filter((n) => isIP(n) === 0)
  const addresses = [...PRIVATE, ...names.filter((n) => isIP(n) !== 0)]
  const subtrees = [
    ...hosts.map((h) => der(0x30, der(0x82, Buffer.from(h, 'ascii')))),
    ...addresses.map((a) => der(0x30, der(0x87, network(a)))),
  ]
  return new x509.Extension(
    NAME_CONSTRAINTS,
    true,
    der(0x30, der(0xa0, ...subtrees)) as Uint8Array<ArrayBuffer>,
  )
}

const newKeys = () => crypto.subtle.generateKey(KEYS, true, ['sign', 'verify'])

async function pemOf(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')
}

/** @param names hosts and addresses that it may sign for, beside private networks; @param label shown in phones' lists */
export async function makeAuthority(names: readonly string[], label: string, now: number): Promise<Pair> {
  const keys = await newKeys()
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [label] }, { O: ['Huiyin'] }],
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + CA_DAYS * DAY_MS),
    signingAlgorithm: KEYS,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      nameConstraints(names),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { cert: `${cert.toString('pem')}\n`, key: `${await pemOf(keys.privateKey)}\n` }
}

/** @param names the first is the common name; hosts and addresses */
export async function signServer(authority: Pair, names: readonly string[], now: number): Promise<Pair> {
  const ca = new x509.X509Certificate(authority.cert)
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    x509.PemConverter.decodeFirst(authority.key),
    KEYS,
    false,
    ['sign'],
  )
  const keys = await newKeys()
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [names[0] ?? 'localhost'] }],
    issuer: ca.subjectName,
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(Math.min(now + SERVER_DAYS * DAY_MS, ca.notAfter.getTime())),
    signingAlgorithm: KEYS,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(ca.publicKey),
    ],
  })
  return { cert: `${cert.toString('pem')}\n`, key: `${await pemOf(keys.privateKey)}\n` }
}

/** Sixteen random bytes, positive. */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return Buffer.from(bytes).toString('hex')
}
