// Builds the dashboard when its sources have changed since the last build; otherwise does nothing. A build appears
// whole or not at all, so that a server that is running never serves half of one.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DIST = join(ROOT, 'dashboard', 'dist')
const STAMP = '.huiyin-build'
const SOURCES = ['dashboard', 'domain', 'vite.config.ts', 'package-lock.json']

async function files(path: string): Promise<string[]> {
  if (path === DIST) return []
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (entries === undefined) return [path]
  const nested = await Promise.all(entries.map((entry) => files(join(path, entry.name))))
  return nested.flat().filter((file) => !/\.test\.tsx?$/.test(file))
}

/** Changes when, and only when, anything that the build reads has changed. */
export async function sourceHash(root = ROOT, sources = SOURCES): Promise<string> {
  const hash = createHash('sha256')
  const present = sources.filter((source) => existsSync(join(root, source)))
  const paths = (await Promise.all(present.map((source) => files(join(root, source))))).flat().sort()
  for (const path of paths) {
    const content = await readFile(path)
    hash.update(`${path.slice(root.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

async function builtHash(): Promise<string | undefined> {
  const stamp = join(DIST, STAMP)
  if (!existsSync(stamp) || !existsSync(join(DIST, 'index.html'))) return undefined
  return (await readFile(stamp, 'utf8')).trim()
}

/** Vite in a process of its own: its memory goes when it ends, and the server's event loop stays free. */
function viteBuild(outDir: string): Promise<void> {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  const options = [
    '--config',
    join(ROOT, 'vite.config.ts'),
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(process.execPath, [vite, 'build', ...options], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString('utf8')
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The dashboard could not be built:\n${output.trim()}`)),
    )
  })
}

/** Builds if stale; answers whether it did. What came built, without the sources, stays as it is. */
export async function ensureDashboard(): Promise<boolean> {
  if (!existsSync(join(ROOT, 'dashboard', 'index.html')) && existsSync(join(DIST, 'index.html'))) return false
  const hash = await sourceHash()
  if ((await builtHash()) === hash) return false
  const draft = join(ROOT, '.tmp', `dashboard-${process.pid}`)
  const old = `${draft}-old`
  await mkdir(join(ROOT, '.tmp'), { recursive: true })
  try {
    await viteBuild(draft)
    await writeFile(join(draft, STAMP), `${hash}\n`)
    if (existsSync(DIST)) await rename(DIST, old)
    await rename(draft, DIST)
  } finally {
    for (const rest of [draft, old]) await rm(rest, { recursive: true, force: true })
  }
  return true
}
