// Requests for an operation of the API's description: good ones, and ones with something wrong in the body, a parameter, a
// header, the form or the method.
import fc from 'fast-check'
import { type Around, broken, isObject, type Json, junk, valuesOf } from './values.ts'

export interface Operation {
  method: string
  path: string
  spec: Json
}

export interface FuzzRequest {
  method: string
  /** Path and query, as they go out. */
  url: string
  headers: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
  /** What was done to it; `good` when nothing. */
  flaw: string
}

/** Files that forms are filled with. */
export interface Files {
  [kind: string]: readonly Uint8Array[]
}

export function operationsOf(document: object): Operation[] {
  const { paths = {} } = document as { paths?: Record<string, Record<string, Json>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, spec]) => ({ method: method.toUpperCase(), path, spec })),
  )
}

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required?: boolean
  schema: unknown
}

const asText = (v: unknown): string => (typeof v === 'string' ? v : (JSON.stringify(v) ?? ''))
/** Percent-encoded, whatever is in it: half a surrogate pair too. */
const encoded = (v: unknown) => encodeURIComponent(asText(v).toWellFormed())
/** What a header can carry at all. */
const headerText = (v: unknown) => encodeURI(asText(v).toWellFormed()).slice(0, 4_000)

const RAW_SEGMENTS = [
  '%00',
  '%ff',
  '%2e%2e',
  '%2F',
  '%',
  '%zz',
  '%F0%9F%98%80',
  'x'.repeat(300),
  '..;',
  ' ',
  '0',
]
const RAW_QUERIES = [
  'limit=1&limit=2',
  'limit=1e9',
  'limit=',
  'day=0000-01-01',
  'from=9999-12-31T23:59:59Z',
  'cursor=%00',
  'cursor=e30',
  'cursor=AAAA',
  '%',
  '&&=',
  '__proto__=1',
  'q[]=a',
  'q=%F0',
]
const ODD_HEADERS: Record<string, string>[] = [
  { authorization: 'Bearer x' },
  { authorization: 'Basic YTpi' },
  { authorization: '' },
  { cookie: 'huiyin_session=%00; huiyin_session=' },
  { 'if-none-match': 'W/"x", *' },
  { range: 'bytes=5-1' },
  { accept: 'image/avif' },
  { 'x-request-id': 'a b' },
  { 'x-device': 'x'.repeat(500) },
  { 'idempotency-key': 'a b' },
  { 'idempotency-key': 'x'.repeat(300) },
  { 'x-forwarded-for': "1.2.3.4, '" },
  { origin: 'https://elsewhere.example' },
  { 'content-encoding': 'gzip' },
]
const BROKEN_BODIES: [type: string | undefined, body: string][] = [
  ['application/json', ''],
  ['application/json', '{'],
  ['application/json', '{"a":1}}'],
  ['application/json', 'null'],
  ['application/json', '[]'],
  ['application/json', '"x"'],
  ['application/json', '{"__proto__":{"a":1}}'],
  ['application/json', '{"constructor":{"prototype":{"a":1}}}'],
  ['application/json', `{"a":"${'x'.repeat(600_000)}"}`],
  ['application/json', '['.repeat(200_000) + ']'.repeat(200_000)],
  ['application/json; charset=utf-16', '{}'],
  ['text/plain', 'x'],
  ['application/xml', '<a/>'],
  ['application/x-www-form-urlencoded', 'a=1'],
  ['multipart/form-data', 'x'],
  ['multipart/form-data; boundary=b', '--b\r\n'],
  [
    'multipart/form-data; boundary=b',
    '--b\r\ncontent-disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n',
  ],
  ['x', '{}'],
  [undefined, '{}'],
]

/** Path, query and headers as parameters name them. */
function parametersOf({ spec, path }: Operation, around: Around, isFlawed: boolean) {
  const parameters = (spec.parameters ?? []) as Parameter[]
  const one = (p: Parameter): fc.Arbitrary<string | undefined> => {
    const good = valuesOf(p.schema, around, p.name).map(asText)
    const value = isFlawed ? fc.oneof({ weight: 2, arbitrary: good }, junk.map(asText)) : good
    return p.required === true
      ? value
      : fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
  }
  return fc.tuple(...parameters.map(one)).map((values) => {
    const given = parameters.map((p, i) => ({ ...p, value: values[i] }))
    const url = given
      .filter((p) => p.in === 'path')
      .reduce((u, { name, value }) => u.replace(`{${name}}`, encoded(value ?? '') || 'x'), path)
    const query = given
      .filter((p) => p.in === 'query' && p.value !== undefined)
      .map(({ name, value }) => `${name}=${encoded(value)}`)
    const headers = Object.fromEntries(
      given
        .filter((p) => p.in === 'header' && p.value !== undefined)
        .map((p) => [p.name, headerText(p.value)]),
    )
    return { url: query.length > 0 ? `${url}?${query.join('&')}` : url, headers }
  })
}

const BOUNDARY = 'huiyin-fuzz-boundary'
function form(file: Uint8Array, field = 'file', end = true): Uint8Array<ArrayBuffer> {
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="x"\r\n\r\n`
  return new Uint8Array(
    Buffer.concat([Buffer.from(head), file, Buffer.from(end ? `\r\n--${BOUNDARY}--\r\n` : '')]),
  )
}

/** A file as it should be, cut off, or with bytes turned over. */
const damaged = (file: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.nat({ max: file.length }).map((n) => file.subarray(0, n)),
    fc
      .array(fc.tuple(fc.nat({ max: Math.max(0, file.length - 1) }), fc.nat({ max: 7 })), {
        minLength: 1,
        maxLength: 20,
      })
      .map((flips) => {
        const copy = Uint8Array.from(file)
        for (const [at, bit] of flips) copy[at] = (copy[at] ?? 0) ^ (1 << bit)
        return copy
      }),
    fc.uint8Array({ maxLength: 200 }),
  )

type Body = Pick<FuzzRequest, 'headers' | 'body' | 'flaw'>

function bodyOf({ spec }: Operation, around: Around, files: Files, isFlawed: boolean): fc.Arbitrary<Body> {
  const content = isObject(spec.requestBody) ? (spec.requestBody.content as Record<string, Json>) : {}
  const rough = fc.constantFrom(...BROKEN_BODIES).map(([type, body]) => ({
    headers: type === undefined ? {} : { 'content-type': type },
    body,
    flaw: `body ${type}: ${body.slice(0, 40)}`,
  }))
  if (content['multipart/form-data']) {
    const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
    const file = fc.constantFrom(...Object.values(files).flat())
    if (!isFlawed) return file.map((f) => ({ headers, body: form(f), flaw: 'good' }))
    return fc.oneof(
      {
        weight: 3,
        arbitrary: file.chain(damaged).map((f) => ({ headers, body: form(f), flaw: 'damaged file' })),
      },
      file.map((f) => ({ headers, body: form(f, 'other'), flaw: 'another field' })),
      file.map((f) => ({ headers, body: form(f, 'file', false), flaw: 'form cut off' })),
      rough,
    )
  }
  const json = content['application/json']
  if (!json) return isFlawed ? rough : fc.constant({ headers: {}, flaw: 'good' })
  const examples = [json.example ?? [], Object.values(json.examples ?? {}).map((e: Json) => e.value)].flat()
  const good = valuesOf(
    examples.length > 0 ? { ...(json.schema as Json), examples } : json.schema,
    around,
    '',
  )
  const headers = { 'content-type': 'application/json' }
  if (!isFlawed) return good.map((v) => ({ headers, body: JSON.stringify(v), flaw: 'good' }))
  return fc.oneof(
    {
      weight: 4,
      arbitrary: broken(good).map((v) => ({ headers, body: JSON.stringify(v) ?? '', flaw: 'value' })),
    },
    { weight: 1, arbitrary: rough },
  )
}

const OTHERS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** One request: a good one half of the time. */
export function requestFor(operation: Operation, around: Around, files: Files): fc.Arbitrary<FuzzRequest> {
  const { method } = operation
  const has = method !== 'GET'
  const of = (parameters: boolean, body: boolean): fc.Arbitrary<FuzzRequest> =>
    fc
      .tuple(
        parametersOf(operation, around, parameters),
        has ? bodyOf(operation, around, files, body) : fc.constant<Body>({ headers: {}, flaw: 'good' }),
      )
      .map(([p, b]) => ({
        method,
        url: p.url,
        headers: { ...p.headers, ...b.headers },
        ...(b.body === undefined ? {} : { body: b.body }),
        flaw: parameters ? 'parameters' : b.flaw,
      }))
  const good = of(false, false)
  const odd = fc.oneof(
    fc.tuple(good, fc.constantFrom(...RAW_SEGMENTS)).map(([r, s]) => ({
      ...r,
      url: operation.path.replaceAll(/\{[^}]+\}/g, s),
      flaw: `segment ${s.slice(0, 12)}`,
    })),
    fc.tuple(good, fc.constantFrom(...RAW_QUERIES)).map(([r, q]) => ({
      ...r,
      url: `${r.url}${r.url.includes('?') ? '&' : '?'}${q}`,
      flaw: `query ${q}`,
    })),
    fc.tuple(good, fc.constantFrom(...ODD_HEADERS)).map(([r, h]) => ({
      ...r,
      headers: { ...r.headers, ...h },
      flaw: `headers ${JSON.stringify(h).slice(0, 40)}`,
    })),
    fc.tuple(good, fc.constantFrom(...OTHERS)).map(([r, m]) => {
      const { body: _, ...rest } = r
      return { ...(m === 'GET' ? rest : r), method: m, flaw: `method ${m}` }
    }),
  )
  return fc.oneof(
    { weight: 10, arbitrary: good },
    { weight: has ? 3 : 5, arbitrary: of(true, false) },
    { weight: has ? 6 : 0, arbitrary: of(false, true) },
    { weight: 3, arbitrary: odd },
  )
}
