// The floor for writes: pgbench's simple-update transactions on the same server, with fsync, as its own process.
import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const HOW_TO_GET_PGBENCH =
  'pgbench comes with PostgreSQL (Debian: apt install postgresql-contrib or postgresql-15)'

/** Path of pgbench, or undefined. */
export function findPgbench(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(':').map((p) => `${p}/pgbench`)
  return [...onPath, ...globSync('/usr/lib/postgresql/*/bin/pgbench')].find((p) => existsSync(p))
}

export async function preparePgbench(program: string, url: string): Promise<void> {
  await run(program, ['-i', '-q', '-s', '10', url])
}

/** @returns transactions a second. */
export async function pgbench(
  program: string,
  url: string,
  clients: number,
  seconds: number,
): Promise<number> {
  const { stdout } = await run(program, [
    '-N',
    '-n',
    '-c',
    String(clients),
    '-j',
    '2',
    '-T',
    String(seconds),
    url,
  ])
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1]
  if (tps === undefined) throw new Error(`pgbench said: ${stdout}`)
  return Number(tps)
}
