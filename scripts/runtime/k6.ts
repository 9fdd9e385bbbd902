// k6, which runs the scripts of load-tests/: found on PATH or where Go puts programs; built from its module where there is
// Go and somebody asked for it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

export const HOW_TO_GET_K6 =
  'Get it from https://k6.io, or with Go: go install go.k6.io/k6@latest (or go.k6.io/k6/v2@latest).'

const MODULES = ['go.k6.io/k6/v2@latest', 'go.k6.io/k6@latest']
const BUILT_WITHIN_MS = 10 * 60_000

const goBin = () => join(process.env.GOPATH ?? join(homedir(), 'go'), 'bin')

function find(name: string, folders: readonly string[]): string | undefined {
  return [...(process.env.PATH ?? '').split(delimiter), ...folders]
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file))
}

/** @returns the program's path. */
export const findK6 = (): string | undefined => find('k6', [goBin()])

/** Finds k6, or builds it with Go, which takes some minutes the first time. */
export function ensureK6(log: (line: string) => void): string | undefined {
  const found = findK6()
  const go = find('go', ['/usr/local/go/bin'])
  if (found !== undefined || go === undefined) return found
  for (const module of MODULES) {
    log(`k6 is missing; building ${module} with Go …`)
    const built = spawnSync(go, ['install', module], { encoding: 'utf8', timeout: BUILT_WITHIN_MS })
    if (built.status === 0) return findK6()
    log(`  ${built.stderr.trim().split('\n').at(-1) ?? 'it could not be built'}`)
  }
  return undefined
}
