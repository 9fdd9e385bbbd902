// The arguments of `npm run city`.
import { parseArgs } from 'node:util'
import type { Language } from './report.ts'

export const HELP = `
npm run city -- new DIR            writes an empty pack to fill in, and a filled-in sample beside it
npm run city -- check DIR          every fault of a city pack, with file, row and field; exit code 1 if there is one
npm run city -- load DIR           checks, says what changes, then loads it as the newest version: all or nothing
npm run city -- user USERNAME      sets a password, asked for unseen; makes the first administrator if there is none

  --lang zh|en                     language of what is printed (zh)
  new:    --xlsx                   one Excel workbook in place of CSV files
          --name NAME --code CODE  the city's name and division code, written into city.json
  check:  --all                    list more than 200 findings
          --limits                 how each limit was read: text, clock, amount
          --indicators             how each formula was read, and what its counts count
  load:   --all, --dry-run         say what would change, also for the units of past cases, and load nothing
          --days N                 with --dry-run: cases of the last N days (30)
          --first-admin            where no administrator can log in yet: makes a password for one and shows it once
  user:   --password-stdin         the password is the first line of standard input
          --name NAME              name of an administrator that is made

load and user work on DATABASE_URL, or on the embedded database of DATA_DIR, whether npm start is running on it or not.
A running system takes a new version up within seconds; a case keeps the version it was filed under.
The format is described in docs/city-pack.md.
`.trim()

export interface NewArguments {
  action: 'new'
  dir: string
  xlsx: boolean
  name: string | undefined
  code: string | undefined
  language: Language
}

export interface CheckArguments {
  action: 'check' | 'load'
  /** As given. */
  dir: string
  language: Language
  all: boolean
  limits: boolean
  indicators: boolean
  dryRun: boolean
  /** Make a password for the first administrator and show it once. */
  firstAdmin: boolean
  /** Of past cases that a dry run looks at. */
  days: number
}

export interface UserArguments {
  action: 'user'
  username: string
  fromPipe: boolean
  name: string | undefined
  language: Language
}

export type Arguments = { action: 'help' } | NewArguments | CheckArguments | UserArguments

/** Past cases that a dry run looks at. */
const USUAL_DAYS = 30
const MOST_DAYS = 3660

/** Options that only some actions know. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  new: ['xlsx', 'name', 'code'],
  check: ['all', 'limits', 'indicators'],
  load: ['all', 'dry-run', 'days', 'first-admin'],
  user: ['password-stdin', 'name'],
}

/** A sentence when they make no sense. */
export function parseArguments(args: string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        lang: { type: 'string' },
        all: { type: 'boolean' },
        limits: { type: 'boolean' },
        indicators: { type: 'boolean' },
        days: { type: 'string' },
        'dry-run': { type: 'boolean' },
        'first-admin': { type: 'boolean' },
        xlsx: { type: 'boolean' },
        name: { type: 'string' },
        code: { type: 'string' },
        'password-stdin': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const { lang = 'zh', help, ...options } = values
    const [action, object, ...rest] = positionals
    if (help || action === 'help') return { action: 'help' }
    if (lang !== 'zh' && lang !== 'en') return `--lang is zh or en, not ${lang}`
    if (action !== 'check' && action !== 'load' && action !== 'new' && action !== 'user')
      return action === undefined ? 'What to do: new, check, load or user?' : `Unknown: ${action}`
    if (object === undefined) return `${action} needs a ${action === 'user' ? 'user name' : 'folder'}`
    if (rest.length > 0) return `One at a time; not understood: ${rest.join(' ')}`
    const strange = Object.keys(options).find((o) => !OWN[action]?.includes(o))
    if (strange !== undefined) return `--${strange} is not for ${action}`
    const { name } = options
    if (action === 'user')
      return { action, username: object, fromPipe: options['password-stdin'] === true, name, language: lang }
    if (action === 'new')
      return { action, dir: object, xlsx: options.xlsx === true, name, code: options.code, language: lang }
    const dryRun = options['dry-run'] === true
    if (options.days !== undefined && !dryRun) return '--days is for a dry run: add --dry-run'
    const days = options.days === undefined ? USUAL_DAYS : Number(options.days)
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
      return `--days is a whole number from 1 to ${MOST_DAYS}, not ${options.days}`
    const limits = options.limits === true
    const indicators = options.indicators === true
    const all = options.all === true
    const firstAdmin = options['first-admin'] === true && !dryRun
    return { action, dir: object, language: lang, all, limits, indicators, dryRun, days, firstAdmin }
  } catch (error) {
    // parseArgs throws these for options that it doesn't know.
    if (error instanceof TypeError) return error.message
    throw error
  }
}
