// Whether a request has changed anything. Rows are told by where PostgreSQL keeps them and which transaction wrote them:
// any insert, update or delete shows, also one that writes what was there before. Most refused requests never get a
// transaction number at all; then nothing needs to be read.
import pg from 'pg'
import { tablesOf } from '#store/catalogue.ts'

/** What a refused request may write, and what a system writes by itself. Everything else is held still. */
export const MAY_CHANGE: Readonly<Record<string, string>> = {
  session: 'using one prolongs it; those that ran out go when another is opened',
  screen_session: 'the same, of screens',
  screen: 'when it was last seen',
  login_failure: 'wrong passwords are counted',
  number_series: 'numbers are taken in blocks, ahead of their use',
  demo: 'its clock notes where it stands',
  process: 'each process says every ten seconds that it is there',
}
/** Of these, more rows are no change: a refusal that is audited. */
const MAY_GROW: Readonly<Record<string, string>> = {
  admin_audit: 'a name being locked after wrong passwords is noted',
}
export const EXCEPTED = { ...MAY_CHANGE, ...MAY_GROW }

type Digest = ReadonlyMap<string, string>

export interface Watch {
  /** After what was meant to change things. */
  note(): Promise<void>
  /** Tables that are not as they were at the last `note`. */
  changed(): Promise<string[]>
  /** Times that the tables were read, and that the transaction number alone told. */
  counts: { read: number; byNumber: number }
  close(): Promise<void>
}

export async function openWatch(databaseUrl: string): Promise<Watch> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'huiyin-fuzz-watch' })
  await client.connect()
  const tables = (await tablesOf(client)).map((t) => t.name).filter((name) => !(name in EXCEPTED))
  const statement = tables
    .map(
      (name) => `
      select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(
        concat(t.tableoid, ' ', t.xmin, ' ', t.ctid), 0)), 0) as digest from "${name}" t`,
    )
    .join(' union all ')
  const counts = { read: 0, byNumber: 0 }

  /** The next transaction number to be given out; asking for it takes none. */
  async function nextNumber(): Promise<string> {
    const { rows } = await client.query<{ n: string }>(
      'select pg_snapshot_xmax(pg_current_snapshot())::text as n',
    )
    return rows[0]?.n ?? ''
  }
  async function digest(): Promise<Digest> {
    const { rows } = await client.query<{ name: string; digest: string }>(statement)
    return new Map(rows.map((r) => [r.name, r.digest]))
  }

  let number = ''
  let before: Digest = new Map()
  const note = async () => {
    number = await nextNumber()
    before = await digest()
  }
  await note()
  return {
    note,
    counts,
    async changed() {
      const now = await nextNumber()
      if (now === number) {
        counts.byNumber += 1
        return []
      }
      counts.read += 1
      const after = await digest()
      number = now
      return [...after].flatMap(([name, digest]) => (before.get(name) === digest ? [] : [name]))
    },
    close: () => client.end(),
  }
}
