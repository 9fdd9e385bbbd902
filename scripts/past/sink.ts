// Lines into tables through COPY, one connection a table. A table is emptied and filled in one transaction, so that its
// rows need no second visit by vacuum; indexes that no constraint rests on are made afterwards.
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { setAsideOf } from '#store/catalogue.ts'
import { connectDirect, quoted } from '#store/direct.ts'

const NAME = 'huiyin-generate'
const CHUNK = 1 << 18

export interface Sink<T extends string> {
  /** Takes a line; wait when it says so. */
  add(table: T, line: string): void
  /** Resolves when no connection is behind. */
  drained(): Promise<void>
  /** Bytes of lines so far. */
  readonly bytes: number
  /** Commits every table. */
  end(): Promise<void>
  /** Leaves every table as it was. */
  abandon(): Promise<void>
}

/** @param tables columns of each, in the order of its lines. */
export async function openSink<T extends string>(
  ownerUrl: string,
  tables: Readonly<Record<T, readonly string[]>>,
): Promise<Sink<T>> {
  const open = new Map<string, Awaited<ReturnType<typeof openTable>>>()
  for (const [name, columns] of Object.entries<readonly string[]>(tables))
    open.set(name, await openTable(ownerUrl, name, columns))
  let bytes = 0
  return {
    get bytes() {
      return bytes
    },
    add(table, line) {
      const t = open.get(table)
      if (!t) throw new Error(`no table ${table}`)
      bytes += line.length
      t.add(line)
    },
    async drained() {
      await Promise.all([...open.values()].map((t) => t.drained()))
    },
    async end() {
      await Promise.all([...open.values()].map((t) => t.end()))
    },
    async abandon() {
      await Promise.all([...open.values()].map((t) => t.abandon()))
    },
  }
}

async function openTable(ownerUrl: string, name: string, columns: readonly string[]) {
  const client = await connectDirect(ownerUrl, NAME)
  await client.query('begin')
  await client.query(`alter table ${quoted(name)} disable trigger user`)
  await client.query(`truncate ${quoted(name)}`)
  const target: Writable = client.query(
    copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin with (freeze)`),
  )
  let failed: unknown
  target.on('error', (error) => {
    failed = error
  })
  let lines = ''
  const flush = () => {
    if (failed !== undefined) throw failed
    if (lines !== '') target.write(lines)
    lines = ''
  }
  return {
    add(line: string) {
      lines += line
      if (lines.length >= CHUNK) flush()
    },
    async drained() {
      if (failed !== undefined) throw failed
      if (target.writableNeedDrain)
        await new Promise<void>((resolve) => {
          target.once('drain', resolve)
          target.once('error', () => resolve())
        })
    },
    async end() {
      flush()
      target.end()
      await finished(target)
      await client.query(`alter table ${quoted(name)} enable trigger user`)
      await client.query('commit')
      await client.end()
    },
    async abandon() {
      target.destroy()
      await client.end()
    },
  }
}

/** Runs `work` without foreign keys and secondary indexes, and makes them again whatever happens. */
export async function withoutIndexes<T>(
  ownerUrl: string,
  work: () => Promise<T>,
  onIndex: (statement: string) => void,
): Promise<T> {
  const client = await connectDirect(ownerUrl, NAME)
  try {
    await client.query(`set maintenance_work_mem = '512MB'; set max_parallel_maintenance_workers = 2`)
    const aside = await setAsideOf(client)
    for (const statement of aside.drop) await client.query(statement)
    try {
      return await work()
    } finally {
      for (const statement of aside.make) {
        onIndex(statement)
        await client.query(statement)
      }
      await client.query('analyze')
    }
  } finally {
    await client.end()
  }
}
