// The last lines of a start: where to look and how to log in.
import type { Config } from '#store/config.ts'
import { ownAddresses } from './tls/names.ts'

const PAGES = [
  ['Wall 大屏', '/wall'],
  ['Duty desk 值班台', '/duty'],
  ['Department 处置端', '/department'],
  ['On-site tasks 核查', '/check'],
  ['Report 上报', '/report'],
  ['API docs 接口文档', '/api/docs'],
] as const

const LOGINS = [
  ['duty', '值班长'],
  ['operator', '受理员'],
  ['dispatcher', '派遣员'],
  ['supervisor', '网格监督员'],
  ['grid', '网格员'],
  ['dept-water', '水利'],
  ['handler-water', '处置人员'],
  ['head', '中心主任'],
  ['leader', '领导'],
  ['evaluator', '考核员'],
  ['wall', '大屏'],
  ['admin', '管理员'],
] as const

/** Columns that a terminal gives the text: a Chinese character takes two. */
function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[⺀-鿿＀-￯]/.test(character) ? 2 : 1), 0)
}

const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - columns(text)))

/** @param api where it listens, for ports that the system chose. */
export function welcome(
  config: Config,
  { url, httpPort }: { url: string; httpPort?: number | undefined },
): string {
  const base = config.port === 0 ? url : config.publicUrl
  const logins = LOGINS.map(([name, post]) => `${name} ${post}`)
  const rows = [logins.slice(0, 6), logins.slice(6)].map((row) => `    ${row.join(' · ')}`)
  return [
    '',
    `回音 Huiyin is running${config.demo ? ' with demo data 演示数据' : ''}`,
    '',
    ...PAGES.map(([name, path]) => `  ${pad(name, 20)} ${base}${path}`),
    '',
    ...phones(config, base, httpPort),
    ...(config.demo ? ['  Logins, password `demo`:', ...rows, ''] : []),
    `  Data: ${config.dataDir}   Stop: Ctrl-C`,
  ].join('\n')
}

/** How phones come here: browsers give position, camera and offline work to TLS only. */
function phones({ tls, host, publicUrl }: Config, base: string, httpPort: number | undefined): string[] {
  const isAlone = host === '127.0.0.1' || host === 'localhost' || host === '::1'
  if (!tls)
    return isAlone || publicUrl.startsWith('https:')
      ? []
      : ['  Phones: no position and no offline work without TLS; npm start -- --tls', '']
  const [address = new URL(base).hostname] = isAlone ? [] : ownAddresses()
  const page =
    httpPort === undefined
      ? `${base}/trust`
      : `http://${address}${httpPort === 80 ? '' : `:${httpPort}`}/trust`
  return [
    ...(tls.kind === 'own' ? [`  ${pad('Phones 手机信任证书', 20)} ${page}`] : []),
    ...(isAlone ? ['  Only this machine is let in; for phones: HOST=0.0.0.0 npm start -- --tls'] : []),
    '',
  ]
}
