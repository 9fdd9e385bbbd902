// PostgreSQL refuses to run as root: when we are root it runs as the system user `postgres`, made if missing.
// Otherwise it runs as ourselves.
import { spawnSync } from 'node:child_process'

export interface Ids {
  uid: number
  gid: number
}

const NAME = 'postgres'

function id(flag: '-u' | '-g'): number | undefined {
  const found = spawnSync('id', [flag, NAME], { encoding: 'utf8' })
  return found.status === 0 ? Number(found.stdout) : undefined
}

function lookUp(): Ids | undefined {
  const uid = id('-u')
  const gid = id('-g')
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}

/** Who PostgreSQL has to run as, or undefined for ourselves. @throws when there is no such user and none can be made. */
export function serviceUser(): Ids | undefined {
  if (process.getuid?.() !== 0) return undefined
  const present = lookUp()
  if (present !== undefined) return present
  const ways = [
    [
      'useradd',
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      NAME,
    ],
    ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', NAME],
  ] as const
  for (const [command, ...args] of ways) {
    if (spawnSync(command, args).status !== 0) continue
    const made = lookUp()
    if (made !== undefined) return made
  }
  throw new Error(
    [
      `PostgreSQL does not run as root, and the system user \`${NAME}\` is missing and could not be made.`,
      'Make it (useradd --system postgres), run Huiyin as an ordinary user, or give a server with DATABASE_URL=postgres://…',
    ].join('\n'),
  )
}

/** Whether that user can run `file` where it lies: tried, because modes alone don't tell (ACLs, noexec mounts). */
export function canRun(file: string, args: string[], user: Ids): boolean {
  return spawnSync(file, args, { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

/** Whether that user can get into the folder. */
export function canEnter(folder: string, user: Ids): boolean {
  return canRun('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], user)
}
