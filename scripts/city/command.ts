// `npm run city`: check, load, new. Parses its arguments and prints; the work is done elsewhere.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { CityPack } from '#domain/city/types.ts'
import { readPack } from './read-pack.ts'
import type { Language } from './report.ts'
import { refusal, report, summary } from './report.ts'
import { writeTemplate } from './template.ts'

export const HELP = `
npm run city -- check DIR          every fault of a city pack, with file, row and field; exit code 1 if there is one
npm run city -- load DIR           checks, then loads it as the newest version: all or nothing
npm run city -- new DIR            writes an empty pack to fill in

  --lang zh|en                     language of the findings (zh)
  --all                            list more than 200 findings

load works on DATABASE_URL, or on the embedded database of DATA_DIR, whether npm start is running on it or not.
A running system takes the new version up within seconds; a case keeps the version it was filed under.
The format is described in docs/city-pack.md.
`.trim()

export interface Io {
  /** Folders are named from here. */
  cwd: string
  out(text: string): void
  err(text: string): void
  /** Loads a pack; returns the line to print. */
  load(pack: CityPack, language: Language): Promise<string>
}

/** @returns the exit code: 0, 1 for faults, 2 for arguments that make no sense. */
export async function cityCommand(args: string[], io: Io): Promise<number> {
  const parsed = parse(args, io.cwd)
  if (typeof parsed === 'string') {
    io.err(`${parsed}\n\n${HELP}`)
    return 2
  }
  const { action, dir, language, all } = parsed
  if (action === 'help') {
    io.out(HELP)
    return 0
  }
  if (action === 'new') {
    const files = await writeTemplate(dir)
    io.out(`${dir}: ${files.join(', ')}`)
    return 0
  }
  const result = await readPack(dir)
  const findings = report(result, language, all)
  if (findings !== '') io.out(findings)
  if (!result.pack) {
    if (action === 'load') io.err(refusal(language))
    return 1
  }
  io.out(summary(result.pack, language))
  if (action === 'load') io.out(await io.load(result.pack, language))
  return 0
}

interface Parsed {
  action: 'check' | 'load' | 'new' | 'help'
  dir: string
  language: Language
  all: boolean
}

function parse(args: string[], cwd: string): Parsed | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        lang: { type: 'string', default: 'zh' },
        all: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const language = values.lang === 'en' ? 'en' : 'zh'
    const [action, dir, ...rest] = positionals
    if (values.help || action === 'help') return { action: 'help', dir: '', language, all: false }
    if (values.lang !== 'zh' && values.lang !== 'en') return `--lang is zh or en, not ${values.lang}`
    if (action !== 'check' && action !== 'load' && action !== 'new')
      return action === undefined ? 'What to do: check, load or new?' : `Unknown: ${action}`
    if (dir === undefined) return `${action} needs a folder`
    if (rest.length > 0) return `One folder at a time; not understood: ${rest.join(' ')}`
    return { action, dir: resolve(cwd, dir), language, all: values.all }
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
}
