// Roles and databases of the embedded server. `huiyin_owner` owns the main database and migrates it, `huiyin_app` is
// what api and worker connect as; the queue is disposable and belongs to the application.
import postgres from 'postgres'
import { databaseName, withDatabase } from '#store/config.ts'

export const ROLES = { admin: 'postgres', owner: 'huiyin_owner', app: 'huiyin_app' } as const
export type Role = keyof typeof ROLES
export type Passwords = Record<Role, string>

export const MAIN = 'huiyin'
export const QUEUE = 'huiyin_queue'

function connect(url: string): postgres.Sql {
  return postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'huiyin-setup' } })
}

/** Makes or refreshes the two roles. Passwords must be free of quotes. */
export async function prepareRoles(adminUrl: string, passwords: Passwords): Promise<void> {
  const sql = connect(adminUrl)
  try {
    // The owner may make databases: replays and restores get one of their own.
    const wanted = [
      [ROLES.owner, 'createdb', passwords.owner],
      [ROLES.app, 'nocreatedb', passwords.app],
    ] as const
    for (const [role, right, password] of wanted) {
      const [present] = await sql`select 1 from pg_roles where rolname = ${role}`
      const verb = present === undefined ? 'create' : 'alter'
      await sql.unsafe(`${verb} role ${role} login nosuperuser ${right} password '${password}'`)
    }
  } finally {
    await sql.end()
  }
}

/** Makes a database for `owner` as the administrator. False if it was there already. */
export async function makeDatabase(adminUrl: string, name: string, owner: Role): Promise<boolean> {
  const sql = connect(adminUrl)
  try {
    const [present] = await sql`select 1 from pg_database where datname = ${name}`
    if (present !== undefined) return false
    await sql`create database ${sql(name)} owner ${sql(ROLES[owner])}`
    return true
  } finally {
    await sql.end()
  }
}

/**
 * Makes the database that `url` names, on any server, if it is missing. True if it was made.
 * @throws with advice when the server can't be reached or the role may not make one.
 */
export async function ensureDatabase(url: string): Promise<boolean> {
  const name = databaseName(url)
  const server = new URL(url).host
  const direct = connect(url)
  try {
    await direct`select 1`
    return false
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code !== '3D000')
      throw new Error(`The database ${name} on ${server} can't be reached: ${message}`, { cause: error })
  } finally {
    await direct.end()
  }
  const maintenance = connect(withDatabase(url, 'postgres'))
  try {
    await maintenance`create database ${maintenance(name)}`
    return true
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === '42P04') return false
    throw new Error(
      `The database ${name} is missing on ${server} and could not be made (${message}). Make it there: createdb ${name}`,
      { cause: error },
    )
  } finally {
    await maintenance.end()
  }
}
