// The city pack 城市包 from the administrator's page: checked by the same rules as on the command line, compared with the
// loaded one, loaded by confirmation, and given out as a zip. Answers are lines of JSON, so that long work shows where it is.
import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { isoWithOffset } from '#domain/city-time.ts'
import type { CityPack } from '#domain/city/types.ts'
import { goneButUsed } from '#pack/changes.ts'
import { type CheckedPack, checkZip, zipPack } from '#pack/in-thread.ts'
import { ZIP_BOUNDS } from '#pack/zip.ts'
import { loadPack, NewerPack, newestPack } from '#store/city.ts'
import { openCaseUses } from '#store/city-uses.ts'
import { sha256 } from '#store/hash.ts'
import { DoesNotFit, listOverrides } from '#store/policy-overrides.ts'
import { readSystem } from '#store/system.ts'
import { audit } from '../auth/audit.ts'
import { requireLogin } from '../auth/plugin.ts'
import { systemAdmins } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { linesOf } from '../http/lines.ts'
import { oneFile } from '../http/one-file.ts'
import { Problem, problems } from '../http/problem.ts'
import { openGate } from '../photos/gate.ts'
import { Instant } from '../schemas/common.ts'
import { FINDING } from '../schemas/finding.ts'

/** Of findings, and of codes in a list of changes; their number is always told. */
const MOST_FINDINGS = 500
const MOST_CODES = 50

const n = Type.Integer()
const codes = Type.Object({ count: n, codes: Type.Array(Type.String()) })
const value = Type.Unsafe<number | string | boolean | null>({})
const COUNTS = Type.Record(Type.String(), n)

const PRESENT = Type.Object({
  code: Type.String(),
  name: Type.String(),
  version: n,
  loadedAt: Instant(),
  counts: COUNTS,
})

const RESULT = Type.Object({
  faults: Type.Object({ count: n, items: Type.Array(FINDING) }),
  warnings: Type.Object({ count: n, items: Type.Array(FINDING) }),
  pack: Type.Optional(
    Type.Object({ code: Type.String(), name: Type.String(), demo: Type.Boolean(), counts: COUNTS }),
  ),
  difference: Type.Optional(
    Type.Object({
      over: Type.Integer({ description: 'Version of the loaded pack' }),
      otherCity: Type.Optional(Type.String({ description: 'Another city is loaded: its name' })),
      tables: Type.Array(Type.Object({ file: Type.String(), added: codes, changed: codes, removed: codes })),
      values: Type.Array(Type.Object({ path: Type.String(), from: value, to: value })),
      policies: Type.Array(Type.String()),
      overruled: Type.Array(Type.Object({ path: Type.String(), value, packValue: value })),
      gone: Type.Array(Type.Object({ file: Type.String(), code: Type.String(), cases: n })),
      accounts: Type.Boolean({ description: 'Its accounts are made and changed too: whoever loads it may' }),
    }),
  ),
  apply: Type.Optional(Type.String({ description: 'Names what was shown; absent when it cannot be loaded' })),
  loaded: Type.Optional(Type.Object({ version: n, unchanged: Type.Boolean() })),
})
const LINE = Type.Union([
  Type.Object({ step: Type.String() }),
  Type.Object({ result: RESULT }),
  Type.Object({ problem: Type.Object({ status: n, code: Type.String(), detail: Type.String() }) }),
])
type Result = Static<typeof RESULT>

const fewOf = (all: readonly string[]) => ({ count: all.length, codes: all.slice(0, MOST_CODES) })

const countsOf = (pack: CityPack): Record<string, number> => ({
  areas: pack.areas.length,
  zones: pack.zones.length,
  categories: pack.categories.length,
  conditions: pack.conditions.length,
  departments: pack.departments.length,
  routing: pack.routing.length,
  calendars: pack.calendars.length,
  users: pack.users.length,
  components: pack.components.length,
  cameras: pack.cameras?.length ?? 0,
  periods: pack.periods?.length ?? 0,
  indicators: pack.indicators?.length ?? 0,
})

export async function cityPackRoutes(app: App, deps: ApiDeps): Promise<void> {
  const { store, runtime, log } = deps
  const tags = ['administration']
  const gate = openGate({ atOnce: 1, waiting: 2 })
  await app.register(multipart, { limits: { fileSize: ZIP_BOUNDS.zipBytes, files: 1, fields: 0, parts: 2 } })

  app.get(
    '/admin/city',
    {
      schema: { tags, summary: 'The loaded city pack', response: { 200: PRESENT, ...problems(403) } },
      config: systemAdmins,
    },
    async () => {
      const [{ pack, version }, { city }] = await Promise.all([runtime.cityFor(), readSystem(store)])
      return {
        code: pack.code,
        name: pack.name,
        version,
        loadedAt: isoWithOffset(city?.loadedAt.getTime() ?? 0, pack.timeZone),
        counts: countsOf(pack),
      }
    },
  )

  app.get(
    '/admin/city/pack',
    {
      schema: {
        tags,
        summary:
          'The loaded city pack as files in a zip, without passwords; it can be checked and loaded again',
        response: {
          200: {
            description: 'The zip',
            content: {
              'application/zip': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
            },
          },
          ...problems(403, 404),
        },
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const newest = await newestPack(store)
      if (!newest) throw new Problem(404, 'not-found', 'no city is loaded')
      const { pack, version } = newest
      const zip = await gate(() => zipPack(pack))
      await audit(deps, request, { action: 'city-download', target: { kind: 'city', id: String(version) } })
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="city-${pack.code}-${version}.zip"`)
        .send(zip as never)
    },
  )

  app.post(
    '/admin/city/pack',
    {
      schema: {
        tags,
        summary: 'Check a city pack and show what it changes; with `apply`, load it',
        description:
          `multipart/form-data with one \`file\`, a zip of at most ${ZIP_BOUNDS.zipBytes >> 20} MB. The answer is lines of JSON: ` +
          '`{"step":…}` while it works, then `{"result":…}` or `{"problem":…}`.',
        consumes: ['multipart/form-data'],
        querystring: Type.Object({
          apply: Type.Optional(
            Type.String({
              pattern: '^\\d+-[0-9a-f]{64}$',
              description: '`apply` of the result that was looked at',
            }),
          ),
        }),
        response: {
          200: {
            description: 'Lines of JSON',
            content: { 'application/x-ndjson': { schema: Type.Unsafe<Readable>(LINE) } },
          },
          ...problems(403, 409, 413, 415, 429),
        },
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const zip = await oneFile(
        request,
        reply,
        `a city pack may have ${ZIP_BOUNDS.zipBytes >> 20} MB as a zip`,
      )
      const digest = Buffer.from(sha256(zip)).toString('hex')
      const { apply } = request.query
      if (apply !== undefined && !apply.endsWith(`-${digest}`)) throw isAnother()
      const lines = linesOf(reply, {
        task: (say, signal) => work(request, { zip, digest, apply }, say, signal),
        problemOf: (error) => problemOf(error, request),
      })
      return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(lines) as never)
    },
  )

  async function work(
    request: FastifyRequest,
    { zip, digest, apply }: { zip: Buffer; digest: string; apply: string | undefined },
    onStep: (step: string) => void,
    signal: AbortSignal,
  ): Promise<Result> {
    const [newest, overruled] = await Promise.all([newestPack(store), listOverrides(store)])
    const before = newest?.pack
    const checked = await gate(() => checkZip(zip, { before, overruled, onStep, signal }))
    const { posts } = requireLogin(request).account
    // Who runs the system and does not administrate accounts makes nobody an administrator by a pack.
    const accounts = posts.includes('admin') || posts.includes('security-admin')
    const shown = await resultOf(checked, newest, accounts)
    if (!checked.pack) return shown
    const over = newest?.version ?? 0
    if (apply === undefined) return { ...shown, apply: `${over}-${digest}` }
    onStep('load')
    const loaded = await loadPack(store, checked.pack, {
      accounts,
      onlyOver: newest ? Number(apply.split('-')[0]) : undefined,
    })
    // Every process takes it over at once, and at its next look when the word is lost.
    runtime.signals.raise('register')
    await audit(deps, request, {
      action: 'city-load',
      target: { kind: 'city', id: String(loaded.version) },
      detail: {
        code: checked.pack.code,
        name: checked.pack.name,
        over,
        unchanged: loaded.unchanged,
        accounts,
        sha256: digest,
        changes: Object.fromEntries(
          (shown.difference?.tables ?? []).map((t) => [
            t.file,
            [t.added.count, t.changed.count, t.removed.count],
          ]),
        ),
      },
    })
    return { ...shown, loaded: { version: loaded.version, unchanged: loaded.unchanged } }
  }

  async function resultOf(
    { pack, faults, warnings, difference }: CheckedPack,
    newest: { version: number; pack: CityPack } | undefined,
    accounts: boolean,
  ): Promise<Result> {
    const few = (all: CheckedPack['faults']) => ({ count: all.length, items: all.slice(0, MOST_FINDINGS) })
    const findings = { faults: few(faults), warnings: few(warnings) }
    if (!pack || !difference) return findings
    const { changes, ...policies } = difference
    const isOther = newest !== undefined && newest.pack.code !== pack.code
    return {
      ...findings,
      pack: { code: pack.code, name: pack.name, demo: pack.demo === true, counts: countsOf(pack) },
      difference: {
        over: newest?.version ?? 0,
        ...(isOther ? { otherCity: newest.pack.name } : {}),
        tables: changes.map(({ file, added, changed, removed }) => ({
          file,
          added: fewOf(added),
          changed: fewOf(changed),
          removed: fewOf(removed),
        })),
        ...policies,
        gone: goneButUsed(changes, await openCaseUses(store)),
        accounts,
      },
    }
  }

  function problemOf(error: unknown, request: FastifyRequest) {
    const known =
      error instanceof Problem
        ? error
        : error instanceof NewerPack
          ? isAnother()
          : error instanceof DoesNotFit
            ? new Problem(409, 'policy-does-not-fit', error.message)
            : new Problem(500, 'internal', 'the pack could not be dealt with; the log of the server says why')
    if (known.status === 500)
      log.error({ err: error, reqId: request.id }, 'a city pack could not be dealt with')
    const { status, code, message } = known
    return { status, code, detail: message }
  }
}

const isAnother = () =>
  new Problem(
    409,
    'plan-changed',
    'this is not the file that was checked, or another pack was loaded since: check it again',
  )
