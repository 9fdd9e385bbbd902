// TLS as phones meet it: the own authority and what it may sign, the api over it (login, upload, live feed), the plain page
// beside it, and certificates that are exchanged while the system runs.
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import sharp from 'sharp'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startApi, type StartedApi } from '#api/server.ts'
import { openTestApi, PASSWORD, type TestApi } from '#api/testing/api.ts'
import { addressFor, trustAnswer } from '#api/trust/page.ts'
import type { Tls } from '#api/trust/tls.ts'
import { freePort } from '../port.ts'
import { makeAuthority, signServer } from './authority.ts'
import { isPublicChain, openFilesTls } from './files.ts'
import { certificateNames } from './names.ts'
import { openOwnTls } from './own.ts'
import { trustAuthority } from './trust-own.ts'

const DAY_MS = 86_400_000
const NAMES = ['huiyin.intra', 'localhost', '127.0.0.1', '::1']
const NOW = Date.now()

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'huiyin-tls-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** The certificate that a server shows, or why it is not trusted. */
function shown(port: number, options: { ca?: string; name?: string }): Promise<X509Certificate | string> {
  return new Promise((resolve) => {
    const { ca, name = 'localhost' } = options
    const socket = connect({ port, host: '127.0.0.1', servername: name, ...(ca === undefined ? {} : { ca }) })
    socket.once('secureConnect', () => {
      resolve(socket.getPeerX509Certificate() ?? 'no certificate')
      socket.destroy()
    })
    socket.once('error', (error) => resolve(error.message))
  })
}

async function serving(pair: { cert: string; key: string }): Promise<number> {
  const server = createServer(pair, (_request, response) => response.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

describe('the own authority', () => {
  it('is trusted for its names and private addresses, and for nothing else it might be made to sign', async () => {
    const authority = await makeAuthority(NAMES, 'test', NOW)
    const { cert: ca } = authority
    const good = await serving(await signServer(authority, NAMES, NOW))
    expect(await shown(good, {})).toMatch(/^unable to verify the first certificate/)
    expect(await shown(good, { ca })).toBeInstanceOf(X509Certificate)
    expect(await shown(good, { ca, name: 'huiyin.intra' })).toBeInstanceOf(X509Certificate)
    const moved = await serving(await signServer(authority, ['10.20.30.40', 'localhost'], NOW))
    expect(await shown(moved, { ca })).toBeInstanceOf(X509Certificate)
    const bank = await serving(await signServer(authority, ['bank.example'], NOW))
    expect(await shown(bank, { ca, name: 'bank.example' })).toBe('permitted subtree violation')
    const abroad = await serving(await signServer(authority, ['localhost', '203.0.113.7'], NOW))
    expect(await shown(abroad, { ca })).toBe('permitted subtree violation')
  })

  it('keeps its keys to this user, and stays over restarts', async () => {
    const dataDir = await folder()
    const open = () => openOwnTls({ dataDir, names: () => NAMES, note: () => {} })
    const first = await open()
    first.close()
    for (const name of ['ca.key', 'server.pem'])
      expect([name, (await stat(join(dataDir, 'tls', name))).mode & 0o777]).toEqual([name, 0o600])
    expect((await stat(join(dataDir, 'tls'))).mode & 0o077).toBe(0)
    const again = await open()
    again.close()
    expect(again.authority).toBe(first.authority)
    expect(again.current()).toEqual(first.current())
  })

  it('is one, however many processes start at once', async () => {
    const dataDir = await folder()
    const opened = await Promise.all(
      [1, 2, 3].map(() => openOwnTls({ dataDir, names: () => NAMES, note: () => {} })),
    )
    for (const tls of opened) tls.close()
    expect(new Set(opened.map((tls) => tls.authority)).size).toBe(1)
  })

  it('signs anew a month before the end and for another address, and tells', async () => {
    const dataDir = await folder()
    let now = NOW
    let names = NAMES
    const options = { dataDir, names: () => names, now: () => now, note: () => {}, lookEveryMs: 20 }
    const tls = await openOwnTls(options)
    onTestFinished(() => tls.close())
    const first = tls.current().cert
    let told = 0
    tls.onChange(() => {
      told += 1
    })
    now = NOW + 366 * DAY_MS
    const late = await openOwnTls({ ...options, now: () => NOW + 368 * DAY_MS })
    late.close()
    await expect.poll(() => tls.current().cert).not.toBe(first)
    const second = tls.current().cert
    expect(Date.parse(new X509Certificate(second).validTo)).toBeGreaterThan(NOW + 700 * DAY_MS)
    names = [...NAMES, '192.168.7.7']
    await expect
      .poll(() => new X509Certificate(tls.current().cert).checkIP('192.168.7.7'))
      .toBe('192.168.7.7')
    expect(told).toBe(2)
    expect(late.authority).toBe(tls.authority)
  })

  it('holds the names of PUBLIC_URL, of the host, and of this machine', () => {
    const names = certificateNames('https://City.Example:8443', '10.1.1.1')
    expect(names.slice(0, 2)).toEqual(['city.example', '10.1.1.1'])
    expect(names).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', '::1']))
    expect(certificateNames('https://[fd00::1]/', '0.0.0.0')[0]).toBe('fd00::1')
  })
})

describe('a certificate from elsewhere', () => {
  async function written(names: string[] = NAMES) {
    const dir = await folder()
    const authority = await makeAuthority(NAMES, 'test', NOW)
    const files = { cert: join(dir, 'server.crt'), key: join(dir, 'server.key') }
    const put = async (pair: { cert: string; key: string }) => {
      await writeFile(files.cert, pair.cert)
      await writeFile(files.key, pair.key)
    }
    await put(await signServer(authority, names, NOW))
    return { authority, files, put }
  }

  it.each<[string, (files: { cert: string; key: string }) => Promise<void>, RegExp]>([
    ['a file that is not there', ({ key }) => rm(key), /^TLS_KEY: .*cannot be read \(ENOENT\)/],
    ['no certificate', ({ cert }) => writeFile(cert, 'nothing'), /^TLS_CERT: .*holds no certificate/],
    ['no key', ({ key }) => writeFile(key, 'nothing'), /^TLS_KEY: .*holds no private key/],
    [
      'the key of another',
      async ({ key }) => {
        const other = await makeAuthority(NAMES, 'other', NOW)
        await writeFile(key, other.key)
      },
      /^TLS_KEY: .*is not the key of the certificate/,
    ],
  ])('is refused at the start: %s', async (_, spoil, message) => {
    const { files } = await written()
    await spoil(files)
    await expect(openFilesTls({ ...files, note: () => {} })).rejects.toThrow(message)
  })

  it('that has ended is refused', async () => {
    const { files } = await written()
    const late = openFilesTls({ ...files, note: () => {}, now: () => NOW + 400 * DAY_MS })
    await expect(late).rejects.toThrow(/TLS_CERT: the certificate ended on/)
  })

  it('is read again when the files change; what cannot be used is said and passed over', async () => {
    const { authority, files, put } = await written()
    const notes: string[] = []
    const tls = await openFilesTls({ ...files, note: (line) => notes.push(line), lookEveryMs: 20 })
    onTestFinished(() => tls.close())
    const before = tls.current()
    await writeFile(files.cert, 'half a fi')
    await expect.poll(() => notes.at(-1)).toMatch(/holds no certificate.*the certificate before goes on/)
    expect(tls.current()).toEqual(before)
    const next = await signServer(authority, NAMES, NOW)
    await put(next)
    await expect.poll(() => tls.current().cert).toBe(next.cert)
  })

  it('is public only when browsers know who signed it', async () => {
    const { authority } = await written()
    expect(isPublicChain([new X509Certificate(authority.cert)])).toBe(false)
    const { rootCertificates } = await import('node:tls')
    expect(isPublicChain([new X509Certificate(rootCertificates[0] ?? '')])).toBe(true)
  })
})

describe('the api over TLS', () => {
  let api: TestApi
  let started: StartedApi
  let tls: Tls
  let dir: string
  let authority: Awaited<ReturnType<typeof makeAuthority>>
  let base: string

  beforeAll(async () => {
    api = await openTestApi()
    dir = await mkdtemp(join(tmpdir(), 'huiyin-tls-'))
    tls = await openOwnTls({ dataDir: dir, names: () => NAMES, note: () => {}, lookEveryMs: 20 })
    authority = { cert: tls.authority ?? '', key: await readFile(join(dir, 'tls', 'ca.key'), 'utf8') }
    const port = await freePort()
    base = `https://localhost:${port}`
    started = await startApi({
      ...api.start,
      tls,
      config: { ...api.config, port, publicUrl: base, tls: { kind: 'own' }, httpPort: 0 },
    })
    trustAuthority(authority.cert)
  })
  afterAll(async () => {
    await started?.close()
    await api?.close()
    await rm(dir, { recursive: true, force: true })
  })

  async function loggedIn(): Promise<{ cookie: string; setCookie: string; answer: Response }> {
    await api.store.sql`update account set must_change = false where username = 'grid'`
    const answer = await fetch(`${base}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify({ username: 'grid', password: PASSWORD }),
    })
    const setCookie = answer.headers.getSetCookie()[0] ?? ''
    return { cookie: setCookie.split(';')[0] ?? '', setCookie, answer }
  }

  it('logs in with a cookie for TLS only, and promises nothing that a phone could be locked out by', async () => {
    const { answer, setCookie } = await loggedIn()
    expect(answer.status).toBe(200)
    expect(setCookie).toMatch(/; Secure/)
    expect(answer.headers.get('strict-transport-security')).toBeNull()
  })

  it('takes a photo', async () => {
    const { cookie } = await loggedIn()
    const form = new FormData()
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#383' } })
      .jpeg()
      .toBuffer()
    form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'a.jpg')
    const answer = await fetch(`${base}/api/v1/uploads`, {
      method: 'POST',
      headers: { cookie, origin: base },
      body: form,
    })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ width: 40, height: 30 })
  })

  const snapshot = async (cookie: string) => {
    const socket = io(`${base}/live`, {
      transports: ['websocket'],
      auth: { scope: 'city' },
      extraHeaders: { cookie, origin: base },
      reconnection: false,
    })
    onTestFinished(() => void socket.disconnect())
    return new Promise<{ seq: number }>((resolve, reject) => {
      socket.once('snapshot', resolve)
      socket.once('connect_error', reject)
    })
  }

  it('feeds the wall over wss', async () => {
    const { cookie } = await loggedIn()
    expect(await snapshot(cookie)).toHaveProperty('seq')
  })

  it('shows a new certificate to who comes next, without a restart', async () => {
    const port = Number(new URL(base).port)
    const before = await shown(port, { ca: authority.cert })
    const next = await signServer(authority, NAMES, NOW)
    await writeFile(join(dir, 'tls', 'next'), next.cert + next.key)
    await rename(join(dir, 'tls', 'next'), join(dir, 'tls', 'server.pem'))
    const { serialNumber } = new X509Certificate(next.cert)
    await expect
      .poll(async () => {
        const now = await shown(port, { ca: authority.cert })
        return typeof now === 'string' ? now : now.serialNumber
      })
      .toBe(serialNumber)
    expect(before).toBeInstanceOf(X509Certificate)
    expect((before as X509Certificate).serialNumber).not.toBe(serialNumber)
    const { cookie } = await loggedIn()
    expect(await snapshot(cookie)).toHaveProperty('seq')
  })

  it('beside it plain HTTP helps phones and leads to TLS, and takes nothing', async () => {
    const plain = `http://localhost:${started.httpPort}`
    const page = await fetch(plain, { headers: { 'accept-language': 'zh-CN' } })
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain(base)
    expect(html).toContain(new X509Certificate(authority.cert).fingerprint256)
    expect(html).toContain('证书信任设置')
    const file = await fetch(`${plain}/trust/ca.crt`)
    expect(file.headers.get('content-type')).toBe('application/x-x509-ca-cert')
    expect(new X509Certificate(Buffer.from(await file.arrayBuffer())).fingerprint256).toBe(
      new X509Certificate(authority.cert).fingerprint256,
    )
    const apple = await (await fetch(`${plain}/trust/huiyin.mobileconfig`)).text()
    expect(apple.replaceAll('\n', '')).toContain(new X509Certificate(authority.cert).raw.toString('base64'))
    const led = await fetch(`${plain}/report?from=qr`, { redirect: 'manual' })
    expect([led.status, led.headers.get('location')]).toEqual([307, `${base}/report?from=qr`])
    const login = await fetch(`${plain}/api/v1/auth/login`, { method: 'POST', body: '{}' })
    expect(login.status).toBe(403)
    expect(login.headers.getSetCookie()).toEqual([])
    const same = await fetch(`${base}/trust`, { headers: { 'accept-language': 'en' } })
    expect(await same.text()).toContain('Let this phone trust the system')
  })
})

describe('the page', () => {
  it('names the address that the phone has used where the certificate holds it, and never another’s', async () => {
    const authority = await makeAuthority(NAMES, 'test', NOW)
    const pair = await signServer(authority, [...NAMES, '10.2.3.4'], NOW)
    const tls: Tls = {
      kind: 'own',
      authority: authority.cert,
      current: () => pair,
      isPublic: () => false,
      onChange: () => () => {},
      close: () => {},
    }
    const options = { tls, publicUrl: 'https://huiyin.intra:8443' }
    expect(addressFor(options, '10.2.3.4:8081')).toBe('https://10.2.3.4:8443')
    expect(addressFor(options, '[::1]:8081')).toBe('https://[::1]:8443')
    for (const host of ['evil.example', 'evil"><script>', '8.8.8.8', undefined])
      expect(addressFor(options, host)).toBe('https://huiyin.intra:8443')
    const { body } = trustAnswer(options, { url: '/trust', host: 'x"><script>', acceptLanguage: 'en' }) ?? {}
    expect(String(body)).not.toContain('<script')
  })

  it('says plainly what does not work without TLS, and offers no certificate then', () => {
    const options = { tls: undefined, publicUrl: 'http://localhost:8080' }
    const asked = { host: 'localhost', acceptLanguage: 'zh' }
    expect(String(trustAnswer(options, { ...asked, url: '/trust' })?.body)).toMatch(
      /没有加密（https）.*定位/s,
    )
    expect(trustAnswer(options, { ...asked, url: '/trust/ca.crt' })).toBeUndefined()
  })
})
