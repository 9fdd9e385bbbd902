// Policies that an administrator has overruled. The newest pack in `city` always holds the values that count, so that a
// case, a replay and an audit find them by its version; this table says which of them are not the pack's own.
import type postgres from 'postgres'
import {
  isPolicyPath,
  type PolicyPath,
  type PolicyValue,
  policyFault,
  policyValue,
  withPolicyValue,
} from '#domain/city/policy-settings.ts'
import type { CityPack } from '#domain/city/types.ts'
import type { Store } from './open.ts'

export interface PolicyOverride {
  path: PolicyPath
  value: PolicyValue
  /** What the pack says that was loaded last. */
  packValue: PolicyValue
  reason: string
  /** Account id. */
  by: string | null
  at: Date
}

/** A value does not fit the pack: both sentences say what to do. */
export class DoesNotFit extends Error {
  readonly path: PolicyPath
  readonly zh: string
  constructor(path: PolicyPath, message: string, zh: string) {
    super(message)
    this.name = 'DoesNotFit'
    this.path = path
    this.zh = zh
  }
}

type Sql = Store['sql'] | postgres.TransactionSql
const json = (value: PolicyValue) => JSON.stringify(value)

/** By path; those of another version of the program are left out. */
export async function listOverrides({ sql }: { sql: Sql }): Promise<PolicyOverride[]> {
  const rows = await sql<(Omit<PolicyOverride, 'path'> & { path: string })[]>`
    select path, value, pack_value as "packValue", reason, changed_by as by, changed_at as at
    from policy_override order by path`
  return rows.flatMap(({ path, ...rest }) => (isPolicyPath(path) ? [{ path, ...rest }] : []))
}

/** The pack with what stays overruled; remembers what it says itself. @throws DoesNotFit */
export async function overrule(
  sql: postgres.TransactionSql,
  pack: CityPack,
): Promise<{ pack: CityPack; overruled: PolicyPath[] }> {
  let { policies } = pack
  const kept = await listOverrides({ sql })
  for (const { path, value } of kept) {
    const fault = policyFault(policies, path, value)
    if (fault)
      throw new DoesNotFit(
        path,
        `an administrator has set ${path} to ${json(value)}, which does not fit this pack (${fault.message}): take it back first, under policies`,
        `管理员已将${path}改为${json(value)}，与本城市包不符（${fault.zh}）：请先在“策略”中撤回`,
      )
    const said = policyValue(pack.policies, path)
    await sql`update policy_override set pack_value = ${json(said)}::text::jsonb where path = ${path}`
    policies = withPolicyValue(policies, path, value)
  }
  return { pack: { ...pack, policies }, overruled: kept.map((o) => o.path) }
}

/** `back`: the pack's own value counts again. */
export type PolicyChange = { path: PolicyPath; by: string; reason: string } & (
  | { value: PolicyValue }
  | { back: true }
)

export interface PolicyChanged {
  version: number
  from: PolicyValue
  to: PolicyValue
}

/**
 * Makes a new version of the newest pack with this one value changed. @returns undefined when nothing changes, or no city is
 * loaded. @throws DoesNotFit
 */
export async function changeCityPolicy(
  { sql }: Store,
  change: PolicyChange,
): Promise<PolicyChanged | undefined> {
  const { path, by, reason } = change
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('huiyin.city'))`
    const [newest] = await tx<{ code: string; name: string; pack: CityPack }[]>`
      select code, name, pack from city order by version desc limit 1`
    if (!newest) return undefined
    const { policies } = newest.pack
    const from = policyValue(policies, path)
    const [kept] = (await listOverrides({ sql: tx })).filter((o) => o.path === path)
    const packValue = kept ? kept.packValue : from
    const to = 'value' in change ? change.value : packValue
    const fault = policyFault(policies, path, to)
    if (fault) throw new DoesNotFit(path, fault.message, fault.zh)
    if ('back' in change) {
      if (!kept) return undefined
      await tx`delete from policy_override where path = ${path}`
    } else {
      if (to === from) return undefined
      await tx`
        insert into policy_override (path, value, pack_value, reason, changed_by)
        values (${path}, ${json(to)}::text::jsonb, ${json(packValue)}::text::jsonb, ${reason}, ${by})
        on conflict (path) do update set value = excluded.value, reason = excluded.reason,
          changed_by = excluded.changed_by, changed_at = now()`
    }
    const pack = JSON.stringify({ ...newest.pack, policies: withPolicyValue(policies, path, to) })
    const [added] = await tx<{ version: number }[]>`
      insert into city (code, name, pack) values (${newest.code}, ${newest.name}, ${pack}::text::jsonb)
      returning version`
    if (!added) throw new Error('the city row was not inserted')
    return { version: added.version, from, to }
  })
}

/** Open cases that go by the pack they were filed under, and those that go by the newest. */
export async function openByPack({ sql }: Store): Promise<{ filed: number; unfiled: number }> {
  const [row] = await sql<{ filed: number; unfiled: number }[]>`
    select count(*) filter (where state ? 'filedAt')::int as filed,
      count(*) filter (where not state ? 'filedAt')::int as unfiled
    from "case" where status not in ('closed', 'rejected', 'merged', 'voided')`
  return row ?? { filed: 0, unfiled: 0 }
}
