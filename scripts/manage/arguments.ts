// The arguments of `huiyin`: what manages an installation, and the commands that it hands on.
import { parseArgs } from 'node:util'
import { PREFIX } from './place.ts'

export interface InstallArguments {
  action: 'install'
  prefix: string
  dataDir: string
  backupDir: string
  port: number
  tls: boolean
  publicUrl: string | undefined
  demo: boolean
  city: string | undefined
}

export type Arguments =
  | { action: 'help' }
  | InstallArguments
  | { action: 'setup'; prefix: string; city: string }
  | { action: 'upgrade' | 'uninstall' | 'status'; prefix: string }
  | { action: 'rollback'; prefix: string; yes: boolean }
  /** A command of scripts/, as `npm run` has it. */
  | { action: 'run'; script: string; args: string[] }

export const HELP = `
./huiyin start              tries it here, as any user: the demo at http://127.0.0.1:8080, data in ./data
sudo ./huiyin install       installs it as a systemd service of its own user
sudo ./huiyin upgrade       from a newer bundle: backup, switch, check; back by itself when the new one does not answer
sudo huiyin rollback        one step back: the version before the last upgrade, with the data it had
sudo huiyin uninstall       takes the program away; data, backups and settings stay
sudo huiyin setup DIR       loads a city pack, shows the first administrator's password once, starts the service
huiyin status               which version, does it answer

install:  --city DIR        loads this city pack at once, as setup does
          --demo            the demo city in place of one
          --port N          8080
          --public-url URL  what people type into their browsers (this machine's first address)
          --tls own|off     own: HTTPS with an authority of this installation; off: behind a proxy that does TLS
          --data DIR        /srv/huiyin
          --backups DIR     /var/backups/huiyin; better on another disk
          --prefix DIR      ${PREFIX}
rollback: --yes             does not ask

Every other command of Huiyin: huiyin backup, restore, audit, city, rebuild, erase, replay, demo … (each has --help).
Where a document says \`npm run NAME -- …\` or \`npm start\`, here it is \`huiyin NAME …\`.
`.trim()

const MANAGED = ['install', 'setup', 'upgrade', 'rollback', 'uninstall', 'status'] as const
type Managed = (typeof MANAGED)[number]
const isManaged = (text: string): text is Managed => (MANAGED as readonly string[]).includes(text)

const OWN: Readonly<Record<Managed, readonly string[]>> = {
  install: ['prefix', 'data', 'backups', 'port', 'tls', 'public-url', 'demo', 'city'],
  setup: ['prefix'],
  upgrade: ['prefix'],
  rollback: ['prefix', 'yes'],
  uninstall: ['prefix'],
  status: ['prefix'],
}

const isFolder = (path: string) => /^\/[\w./-]+$/.test(path) && !path.split('/').includes('..')

/** @param commands names that are handed on. @returns a sentence when they make no sense. */
export function parseArguments(argv: readonly string[], commands: readonly string[]): Arguments | string {
  const [action, ...args] = argv
  if (action === undefined || action === 'help' || action === '--help' || action === '-h')
    return { action: 'help' }
  if (!isManaged(action)) {
    if (commands.includes(action)) return { action: 'run', script: action, args }
    return `Unknown: ${action}`
  }
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        prefix: { type: 'string', default: PREFIX },
        data: { type: 'string' },
        backups: { type: 'string' },
        port: { type: 'string' },
        tls: { type: 'string' },
        'public-url': { type: 'string' },
        demo: { type: 'boolean' },
        city: { type: 'string' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const { help, ...options } = values
    if (help) return { action: 'help' }
    const strange = Object.keys(options).find((name) => !OWN[action].includes(name))
    if (strange !== undefined) return `--${strange} is not for ${action}`
    const { prefix } = options
    // They go into units and settings as they are.
    for (const [name, path] of Object.entries({ prefix, data: options.data, backups: options.backups }))
      if (path !== undefined && !isFolder(path))
        return `--${name} is a whole path of letters, digits, dots and dashes, not "${path}"`
    const [first, ...more] = positionals
    if (action === 'setup') {
      if (first === undefined || more.length > 0) return 'setup needs the folder of one city pack'
      return { action, prefix, city: first }
    }
    if (first !== undefined) return `Not understood: ${positionals.join(' ')}`
    if (action === 'rollback') return { action, prefix, yes: options.yes === true }
    if (action !== 'install') return { action, prefix }
    return installArguments(options)
  } catch (error) {
    // parseArgs throws these for options that it doesn't know.
    if (error instanceof TypeError) return error.message
    throw error
  }
}

function installArguments(options: {
  prefix: string
  data?: string
  backups?: string
  port?: string
  tls?: string
  'public-url'?: string
  demo?: boolean
  city?: string
}): InstallArguments | string {
  const {
    prefix,
    data = '/srv/huiyin',
    backups = '/var/backups/huiyin',
    tls = 'own',
    demo = false,
    city,
  } = options
  const port = Number(options.port ?? '8080')
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return `--port is 1 to 65535, not ${options.port}`
  if (tls !== 'own' && tls !== 'off') return `--tls is own or off, not ${tls}`
  if (demo && city !== undefined) return '--demo brings its own city: leave --city out'
  if (`${data}/`.startsWith(`${prefix}/`) || `${backups}/`.startsWith(`${data}/`))
    return 'data lie outside the program, and backups outside the data'
  const publicUrl = options['public-url']
  if (publicUrl !== undefined && !URL.canParse(publicUrl)) return `--public-url is no address: ${publicUrl}`
  return {
    action: 'install',
    prefix,
    dataDir: data,
    backupDir: backups,
    port,
    tls: tls === 'own',
    publicUrl,
    demo,
    city,
  }
}
