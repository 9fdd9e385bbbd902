// Who may call which route: read and agreed on by people, apart from what the routes themselves say. A test holds both
// together, asks every route as everybody, and holds docs/access.md against this.
import { POSTS, type Post } from '#domain/case.ts'

/** Everybody who can ask: nobody, a screen's own page, whoever owes a password, a machine, and a person of each post. */
export const CALLERS = ['nobody', 'screen', 'owing', 'machine', ...POSTS] as const
export type Caller = (typeof CALLERS)[number]

/**
 * Who a case is open to. The case of the test was reported by the grid member, lies with the unit of the officer and the
 * handler, in the area of the supervisor; the foreign one is of others.
 */
export const SEES_EVERY_CASE: readonly Post[] = [
  'admin',
  'auditor',
  'duty-manager',
  'operator',
  'dispatcher',
  'evaluator',
  'head',
  'leader',
]
export const SEES_OWN_CASE: readonly Post[] = [
  ...SEES_EVERY_CASE,
  'supervisor',
  'grid-member',
  'department-officer',
  'handler',
]

const CENTRE: readonly Post[] = ['operator', 'dispatcher', 'duty-manager', 'head']
const STAFF: readonly Post[] = [...SEES_EVERY_CASE, 'department-officer', 'handler']
const WALLS: readonly Post[] = [...SEES_EVERY_CASE, 'display']
const SYSTEM: readonly Post[] = ['admin', 'system-admin']
const SECURITY: readonly Post[] = ['admin', 'security-admin']
const SECURITY_READERS: readonly Post[] = [...SECURITY, 'auditor']
const AUDIT: readonly Post[] = ['admin', 'auditor']
const BOTH: readonly Post[] = ['duty-manager', 'head']

export interface Row {
  /** `METHOD /path`, below /api/v1, but for what is outside it. */
  route: string
  who: 'anyone' | 'people' | readonly Post[]
  /** A screen's own page too. */
  screens?: true
  /** Also while a password is owed. */
  owing?: true
  /** Narrowed to cases in sight: asked for the own and for the foreign case. */
  ofCase?: true
  /** What the handler narrows beyond that, or gives whom. */
  note?: string
}

const anyone = (route: string, more: Omit<Row, 'route' | 'who'> = {}): Row => ({
  route,
  who: 'anyone',
  ...more,
})
const people = (route: string, more: Omit<Row, 'route' | 'who'> = {}): Row => ({
  route,
  who: 'people',
  ...more,
})
const posts = (who: readonly Post[], route: string, more: Omit<Row, 'route' | 'who'> = {}): Row => ({
  route,
  who,
  ...more,
})
const screens = { screens: true } as const
const ofCase = { ofCase: true } as const

/** Pages and questions of the board of the queues, a kept one that only looks. */
const QUEUE_BOARD = [
  '/',
  '/api/job-schedulers',
  '/api/queues',
  '/api/queues/:queueName/:jobId',
  '/api/queues/:queueName/:jobId/flow',
  '/api/queues/:queueName/:jobId/logs',
  '/api/queues/:queueName/default-job-options',
  '/api/queues/:queueName/job-data-schema',
  '/api/queues/:queueName/metrics',
  '/api/queues/:queueName/rate-limit',
  '/api/queues/:queueName/workers',
  '/api/redis/stats',
  '/job-schedulers',
  '/metrics-history',
  '/queue/:queueName',
  '/queue/:queueName/:jobId',
  '/static/*',
]

export const ACCESS_TABLE: readonly Row[] = [
  anyone('POST /auth/login', {
    ...screens,
    owing: true,
    note: 'counted by address and name; names are locked',
  }),
  anyone('POST /auth/logout', { ...screens, owing: true }),
  people('GET /auth/me', { ...screens, owing: true }),
  people('POST /auth/password', { owing: true, note: 'with the present password' }),

  anyone('POST /cases', {
    note: 'nobody: as a citizen, counted by address; people: as their posts allow; screens not',
  }),
  people('GET /cases', { note: 'cases in sight' }),
  people('GET /cases/:id', { ...ofCase, note: 'the reporter masked, to some not at all' }),
  people('GET /cases/:id/events', { ...ofCase, note: 'words of others for those who work on cases' }),
  people('GET /cases/:id/actions', ofCase),
  people('POST /cases/:id/actions', { ...ofCase, note: 'each step by docs/lifecycle.md' }),
  people('GET /cases/:id/preview', { ...ofCase, note: 'of a step that is open to them' }),
  people('GET /cases/:id/routing', ofCase),
  posts(STAFF, 'GET /cases/:id/flags', ofCase),
  posts(STAFF, 'GET /cases/:id/clocks', ofCase),
  posts(STAFF, 'GET /cases/:id/photo-reuse', ofCase),
  posts(CENTRE, 'GET /cases/:id/duplicates', ofCase),
  posts(CENTRE, 'GET /cases/:id/suggestions', ofCase),
  posts(CENTRE, 'POST /cases/:id/unmask', { ...ofCase, note: 'with a reason, which is kept' }),
  posts(AUDIT, 'GET /cases/:id/unmaskings', ofCase),
  anyone('GET /cases/nearby', {
    note: 'number, category and status; nobody: parts and events only, counted',
  }),

  anyone('POST /uploads', { note: 'nobody: counted by address' }),
  posts(
    POSTS.filter((p) => p !== 'display'),
    'GET /uploads/:id',
    { note: 'a photo’s id cannot be guessed' },
  ),
  anyone('GET /track/:receiptNo', { note: 'what became of it, no words or persons; counted by address' }),
  anyone('GET /track/:receiptNo/photos/:id', { note: 'of the finished work; counted by address' }),
  anyone('POST /track/:receiptNo/rating', { note: 'with the token of the receipt; counted by address' }),

  people('GET /tasks', { note: 'their own; all for those who see every case' }),
  people('POST /tasks/:id/actions', { note: 'whose task it is' }),
  people('GET /duty', { note: 'one’s own' }),
  posts(['supervisor', 'grid-member'], 'POST /duty'),
  people('GET /notices', { note: 'one’s own' }),
  people('POST /notices/:id/read', { note: 'one’s own' }),
  people('POST /notices/read-all', { note: 'one’s own' }),

  posts(SYSTEM, 'GET /delivery/channels', { note: 'nothing secret' }),
  posts(SYSTEM, 'POST /delivery/channels'),
  posts(SYSTEM, 'PATCH /delivery/channels/:id'),
  posts(SYSTEM, 'DELETE /delivery/channels/:id'),
  posts(SYSTEM, 'POST /delivery/channels/:id/secret'),
  posts(SYSTEM, 'POST /delivery/channels/:id/test'),
  posts(SYSTEM, 'POST /delivery/channels/:id/resend'),
  posts(SYSTEM, 'GET /delivery/channels/:id/deliveries'),
  posts(SYSTEM, 'GET /delivery/deliveries/:id'),
  posts(SYSTEM, 'POST /delivery/deliveries/:id/resend'),
  posts(SYSTEM, 'GET /delivery/contacts'),
  posts(SYSTEM, 'PATCH /delivery/contacts/:id'),
  people('GET /delivery/webhook-schema'),

  posts(CENTRE, 'GET /desk/items'),
  posts(CENTRE, 'PUT /desk/seat'),
  people('GET /desk/suggestions'),
  posts(CENTRE, 'GET /rota'),
  posts(BOTH, 'POST /rota'),
  posts(BOTH, 'DELETE /rota/:id'),
  posts(CENTRE, 'GET /handovers'),
  posts(BOTH, 'POST /handovers'),
  posts(BOTH, 'POST /handovers/:id/sign'),

  people('GET /board', screens),
  people('GET /board/cases', screens),
  people('GET /board/days', screens),
  people('GET /board/replay', screens),
  people('GET /board/replay/frames', screens),
  posts(WALLS, 'GET /wall/cases/:id', { ...screens, note: 'parts and events only' }),
  posts(WALLS, 'GET /wall/cases/:id/photos/:photo', { ...screens, note: 'of checked cases' }),
  posts(BOTH, 'GET /wall/shows'),
  posts(BOTH, 'POST /wall/shows'),
  posts(BOTH, 'DELETE /wall/shows/:id'),
  posts(BOTH, 'PUT /wall/warning'),
  posts(BOTH, 'DELETE /wall/warning'),
  posts(WALLS, 'GET /streams/generated/:code/index.m3u8', screens),
  posts(WALLS, 'GET /streams/generated/:code/init.mp4', screens),
  posts(WALLS, 'GET /streams/generated/:code/:n.m4s', screens),
  anyone('GET /screens/session', { ...screens, note: 'whether this browser is a screen' }),
  anyone('POST /screens/session', { ...screens, note: 'with the screen’s token; counted by address' }),

  anyone('GET /city', screens),
  anyone('GET /map', screens),
  anyone('GET /areas', screens),
  anyone('GET /zones', screens),
  anyone('GET /cells', screens),
  anyone('GET /categories', screens),
  anyone('GET /departments', { ...screens, note: 'duty phones for people' }),
  anyone('GET /periods', screens),
  anyone('GET /calendars'),
  anyone('GET /cameras', {
    ...screens,
    note: 'where they stand; their addresses for walls and those who see every case',
  }),
  posts(['department-officer', 'handler', 'supervisor', 'grid-member', ...CENTRE], 'GET /centre/contacts', {
    note: 'who is on the rota now, with duty phones',
  }),
  people('GET /departments/:code/people', { note: 'the unit’s own people, and the centre' }),
  people('GET /components'),
  people('GET /components/:code'),
  posts(['dispatcher', 'duty-manager', 'admin'], 'POST /components/:code/owner'),

  people('GET /demo'),
  posts(SYSTEM, 'PUT /demo'),
  posts(SYSTEM, 'GET /admin/health'),
  ...QUEUE_BOARD.map((path) => posts(SYSTEM, `GET /admin/queues${path}`)),
  posts(SYSTEM, 'GET /admin/policies'),
  posts(SYSTEM, 'PUT /admin/policies'),
  posts(SYSTEM, 'GET /admin/city'),
  posts(SYSTEM, 'GET /admin/city/pack'),
  posts(SYSTEM, 'POST /admin/city/pack', {
    note: 'accounts of the pack only by who administrates accounts too',
  }),
  posts(SYSTEM, 'GET /system'),
  posts(SYSTEM, 'GET /screens'),
  posts(SYSTEM, 'POST /screens'),
  posts(SYSTEM, 'PATCH /screens/:id'),
  posts(SYSTEM, 'DELETE /screens/:id'),
  posts(SYSTEM, 'POST /screens/:id/token'),
  posts(SECURITY_READERS, 'GET /accounts'),
  posts(SECURITY, 'POST /accounts/:id/password'),
  posts(SECURITY, 'POST /accounts/:id/disable'),
  posts(SECURITY, 'POST /accounts/:id/enable'),
  posts(SECURITY, 'POST /accounts/:id/unlock'),
  posts(SECURITY, 'GET /accounts/import/template'),
  posts(SECURITY, 'POST /accounts/import', { note: 'nobody changes their own posts' }),
  posts(SECURITY_READERS, 'GET /api-keys', { note: 'never the keys themselves' }),
  posts(SECURITY, 'POST /api-keys'),
  posts(SECURITY, 'POST /api-keys/:id/revoke'),
  posts(SECURITY_READERS, 'GET /admin/security'),
  posts(SECURITY, 'PUT /admin/security'),
  posts(AUDIT, 'GET /admin/audit'),

  anyone('GET /healthz', screens),
  anyone('GET /readyz', screens),
  anyone('GET /metrics', {
    ...screens,
    note: 'figures, no personal data; keep it inside by the proxy where that matters',
  }),
  anyone('GET /', { ...screens, note: 'the pages' }),
  anyone('GET /*', { ...screens, note: 'files of the pages' }),
  anyone('GET /api/openapi.json'),
  anyone('GET /trust', { ...screens, note: 'how phones come to trust the certificate; over plain HTTP too' }),
  anyone('GET /trust/ca.crt', screens),
  anyone('GET /trust/huiyin.mobileconfig', screens),
]

const OUTSIDE = /^\S+ \/(healthz|readyz|metrics|trust|\*?$|api\/)/

/** The full address of a row's route. */
export function addressOf({ route }: Row): { method: string; url: string } {
  const [method = '', path = ''] = route.split(' ')
  return { method, url: OUTSIDE.test(route) ? path : `/api/v1${path}` }
}

/** Whether the route lets this caller in, before any case is looked at. `machine` holds the key of an operator. */
export function mayCall({ who, screens, owing }: Row, caller: Caller): boolean {
  if (caller === 'screen') return screens === true
  if (who === 'anyone') return true
  if (caller === 'nobody') return false
  if (caller === 'owing') return owing === true
  if (who === 'people') return true
  return who.includes(caller === 'machine' ? 'operator' : caller)
}

/** Whether this caller sees the own or the foreign case. */
export function seesCase(caller: Caller, which: 'own' | 'foreign'): boolean {
  const post = caller === 'machine' ? 'operator' : caller
  const those: readonly string[] = which === 'own' ? SEES_OWN_CASE : SEES_EVERY_CASE
  return those.includes(post)
}

/** docs/access.md. */
export function accessPage(): string {
  const whoOf = (row: Row) =>
    row.who === 'anyone'
      ? 'anybody'
      : row.who === 'people'
        ? 'logged in'
        : row.who.map((p) => `\`${p}\``).join(' ')
  const lines = ACCESS_TABLE.map((row) => {
    const { method, url } = addressOf(row)
    const more = [
      row.ofCase ? 'cases in sight' : '',
      row.owing ? 'also while a password is owed' : '',
      row.note ?? '',
    ].filter((m) => m !== '')
    return `| \`${method} ${url}\` | ${whoOf(row)} | ${row.screens ? 'yes' : ''} | ${more.join('; ')} |`
  })
  return `${[
    '# Who may call what',
    '',
    'Generated from `api/testing/access-table.ts`, which people read and agree on: `UPDATE_ACCESS=1 npx vitest run api/access.test.ts`.',
    'Every route says for itself who may call it (`config: anyone()`, `people()`, `posts([…])` of `api/auth/route-access.ts`);',
    'the api does not start with one that doesn’t, and a test asks every route as nobody, a screen, somebody who owes a',
    'password, a machine and a person of every post, for a case of theirs and one of others, and holds the answers against',
    'this page.',
    '',
    `A case is open to those who see every case (${SEES_EVERY_CASE.map((p) => `\`${p}\``).join(' ')}), to its unit’s`,
    'officers and handlers, to the supervisors of its area, to who reported it and to who holds a task of it. A key acts as',
    'its account. Writes with a cookie are accepted from our own pages only (`Origin`, `Sec-Fetch-Site`; the cookie is',
    '`SameSite=Lax`). `admin` is all three administrators in one; in a larger town give `system-admin`, `security-admin` and',
    '`auditor` to different people and `admin` to nobody.',
    '',
    '| route | who | a screen’s page | |',
    '|---|---|---|---|',
    ...lines,
    '',
    'The live feed `/live` takes whoever may `GET /board`; `/notices` and `/desk` beside it whoever may `GET /notices` and',
    '`GET /desk/items`.',
  ].join('\n')}\n`
}
