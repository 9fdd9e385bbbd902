// To a newer bundle and one step back. The service stands still while its backup is made, so nothing that was answered is
// missing from it; whatever goes wrong before the new version answers leads back to the old one with its data.
import { readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#store/config.ts'
import { KEEP_BACKUPS, PATIENCE_S, readSettings, writeUnits } from './install.ts'
import {
  currentRelease,
  type Place,
  placeOf,
  readState,
  SERVICE,
  type State,
  switchTo,
  writeState,
} from './place.ts'
import { backupsIn } from '../backup/write-backup.ts'
import { aboutBundle, copyRelease, pruneReleases, verifyBundle } from './release.ts'
import type { System } from './system.ts'
import { unitsOf } from './units.ts'

interface Installation {
  place: Place
  state: State
  /** Name of the release in use. */
  release: string
  env: Record<string, string>
  config: Config
}

/** @throws when nothing is installed there. */
export async function openInstallation(prefix: string, system: System): Promise<Installation> {
  const place = placeOf(prefix, system.root)
  const state = await readState(place)
  const release = await currentRelease(place)
  if (!state || release === undefined)
    throw new Error(`Huiyin is not installed in ${place.prefix}: ./huiyin install`)
  return { place, state, release, ...(await readSettings(place)) }
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const sizes = await Promise.all(
    entries.filter((e) => e.isFile()).map((e) => stat(join(e.parentPath, e.name)).then((s) => s.size)),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

const MB = 2 ** 20

/** A backup and a second database must fit, else the way back would fail half-way. */
async function assertRoom({ state }: Installation, system: System): Promise<void> {
  const need = await sizeOf(join(system.root, state.dataDir, 'postgres'))
  for (const folder of [state.backupDir, state.dataDir]) {
    const free = await system.free(join(system.root, folder))
    if (free < need)
      throw new Error(
        `${folder} has ${Math.round(free / MB)} MB free; for the backup and a step back it needs ${Math.ceil(need / MB)} MB`,
      )
  }
}

/** Made by the release in use. @returns the folder of the backup */
async function backUp({ place, state, env }: Installation, system: System): Promise<string> {
  const folder = join(system.root, state.backupDir)
  const before = new Set(await backupsIn(folder))
  const code = await system.run({ release: place.current, script: 'backup', args: [folder], env })
  const made = (await backupsIn(folder)).find((name) => !before.has(name))
  // 2 = whole, but photos that the database names were not there before either.
  if ((code !== 0 && code !== 2) || made === undefined) throw new Error('There is no backup.')
  return join(folder, made)
}

export async function upgrade(
  bundle: string,
  prefix: string,
  system: System,
  now = new Date(),
): Promise<void> {
  const installed = await openInstallation(prefix, system)
  const { place, state, release: old, config } = installed
  system.say('checking the bundle')
  await verifyBundle(bundle)
  const { release, version } = await aboutBundle(bundle)
  if (release === old) throw new Error(`This version, ${release}, is the one in use.`)
  await assertRoom(installed, system)
  system.say(`copying to ${join(place.releases, release)}`)
  await copyRelease(bundle, place, release)

  system.say(`stopping ${old}`)
  system.systemctl('stop', `${SERVICE}.service`)
  let backup: string
  try {
    system.say('backup')
    backup = await backUp(installed, system)
  } catch (error) {
    system.systemctl('start', `${SERVICE}.service`)
    throw new Error(`${message(error)} Nothing was changed; ${old} runs again.`)
  }
  const { dataDir, backupDir } = state
  const units = unitsOf({ place, dataDir, backupDir, port: config.port, keepBackups: KEEP_BACKUPS })
  const unitsBefore = await writeUnits(place, units)
  const next: State = {
    ...state,
    before: { release: old, backup, at: now.toISOString(), units: unitsBefore },
  }
  await writeState(place, next)
  await switchTo(place, release)
  system.systemctl('daemon-reload')
  system.say(`starting ${release}`)
  try {
    system.systemctl('start', `${SERVICE}.service`)
    if (!(await system.becomesReady(config, PATIENCE_S))) throw new Error('it does not answer')
  } catch (error) {
    system.say(`${release} does not work (${message(error)}; journalctl -u ${SERVICE}). Going back.`)
    await stepBack({ ...installed, state: next, release }, system, now)
    throw new Error(`The upgrade failed; ${old} runs again with its data.`)
  }
  await pruneReleases(place, [old])
  system.say(
    `Version ${version} runs (${release}). Back to ${old}, with the data of the backup: huiyin rollback\nBackup: ${backup}`,
  )
}

/** @throws when there is nothing to go back to. */
export async function rollback(prefix: string, system: System, now = new Date()): Promise<void> {
  const installed = await openInstallation(prefix, system)
  const { before } = installed.state
  if (!before || before.release === installed.release)
    throw new Error(
      'There is no step back: nothing was upgraded since the installation or the last rollback.',
    )
  await stepBack(installed, system, now)
  system.say(`${before.release} runs with the data of ${before.at}.`)
}

const stamp = (now: Date) => now.toISOString().replace(/\D/g, '').slice(0, 14)

async function stepBack(installed: Installation, system: System, now: Date): Promise<void> {
  const { place, state, release: newer, env, config } = installed
  const { before } = state
  if (!before) throw new Error('there is no step back')
  system.systemctl('stop', `${SERVICE}.service`)
  // What was done with the newer version stays beside, as it is on the disk.
  const cluster = join(system.root, state.dataDir, 'postgres')
  const aside = `${cluster}-of-${newer}-${stamp(now)}`
  const isEmbedded = config.databaseUrl === undefined
  if (isEmbedded) await rename(cluster, aside)
  system.say(`restoring ${before.backup}`)
  const code = await system.run({
    release: join(place.releases, before.release),
    script: 'restore',
    args: isEmbedded ? [before.backup] : ['--replace', '--yes', before.backup],
    env,
  })
  if (code !== 0 && code !== 2) {
    const kept = isEmbedded ? ` The newer version's database is in ${aside}.` : ''
    throw new Error(
      `The backup was not restored; the service stands still.${kept} See docs/operations/upgrade.md, "A step back that failed".`,
    )
  }
  await writeUnits(place, before.units)
  await switchTo(place, before.release)
  await writeState(place, { ...state, before: undefined })
  system.systemctl('daemon-reload')
  system.systemctl('start', `${SERVICE}.service`)
  if (!(await system.becomesReady(config, PATIENCE_S)))
    throw new Error(`${before.release} does not answer after the step back: journalctl -u ${SERVICE}`)
  if (isEmbedded)
    system.say(`What was done with ${newer} is kept in ${aside}; remove it when nobody misses anything.`)
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error))
