// Which files of this tree go into a bundle: what production runs and reads, without tests and what only developers use.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Commands that need development packages or a clone. */
const DEVELOPERS = ['test', 'bench', 'load', 'soak', 'fuzz', 'chaos', 'build', 'bundle', 'run']
const LEFT_OUT = [
  /\.test\.tsx?$/,
  /(^|\/)testing(\/|[.-])/,
  /(^|\/)test-setup\.ts$/,
  new RegExp(`^scripts/(${DEVELOPERS.join('|')})(\\.ts|\\.mjs|/(?!(about|contents|sums)\\.ts$))`),
  /^scripts\/[^/]+-doc\.ts$/,
  /^scripts\/(compose|streams|town)\//,
  /^scripts\/runtime\/(install\.(d\.mts|mjs)|browser\.ts)$/,
]
const BESIDE = ['migrations', 'cities', 'docs', 'dashboard/dist']
const FILES = ['package.json', 'package-lock.json', 'LICENSE', 'README.md', 'CHANGELOG.md']

export interface Manifest {
  version: string
  /** `#name/*` to a folder. */
  imports: Record<string, string>
}

export async function readManifest(root: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest
}

async function walk(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length))
}

/** Paths relative to `root`, sorted. The dashboard has been built. */
export async function bundleFiles(root: string): Promise<string[]> {
  const { imports } = await readManifest(root)
  const folders = Object.values(imports).map((target) => target.replace(/^\.\/|\/\*$/g, ''))
  const all = await Promise.all([...new Set([...folders, ...BESIDE])].map((folder) => walk(root, folder)))
  return [...FILES, ...all.flat()].filter((file) => !LEFT_OUT.some((pattern) => pattern.test(file))).sort()
}

/** What `huiyin NAME` may run: the commands of `scripts/` that are in a bundle. */
export const commandsOf = (files: readonly string[]): string[] =>
  files.flatMap((file) => /^scripts\/([a-z]+)\.ts$/.exec(file)?.[1] ?? [])
