// Accounts imported from a CSV file or a workbook: looked at first, row by row, then applied as it was shown, all of it or
// nothing. Initial passwords are told once, in the answer.
import multipart from '@fastify/multipart'
import Type, { type Static } from 'typebox'
import {
  IMPORT_FIELDS,
  type ImportRefusal,
  planImport,
  type PlannedRow,
  type PresentAccount,
} from '#domain/account-import.ts'
import { POSTS } from '#domain/case.ts'
import { madeUpPassword } from '#domain/made-up-password.ts'
import { accountTemplate, readAccounts } from '#pack/accounts.ts'
import { applyImport, PlanIsOld, presentAccounts } from '#store/account-import.ts'
import { sha256 } from '#store/hash.ts'
import { audit } from '../auth/audit.ts'
import type { Logins } from '../auth/logins.ts'
import { requireLogin } from '../auth/plugin.ts'
import { securityAdmins } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { oneFile } from '../http/one-file.ts'
import { Problem, problems } from '../http/problem.ts'
import { FINDING } from '../schemas/finding.ts'

const MOST_BYTES = 5 * 1024 * 1024
const REFUSALS: readonly ImportRefusal[] = ['own-posts', 'disabled', 'case', 'last-admin']

const ROW = Type.Object({
  row: Type.Integer({ description: 'Of the file, as spreadsheets and editors count' }),
  username: Type.String(),
  name: Type.String(),
  posts: Type.Array(Type.Enum([...POSTS])),
  what: Type.Enum(['create', 'change', 'same', 'refuse']),
  changes: Type.Array(
    Type.Object({ field: Type.Enum([...IMPORT_FIELDS]), from: Type.String(), to: Type.String() }),
  ),
  password: Type.Boolean({ description: 'It gets an initial password' }),
  refusal: Type.Optional(Type.Enum([...REFUSALS])),
})
const IMPORT = Type.Object({
  rows: Type.Array(ROW),
  faults: Type.Array(FINDING, { description: 'What is wrong with the file; then nothing can be applied' }),
  warnings: Type.Array(FINDING),
  plan: Type.Optional(
    Type.String({
      description:
        'Names what was shown: give it as `apply`, with the same file. Absent when it cannot be applied',
    }),
  ),
  passwords: Type.Optional(
    Type.Array(Type.Object({ username: Type.String(), name: Type.String(), password: Type.String() }), {
      description: 'Initial passwords, told this once; only when it was applied',
    }),
  ),
})

const view = ({
  row,
  username,
  name,
  posts,
  what,
  changes,
  password,
  refusal,
}: PlannedRow): Static<typeof ROW> => ({
  row,
  username,
  name,
  posts,
  what,
  changes,
  password,
  ...(refusal ? { refusal } : {}),
})

/** The same rows against the same accounts have the same name. */
const nameOf = (plan: readonly PlannedRow[]) => Buffer.from(sha256(JSON.stringify(plan))).toString('hex')

export async function accountImportRoutes(
  app: App,
  deps: ApiDeps,
  { policies, forgetAll }: Logins,
): Promise<void> {
  const { store, runtime } = deps
  const tags = ['administration']
  await app.register(multipart, { limits: { fileSize: MOST_BYTES, files: 1, fields: 0, parts: 2 } })

  app.get(
    '/accounts/import/template',
    {
      schema: {
        tags,
        summary: 'A list to fill in, as a workbook (with hints and examples) or as CSV',
        querystring: Type.Object({ format: Type.Optional(Type.Enum(['xlsx', 'csv'])) }),
        response: {
          200: {
            description: 'The file',
            content: {
              'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
                schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }),
              },
              'text/csv': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
            },
          },
          ...problems(403),
        },
      },
      config: securityAdmins,
    },
    async (request, reply) => {
      const { format = 'xlsx' } = request.query
      const type =
        format === 'csv'
          ? 'text/csv; charset=utf-8'
          : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="accounts.${format}"`)
        .send((await accountTemplate(format)) as never)
    },
  )

  app.post(
    '/accounts/import',
    {
      schema: {
        tags,
        summary: 'Show what a list of accounts would do; with `apply`, do it',
        description:
          'multipart/form-data with one `file`: CSV (UTF-8 or GB18030) or .xlsx, columns as in the template. Accounts that ' +
          'are not in it are left alone. Nothing is done without `apply`, nor when any row is refused.',
        consumes: ['multipart/form-data'],
        querystring: Type.Object({
          apply: Type.Optional(
            Type.String({
              pattern: '^[0-9a-f]{64}$',
              description: '`plan` of the answer that was looked at',
            }),
          ),
        }),
        response: { 200: IMPORT, ...problems(403, 409, 413, 415) },
      },
      config: securityAdmins,
    },
    async (request, reply) => {
      const me = requireLogin(request).account.username
      const bytes = await oneFile(request, reply, `a list of accounts may have ${MOST_BYTES >> 20} MB`)
      const { pack } = await runtime.cityFor()
      const read = await readAccounts(bytes, pack)
      const planOver = (present: PresentAccount[]) => planImport(read.rows, present, me)
      const plan = planOver(await presentAccounts(store))
      const { faults, warnings } = read
      const canApply = faults.length === 0 && plan.every((r) => r.what !== 'refuse')
      const shown = { rows: plan.map(view), faults, warnings }
      const { apply } = request.query
      if (apply === undefined) return canApply ? { ...shown, plan: nameOf(plan) } : shown
      if (!canApply || nameOf(plan) !== apply) throw planIsOld()
      const { leastPassword } = await policies.now()
      const given = plan.filter((r) => r.password)
      const passwords = new Map(given.map((r) => [r.username, madeUpPassword(leastPassword)]))
      await applyImport(store, plan, passwords, (present) => nameOf(planOver(present)) === apply).catch(
        (error: unknown) => {
          throw error instanceof PlanIsOld ? planIsOld() : error
        },
      )
      forgetAll()
      const named = (what: PlannedRow['what']) => plan.filter((r) => r.what === what).map((r) => r.username)
      await audit(deps, request, {
        action: 'account-import',
        target: { kind: 'account', id: 'list' },
        detail: { created: named('create'), changed: named('change'), passwords: [...passwords.keys()] },
      })
      return {
        ...shown,
        passwords: given.map(({ username, name }) => ({
          username,
          name,
          password: passwords.get(username) ?? '',
        })),
      }
    },
  )
}

const planIsOld = () =>
  new Problem(
    409,
    'plan-changed',
    'this is not what was shown, or the accounts have changed since: look at it again',
  )
