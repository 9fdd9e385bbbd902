// The page /trust and its downloads, for phones that do not trust this system yet: no script, nothing from elsewhere, and
// the same whether asked over TLS or over plain HTTP.
import { createHash, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import qrcode from 'qrcode-generator'
import { v5 as uuidv5 } from 'uuid'
import type { Tls } from './tls.ts'
import { TRUST_WORDS } from './words.ts'

export interface TrustOptions {
  tls: Tls | undefined
  publicUrl: string
  /** Where plain HTTP serves this page; absent = nowhere. */
  httpPort?: (() => number | undefined) | undefined
}
export interface Asked {
  /** Path and query. */
  url: string
  /** `Host` header. */
  host: string | undefined
  acceptLanguage: string | undefined
}
export interface Answer {
  type: string
  body: string | Buffer
  disposition?: string
}

export const TRUST_PATHS = ['/trust', '/trust/ca.crt', '/trust/huiyin.mobileconfig'] as const

/** A name or address out of a Host header, without the port; undefined when it is no such thing. */
function nameIn(host: string | undefined): string | undefined {
  if (host === undefined || !/^[\w.:[\]-]{1,255}$/.test(host) || !URL.canParse(`http://${host}`))
    return undefined
  return new URL(`http://${host}`).hostname
}

/**
 * Where this phone reaches the system over TLS: at the name or address that it has just used, where the certificate holds
 * it, so that it fits the network it is on; else at PUBLIC_URL.
 */
export function addressFor({ tls, publicUrl }: TrustOptions, host: string | undefined): string {
  const name = nameIn(host)
  if (!tls || name === undefined) return publicUrl
  const cert = new X509Certificate(tls.current().cert)
  const bare = name.replace(/^\[|\]$/g, '')
  const holds = isIP(bare) === 0 ? cert.checkHost(bare) : cert.checkIP(bare)
  if (holds === undefined) return publicUrl
  const { port } = new URL(publicUrl)
  return `https://${name}${port === '' ? '' : `:${port}`}`
}

/** Undefined = nothing is at this path. */
export function trustAnswer(options: TrustOptions, asked: Asked): Answer | undefined {
  const { pathname, searchParams } = new URL(asked.url, 'http://localhost')
  const { tls } = options
  if (pathname === '/trust' || pathname === '/trust/')
    return {
      type: 'text/html; charset=utf-8',
      body: page(options, asked, languageOf(searchParams.get('lang'), asked)),
    }
  if (tls?.authority === undefined) return undefined
  const { raw } = new X509Certificate(tls.authority)
  if (pathname === '/trust/ca.crt')
    return {
      type: 'application/x-x509-ca-cert',
      body: raw,
      disposition: 'attachment; filename="huiyin-ca.crt"',
    }
  if (pathname === '/trust/huiyin.mobileconfig')
    return {
      type: 'application/x-apple-aspen-config',
      body: profile(raw, new URL(options.publicUrl).hostname),
      disposition: 'attachment; filename="huiyin.mobileconfig"',
    }
  return undefined
}

function languageOf(wanted: string | null, { acceptLanguage = '' }: Asked): 'zh-CN' | 'en' {
  if (wanted === 'en' || wanted === 'zh-CN') return wanted
  return /\ben\b/i.test(acceptLanguage) && !/\bzh\b/i.test(acceptLanguage) ? 'en' : 'zh-CN'
}

const NAMESPACE = 'b0e5a1f2-6d0c-4a53-9d55-0c1f5c1f7d9e'

/** An Apple profile with the authority in it. The same authority makes the same profile, so that it replaces itself. */
function profile(raw: Buffer, name: string): string {
  const digest = createHash('sha256').update(raw).digest('hex')
  const payload = uuidv5(`ca ${digest}`, NAMESPACE)
  const whole = uuidv5(`profile ${digest}`, NAMESPACE)
  const data = (raw.toString('base64').match(/.{1,64}/g) ?? []).join('\n')
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>PayloadContent</key><array><dict>
<key>PayloadCertificateFileName</key><string>huiyin-ca.crt</string>
<key>PayloadContent</key><data>
${data}
</data>
<key>PayloadDisplayName</key><string>回音 Huiyin ${escaped(name)}</string>
<key>PayloadIdentifier</key><string>huiyin.ca.${payload}</string>
<key>PayloadType</key><string>com.apple.security.root</string>
<key>PayloadUUID</key><string>${payload}</string>
<key>PayloadVersion</key><integer>1</integer>
</dict></array>
<key>PayloadDisplayName</key><string>回音 Huiyin ${escaped(name)}</string>
<key>PayloadIdentifier</key><string>huiyin.profile.${whole}</string>
<key>PayloadRemovalDisallowed</key><false/>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadUUID</key><string>${whole}</string>
<key>PayloadVersion</key><integer>1</integer>
</dict></plist>
`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c)

/** Black on white whatever the page's colours: cameras need it. */
function qr(text: string, label: string): string {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const n = code.getModuleCount()
  let path = ''
  for (let y = 0; y < n; y++)
    for (let x = 0; x < n; x++) if (code.isDark(y, x)) path += `M${x + 4} ${y + 4}h1v1h-1z`
  return `<svg class="qr" role="img" aria-label="${escaped(label)}" viewBox="0 0 ${n + 8} ${n + 8}" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
}

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;font:17px/1.65 system-ui,"PingFang SC","HarmonyOS Sans SC","Noto Sans SC","Microsoft YaHei",sans-serif;color:#17212b;background:#f3f5f7}
main{max-width:44rem;margin:0 auto;padding:1rem 1rem 3rem}
header{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;max-width:44rem;margin:0 auto;padding:1rem 1rem 0}
h1{font-size:1.45rem;margin:0}h2{font-size:1.1rem;margin:0 0 .4rem}
section{background:#fff;border:1px solid #d5dbe1;border-radius:10px;padding:1rem;margin:0 0 1rem}
ul,ol{margin:.4rem 0;padding-left:1.4rem}li{margin:.25rem 0}p{margin:.4rem 0}
a{color:#0b57a4}.go{display:block;margin:.6rem 0;padding:.8rem 1rem;border-radius:8px;background:#0b57a4;color:#fff;text-align:center;text-decoration:none;font-weight:600}
.go.second{background:#fff;color:#0b57a4;box-shadow:inset 0 0 0 1.5px #0b57a4}
header a,.address a{display:inline-flex;align-items:center;min-height:44px}
.address{margin:0;font-size:1.1rem;font-weight:600;overflow-wrap:anywhere}
.qr{display:block;width:11rem;height:11rem;margin:.6rem auto}
code{font:.8rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere;display:block}
summary{padding:.55rem 0;font-weight:600;cursor:pointer}details+details{border-top:1px solid #d5dbe1}
.warn{border-left:5px solid #b45309}
a:focus-visible,summary:focus-visible{outline:3px solid #0b57a4;outline-offset:2px}
@media (prefers-color-scheme:dark){body{color:#e6edf3;background:#0f1720}section{background:#18222d;border-color:#334250}a{color:#8ec5ff}.go{background:#8ec5ff;color:#0b1622}.go.second{background:none;color:#8ec5ff;box-shadow:inset 0 0 0 1.5px #8ec5ff}details+details{border-color:#334250}}
`

function page(options: TrustOptions, { host }: Asked, language: 'zh-CN' | 'en'): string {
  const { tls, httpPort } = options
  const words = TRUST_WORDS[language]
  const address = addressFor(options, host)
  const plain = httpPort?.()
  // Who scans the code does not trust us yet: over plain HTTP there is no warning on the way.
  const shared =
    tls && plain !== undefined
      ? `http://${new URL(address).hostname}${plain === 80 ? '' : `:${plain}`}/trust`
      : `${address}/trust`
  const list = (items: readonly string[], tag = 'ul') =>
    `<${tag}>${items.map((i) => `<li>${escaped(i)}</li>`).join('')}</${tag}>`
  const link = `<a href="${escaped(address)}/">${escaped(address)}</a>`
  const where = `<section><h2>${words.address}</h2><p class="address">${link}</p>${qr(shared, shared)}<p>${words.scan}</p></section>`
  const why = (more: string, warn = false) =>
    `<section${warn ? ' class="warn"' : ''}>${more}<p>${words.why}</p>${list(words.needs)}<p>${words.works}</p></section>`
  const body =
    tls?.authority !== undefined
      ? [
          `<section><h2>${words.first}</h2><a class="go" href="/trust/ca.crt">${words.forAndroid}</a><a class="go second" href="/trust/huiyin.mobileconfig">${words.forIos}</a><p>${words.fingerprint}</p><code>${new X509Certificate(tls.authority).fingerprint256}</code></section>`,
          `<section>${words.steps
            .map(
              (s, i) =>
                `<details${i === 0 ? ' open' : ''}><summary>${s.title}</summary>${list(s.steps, 'ol')}</details>`,
            )
            .join('')}</section>`,
          `<section><h2>${words.check}</h2><p>${words.checkWhat}</p><p class="address">${link}</p></section>`,
          `<section class="warn"><h2>${words.wechat.title}</h2><p>${words.wechat.text}</p></section>`,
          why(''),
          where,
          `<p>${words.remove}</p>`,
        ]
      : tls
        ? [`<section><p>${words.already}</p></section>`, where, why('')]
        : [why(`<p><strong>${words.noTls}</strong></p><p>${words.noTlsHow}</p>`, true), where]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title} · 回音 Huiyin</title><style>${STYLE}</style></head><body><header><h1>${words.title}</h1><a href="/trust?lang=${words.other}" lang="${words.other}" hreflang="${words.other}">${words.otherName}</a></header><main>${body.join('')}</main></body></html>`
}
