// `huiyin` of a bundle: installs, upgrades, goes back, and hands every other command on with the settings of the
// installation it belongs to.
import { readdir, realpath, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { commandsOf } from './bundle/contents.ts'
import { type Arguments, HELP, parseArguments } from './manage/arguments.ts'
import { install, setUp } from './manage/install.ts'
import { type Place, placeOf, readState } from './manage/place.ts'
import { realSystem, runAsService } from './manage/system.ts'
import { uninstall } from './manage/uninstall.ts'
import { openInstallation, rollback, upgrade } from './manage/upgrade.ts'

const BUNDLE = await realpath(fileURLToPath(new URL('../..', import.meta.url)))
const system = realSystem(
  (line) => console.log(line),
  async (path) => {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  },
)

const files = await readdir(join(BUNDLE, 'app', 'scripts'))
const commands = commandsOf(files.map((name) => `scripts/${name}`)).filter((name) => name !== 'manage')
const parsed = parseArguments(process.argv.slice(2), commands)
if (typeof parsed === 'string') {
  console.error(`${parsed}\n\n${HELP}`)
  process.exit(2)
}
try {
  process.exitCode = await act(parsed)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function act(wanted: Arguments): Promise<number> {
  switch (wanted.action) {
    case 'help':
      console.log(HELP)
      return 0
    case 'run':
      return handOn(wanted.script, wanted.args)
    case 'status':
      return status(wanted.prefix)
    case 'install':
      assertRoot()
      await install({ ...wanted, bundle: BUNDLE }, system)
      return 0
    case 'setup': {
      assertRoot()
      const { place, state } = await openInstallation(wanted.prefix, system)
      await setUp(wanted.city, { place, state, system })
      return 0
    }
    case 'upgrade':
      assertRoot()
      await upgrade(BUNDLE, wanted.prefix, system)
      return 0
    case 'rollback':
      assertRoot()
      if (!wanted.yes) await ask(wanted.prefix)
      await rollback(wanted.prefix, system)
      return 0
    case 'uninstall':
      assertRoot()
      await uninstall(wanted.prefix, system)
      return 0
  }
}

function assertRoot(): void {
  if (process.getuid?.() !== 0) throw new Error('This changes the machine: run it with sudo, or as root.')
}

async function ask(prefix: string): Promise<void> {
  const { before } = (await openInstallation(prefix, system)).state
  if (!before) return
  if (!process.stdin.isTTY) throw new Error('rollback asks first; without a terminal add --yes')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(
    `Back to ${before.release} with its data of ${before.at}. What was done since goes from the system.\nType rollback to go on: `,
  )
  terminal.close()
  if (answer.trim() !== 'rollback') throw new Error('Nothing was changed.')
}

/** The place that this bundle is a release of; undefined for one that is only unpacked. */
async function ownPlace(): Promise<Place | undefined> {
  const place = placeOf(resolve(BUNDLE, '../..'))
  return dirname(BUNDLE) === place.releases && (await readState(place)) ? place : undefined
}

async function handOn(script: string, args: readonly string[]): Promise<number> {
  const place = await ownPlace()
  const own = Object.fromEntries(Object.entries(process.env).filter(([, v]) => v !== undefined)) as Record<
    string,
    string
  >
  if (!place)
    return runAsService({ release: BUNDLE, script, args, env: { DATA_DIR: join(BUNDLE, 'data'), ...own } })
  if (args.includes('--help') || args.includes('-h'))
    return runAsService({ release: BUNDLE, script, args, env: own })
  if (script === 'start') throw new Error('It is a service here: systemctl start huiyin')
  assertRoot()
  const { env, state } = await openInstallation(place.prefix, system)
  const given = script === 'backup' && args.length === 0 ? [state.backupDir] : args
  return runAsService({ release: BUNDLE, script, args: given, env })
}

async function status(prefix: string): Promise<number> {
  assertRoot()
  const { release, state, config } = await openInstallation(prefix, system)
  const isReady = await system.becomesReady(config, 0)
  console.log(
    [
      `version   ${release}`,
      `address   ${config.publicUrl}`,
      `data      ${state.dataDir}`,
      `backups   ${state.backupDir}`,
      `one back  ${state.before?.release ?? 'none'}`,
      `answers   ${isReady ? 'yes' : 'no: journalctl -u huiyin'}`,
    ].join('\n'),
  )
  return isReady ? 0 : 1
}
