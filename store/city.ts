// City packs in the database: versions appended whole, never changed, and the accounts a pack names. Keeps compiled
// cities by version; knows nothing of folders and files.
import { v7 } from 'uuid'
import { compileCity } from '#domain/city/compile.ts'
import type { PolicyPath } from '#domain/city/policy-settings.ts'
import type { City, CityPack, PackUser } from '#domain/city/types.ts'
import type { Store } from './open.ts'
import { hashPassword } from './passwords.ts'
import { overrule } from './policy-overrides.ts'

export interface LoadedPack {
  version: number
  /** The newest version had the same contents already, so none was added. */
  unchanged: boolean
  /** Policies of which an administrator's value stands instead of the pack's. */
  overruled: PolicyPath[]
}

export interface LoadOptions {
  /** Makes account ids. */
  newId?: () => string
  /** False: the pack's accounts are left alone. */
  accounts?: boolean
  /** Refused unless this is still the newest version. */
  onlyOver?: number | undefined
}

/** Somebody else has loaded a pack meanwhile. */
export class NewerPack extends Error {}

/**
 * All or nothing: the pack becomes the newest version, and its accounts are made or brought up to date by username.
 * A password of the pack is set only where an account has none; outside a demo it must be changed at the first login.
 * Accounts that the pack doesn't name are left alone. What an administrator has overruled stays so.
 * @throws NewerPack; DoesNotFit when a value that an administrator has set makes no sense with this pack
 */
export async function loadPack(
  store: Store,
  given: CityPack,
  { newId = v7, accounts = true, onlyOver }: LoadOptions = {},
): Promise<LoadedPack> {
  const users = accounts ? given.users : []
  const hashes = await newPasswords(store, users, given.demo === true)
  return store.sql.begin(async (sql) => {
    // One load at a time, so that "the newest" means the same to both comparisons.
    await sql`select pg_advisory_xact_lock(hashtext('huiyin.city'))`
    const { pack, overruled } = await overrule(sql, given)
    const contents = JSON.stringify({ ...pack, users: pack.users.map(({ password: _, ...user }) => user) })
    for (const user of users) {
      const hash = hashes.get(user.username) ?? null
      await sql`
        insert into account (id, username, name, posts, department, areas, password_hash, must_change)
        values (${newId()}, ${user.username}, ${user.name}, ${user.posts}, ${user.department ?? null}, ${user.areas},
          ${hash}, ${hash !== null && pack.demo !== true})
        on conflict (username) do update set
          name = excluded.name, posts = excluded.posts, department = excluded.department, areas = excluded.areas,
          password_hash = coalesce(account.password_hash, excluded.password_hash),
          must_change = case when account.password_hash is null then excluded.must_change else account.must_change end`
    }
    const [newest] = await sql<{ version: number; same: boolean }[]>`
      select version, pack = ${contents}::text::jsonb as same from city order by version desc limit 1`
    if (onlyOver !== undefined && newest?.version !== onlyOver) throw new NewerPack('a newer pack was loaded')
    if (newest?.same) return { version: newest.version, unchanged: true, overruled }
    const [added] = await sql<{ version: number }[]>`
      insert into city (code, name, pack) values (${pack.code}, ${pack.name}, ${contents}::text::jsonb)
      returning version`
    if (!added) throw new Error('the city row was not inserted')
    return { version: added.version, unchanged: false, overruled }
  })
}

/**
 * Hashes by username, each with its own salt, of the accounts that have no password yet. Costly: before any lock. The
 * accounts of a demo have one well-known password: it is hashed once a load and they share the hash, or two hundred of
 * them would keep the first start waiting.
 */
async function newPasswords(
  { sql }: Store,
  users: readonly PackUser[],
  isDemo: boolean,
): Promise<Map<string, string>> {
  const given = users.filter((u) => u.password !== undefined)
  const kept = await sql<{ username: string }[]>`
    select username from account
    where username = any(${given.map((u) => u.username)}) and password_hash is not null`
  const settled = new Set(kept.map((r) => r.username))
  const shared = new Map<string, Promise<string>>()
  const hashOf = (password: string): Promise<string> => {
    if (!isDemo) return hashPassword(password)
    const hash = shared.get(password) ?? hashPassword(password)
    shared.set(password, hash)
    return hash
  }
  const hashes = await Promise.all(
    given
      .filter((u) => !settled.has(u.username))
      .map(async (u) => [u.username, await hashOf(u.password ?? '')] as const),
  )
  return new Map(hashes)
}

/** The newest pack as it is stored; undefined when none has been loaded. */
export async function newestPack({ sql }: Store): Promise<{ version: number; pack: CityPack } | undefined> {
  const [row] = await sql<{ version: number; pack: CityPack }[]>`
    select version, pack from city order by version desc limit 1`
  return row
}

const compiled = new WeakMap<Store, Map<number, Promise<City>>>()

/** The newest city; undefined when none has been loaded. */
export async function currentCity(store: Store): Promise<City | undefined> {
  const [row] = await store.sql<{ version: number | null }[]>`select max(version) as version from city`
  return row?.version == null ? undefined : cityVersion(store, row.version)
}

/** Compiled once a process. @throws when there is no such version. */
export async function cityVersion(store: Store, version: number): Promise<City> {
  const versions = compiled.get(store) ?? new Map<number, Promise<City>>()
  compiled.set(store, versions)
  const known = versions.get(version)
  if (known) return known
  const city = readVersion(store, version)
  versions.set(version, city)
  // A failed read must not be remembered; the caller gets the error itself.
  city.catch(() => versions.delete(version))
  return city
}

async function readVersion({ sql }: Store, version: number): Promise<City> {
  const [row] = await sql<{ pack: CityPack }[]>`select pack from city where version = ${version}`
  if (!row) throw new Error(`no city of version ${version}`)
  return compileCity(row.pack, version)
}
