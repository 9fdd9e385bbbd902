// The audit 审计: searched and exported by auditors. An export is itself kept.
import { Readable } from 'node:stream'
import Type, { type Static } from 'typebox'
import { AUDIT_ACTIONS, AUDIT_TARGETS } from '#domain/admin-audit.ts'
import { csvLine, harmless } from '#domain/csv.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { Moment } from '#domain/moment.ts'
import { type AuditFilter, type AuditRow, listAudit } from '#store/admin-audit.ts'
import { findCase } from '#store/cases.ts'
import { audit } from '../auth/audit.ts'
import { auditors } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { problems } from '../http/problem.ts'
import { Id, Instant, Page, PageSize } from '../schemas/common.ts'

const QUERY = Type.Object({
  from: Type.Optional(Moment('Not before')),
  until: Type.Optional(Moment('Before')),
  action: Type.Optional(Type.Enum([...AUDIT_ACTIONS])),
  by: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'Id or username of who did it' }),
  ),
  case: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Any number of a case' })),
  target: Type.Optional(Type.Enum([...AUDIT_TARGETS])),
})
const LIST = Type.Object({
  ...QUERY.properties,
  format: Type.Optional(Type.Enum(['json', 'csv'], { description: '`csv`: all of it as a file' })),
  cursor: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })),
  limit: PageSize(200, 50),
})

const ENTRY = Type.Object({
  id: Type.String(),
  at: Instant(),
  by: Type.Optional(Type.Object({ id: Id(), username: Type.String(), name: Type.String() })),
  posts: Type.Array(Type.String(), { description: 'Of who did it, as they were then' }),
  via: Type.Enum(['session', 'key', 'server']),
  ip: Type.Optional(Type.String()),
  action: Type.Enum([...AUDIT_ACTIONS]),
  target: Type.Object({
    kind: Type.Enum([...AUDIT_TARGETS]),
    id: Type.String(),
    name: Type.Optional(Type.String({ description: 'What it is called now' })),
  }),
  detail: Type.Object({}, { additionalProperties: true }),
})

const PAGE_OF_EXPORT = 1_000
const COLUMNS = [
  'at',
  'username',
  'name',
  'posts',
  'via',
  'ip',
  'action',
  'target',
  'target_id',
  'target_name',
  'detail',
]

const line = (cells: readonly string[]) => csvLine(cells.map(harmless))

export function auditRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps
  const zoneOf = async () => (await runtime.cityFor()).pack.timeZone

  /** Undefined = nothing can match. */
  async function filterOf(query: Static<typeof QUERY>): Promise<AuditFilter | undefined> {
    const instant = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
    const filter: AuditFilter = {
      from: instant(query.from),
      until: instant(query.until),
      action: query.action,
      actor: query.by,
      ...(query.target ? { target: { kind: query.target } } : {}),
    }
    if (query.case !== undefined) {
      const found = await findCase(store, query.case)
      if (!found) return undefined
      filter.target = { kind: 'case', id: found.state.id }
    }
    return filter
  }

  const view = (r: AuditRow, zone: string): Static<typeof ENTRY> => ({
    id: r.id,
    at: isoWithOffset(r.at.getTime(), zone),
    ...(r.actorId === null ? {} : { by: { id: r.actorId, username: r.username ?? '', name: r.name ?? '' } }),
    posts: r.posts,
    via: r.via as 'session',
    ...(r.ip === null ? {} : { ip: r.ip }),
    action: r.action,
    target: {
      kind: r.targetKind,
      id: r.targetId,
      ...(r.targetName === null ? {} : { name: r.targetName }),
    },
    detail: r.detail,
  })

  async function* csv(filter: AuditFilter | undefined, zone: string) {
    // Spreadsheets take a file without this mark for another encoding.
    yield `\uFEFF${line(COLUMNS)}`
    if (!filter) return
    for (let before: string | undefined; ; ) {
      const rows: AuditRow[] = await listAudit(store, filter, { limit: PAGE_OF_EXPORT, before })
      for (const r of rows)
        yield line([
          isoWithOffset(r.at.getTime(), zone),
          r.username ?? '',
          r.name ?? '',
          r.posts.join(' '),
          r.via,
          r.ip ?? '',
          r.action,
          r.targetKind,
          r.targetId,
          r.targetName ?? '',
          JSON.stringify(r.detail),
        ])
      before = rows.at(-1)?.id
      if (rows.length < PAGE_OF_EXPORT) return
    }
  }

  app.get(
    '/admin/audit',
    {
      schema: {
        tags: ['administration'],
        summary: 'Who administrated what, and who looked at personal data; newest first',
        description:
          'Kept for ever. `format=csv` is the whole answer as a file (UTF-8), and is kept as an export.',
        querystring: LIST,
        response: {
          200: {
            description: 'Entries; with `format=csv` a file of all of them',
            content: {
              'application/json': { schema: Page(ENTRY) },
              'text/csv': { schema: Type.Unsafe<never>({ type: 'string' }) },
            },
          },
          ...problems(403),
        },
      },
      config: auditors,
    },
    async (request, reply) => {
      const { query } = request
      const [filter, zone] = await Promise.all([filterOf(query), zoneOf()])
      if (query.format === 'csv') {
        const { format: _, cursor: __, limit: ___, ...detail } = query
        await audit(deps, request, { action: 'audit-export', target: { kind: 'audit', id: 'csv' }, detail })
        const body = Readable.from(csv(filter, zone))
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="audit.csv"')
          .send(body as never)
      }
      const limit = query.limit ?? 50
      const rows = filter ? await listAudit(store, filter, { limit: limit + 1, before: query.cursor }) : []
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        items: shown.map((r) => view(r, zone)),
        ...(rows.length > limit && last ? { nextCursor: last.id } : {}),
      }
    },
  )
}
