// From an unpacked bundle to a service that starts with the machine; and from a city's folder to its first administrator.
import { existsSync } from 'node:fs'
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Config } from '#store/config.ts'
import {
  currentRelease,
  type Place,
  placeOf,
  readIfThere,
  type State,
  switchTo,
  writeState,
} from './place.ts'
import { aboutBundle, copyRelease, pruneReleases, verifyBundle } from './release.ts'
import { firstSettings, isForOthers, parseSettings } from './settings.ts'
import type { System } from './system.ts'
import { ENABLED, unitsOf } from './units.ts'

export interface InstallOptions {
  /** Folder of the unpacked bundle. */
  bundle: string
  prefix: string
  dataDir: string
  backupDir: string
  port: number
  tls: boolean
  publicUrl?: string | undefined
  demo: boolean
  /** Folder of a city pack. */
  city?: string | undefined
}

export const KEEP_BACKUPS = 30
/** A first start makes the database; one after an upgrade may migrate for long. */
export const PATIENCE_S = 900

/** Writes the units of a place. @returns what stood there before, by file name */
export async function writeUnits(place: Place, units: Readonly<Record<string, string>>) {
  const before: Record<string, string> = {}
  await mkdir(place.unitDir, { recursive: true })
  for (const [name, text] of Object.entries(units)) {
    const file = join(place.unitDir, name)
    const present = await readIfThere(file)
    if (present !== undefined) before[name] = present
    await writeFile(file, text)
  }
  return before
}

export async function readSettings(place: Place) {
  const text = await readIfThere(place.envFile)
  if (text === undefined)
    throw new Error(`${place.envFile} is missing: put the copy from beside your backups back`)
  return parseSettings(text, place.envFile)
}

/** @throws with what is wrong and what to do. */
export async function install(options: InstallOptions, system: System): Promise<void> {
  const { bundle, dataDir, backupDir, city } = options
  const place = placeOf(options.prefix, system.root)
  if ((await currentRelease(place)) !== undefined)
    throw new Error(`Huiyin is installed in ${place.prefix} already. A newer bundle: ./huiyin upgrade`)
  system.say('checking the bundle')
  await verifyBundle(bundle)
  const { release } = await aboutBundle(bundle)
  system.makeUser()
  for (const folder of [dataDir, backupDir]) {
    const at = join(system.root, folder)
    await mkdir(at, { recursive: true, mode: 0o700 })
    system.own(at)
  }
  system.say(`copying to ${join(place.releases, release)}`)
  await copyRelease(bundle, place, release)
  await mkdir(dirname(place.envFile), { recursive: true, mode: 0o755 })
  if (existsSync(place.envFile)) system.say(`the settings in ${place.envFile} stay as they are`)
  else await writeFile(place.envFile, firstSettings(options), { mode: 0o600 })
  const { config } = await readSettings(place)
  await writeState(place, { dataDir, backupDir })
  await switchTo(place, release)
  await writeUnits(
    place,
    unitsOf({ place, dataDir, backupDir, port: config.port, keepBackups: KEEP_BACKUPS }),
  )
  await mkdir(dirname(place.command), { recursive: true })
  await rm(place.command, { force: true })
  await symlink(join(place.current, 'huiyin'), place.command)
  await pruneReleases(place, [])
  system.systemctl('daemon-reload')
  system.systemctl('enable', ...ENABLED)
  const state: State = { dataDir, backupDir }
  if (city !== undefined) return setUp(city, { place, state, system })
  if (options.demo || hasData(join(system.root, dataDir))) return start(place, config, system)
  system.say(
    [
      'Installed; it starts with the machine once it has a city. Next:',
      '  huiyin city new DIR          an empty city pack to fill in (or copy the one of app/cities/sample)',
      '  huiyin city check DIR        every fault of it',
      '  huiyin setup DIR             loads it, makes the first administrator, starts the service',
    ].join('\n'),
  )
}

const hasData = (dataDir: string) => existsSync(join(dataDir, 'postgres.json'))

/** Loads a city pack, shows the first administrator's password once, and starts the service. */
export async function setUp(
  city: string,
  { place, system }: { place: Place; state: State; system: System },
): Promise<void> {
  const { env, config } = await readSettings(place)
  const release = place.current
  const code = await system.run({
    release,
    script: 'city',
    args: ['load', resolve(city), '--first-admin'],
    env,
  })
  if (code !== 0) throw new Error('The city was not loaded; the service is not started.')
  await start(place, config, system)
}

async function start(place: Place, config: Config, system: System): Promise<void> {
  system.systemctl('restart', ...ENABLED)
  system.say('waiting until it answers')
  if (!(await system.becomesReady(config, PATIENCE_S)))
    throw new Error(
      `It does not answer. Its words: journalctl -u huiyin -n 50; then systemctl restart huiyin`,
    )
  system.say(`Huiyin runs at ${config.publicUrl}, and starts with the machine.`)
  if (config.tls?.kind === 'own') {
    const { hostname } = new URL(config.publicUrl)
    system.say(`Phones learn to trust it at http://${hostname}:${config.httpPort}/trust`)
  }
  if (!isForOthers(config)) system.say(`Set PUBLIC_URL in ${place.envFile} to the address that others use.`)
  system.say(`Settings: ${place.envFile} (keep a copy beside your backups)`)
}
