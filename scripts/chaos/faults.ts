// What goes wrong, one thing at a time or several at once: each fault lasts as long as its promise.
import { randomUUID } from 'node:crypto'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import type { Program } from '../town/program.ts'
import type { Town } from '../town/town.ts'

export interface Fault {
  name: string
  strike(town: Town, random: () => number): Promise<void>
}

const anyOf = (programs: readonly Program[], random: () => number): Program => {
  const found = programs[Math.floor(random() * programs.length)]
  if (!found) throw new Error('there is no program to pick')
  return found
}

async function pause(program: Program, ms: number): Promise<void> {
  program.signal('SIGSTOP')
  await delay(ms)
  program.signal('SIGCONT')
}

/** Its machine's clock is an hour off until the process ends the next time. */
async function skew(program: Program, random: () => number): Promise<void> {
  const hours = random() < 0.5 ? 1 : -1
  program.env = {
    NODE_OPTIONS: `--import=${fileURLToPath(new URL('./skew.mjs', import.meta.url))}`,
    SKEW_MS: String(hours * 3_600_000),
  }
  program.signal('SIGKILL')
  await delay(1_000)
  program.env = {}
}

/** A transaction that holds rows of cases, and the horizon of every snapshot, for seconds. */
async function holdTransaction(url: string, ms: number): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.begin(async (held) => {
      await held`select pg_current_xact_id()`
      await held`select 1 from "case" where status <> 'closed' order by random() limit 5 for update`
      await delay(ms)
    })
  } catch {
    // Another fault took its connection away, or the server ended it for idling: both are fine here.
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function fillPhotoDisk(folder: string, ms: number): Promise<void> {
  const filler = join(folder, `filler-${randomUUID()}`)
  const { bavail, bsize } = await statfs(folder)
  await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - 4096))).catch(() => undefined)
  await delay(ms)
  await rm(filler, { force: true })
}

/** What can be done to this town. */
export function faultsFor({ killRedis, photoDisk }: Town): Fault[] {
  return [
    { name: 'kill api', strike: async (t, r) => anyOf(t.apis, r).signal('SIGKILL') },
    { name: 'kill worker', strike: async (t, r) => anyOf(t.workers, r).signal('SIGKILL') },
    { name: 'kill database', strike: (t) => t.killDatabase() },
    { name: 'flush queue', strike: (t) => t.flushQueue() },
    { name: 'pause api', strike: (t, r) => pause(anyOf(t.apis, r), 500 + 4_000 * r()) },
    { name: 'pause worker', strike: (t, r) => pause(anyOf(t.workers, r), 500 + 20_000 * r()) },
    { name: 'skew worker', strike: (t, r) => skew(anyOf(t.workers, r), r) },
    { name: 'cut database', strike: async (t) => t.cables.database.cut() },
    { name: 'hold transaction', strike: (t, r) => holdTransaction(t.databaseUrl(), 1_000 + 8_000 * r()) },
    ...(killRedis
      ? [
          { name: 'kill Redis', strike: () => killRedis() },
          { name: 'cut queue', strike: async (t: Town) => t.cables.queue.cut() },
        ]
      : []),
    ...(photoDisk === undefined
      ? []
      : [
          {
            name: 'fill photo disk',
            strike: (_: Town, r: () => number) => fillPhotoDisk(photoDisk, 1_000 + 3_000 * r()),
          },
        ]),
  ]
}
