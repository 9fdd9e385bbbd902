// Files of a backup: written through to the disk, with their digest and number of rows; read against them.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { type Readable, Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** What is known about a table's file. */
export interface Facts {
  rows: number
  bytes: number
  sha256: string
}

/** What a backup holds is not what it says it holds. */
export class Damaged extends Error {}

const NEWLINE = 10
/** Half the time of the default for a few per cent more: the system goes on working beside it. */
const LEVEL = 3

const signalled = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal })

export interface Watching {
  signal?: AbortSignal | undefined
  onRows?: ((rows: number) => void) | undefined
}

/** Passes everything on and looks at it. */
function watch(look: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _, next) {
      look(chunk)
      next(null, chunk)
    },
  })
}

/** Rows in the text of COPY: a line break inside a value is written as `\n`. */
function openCounts(onRows: (rows: number) => void = () => {}) {
  const hash = createHash('sha256')
  const facts = { rows: 0, bytes: 0 }
  return {
    countRows: watch((chunk) => {
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) facts.rows += 1
      onRows(facts.rows)
    }),
    digest: watch((chunk) => {
      facts.bytes += chunk.length
      hash.update(chunk)
    }),
    facts: (): Facts => ({ ...facts, sha256: hash.digest('hex') }),
  }
}

/** Writes the rows compressed; done when they will survive a power cut. */
export async function writeRows(
  file: string,
  source: Readable,
  { signal, onRows }: Watching = {},
): Promise<Facts> {
  const { countRows, digest, facts } = openCounts(onRows)
  const target = createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true })
  await pipeline(source, countRows, createGzip({ level: LEVEL }), digest, target, signalled(signal))
  return facts()
}

/**
 * Writes the rows of a file into `target` (nowhere when undefined) and ends it.
 * @throws Damaged when the file is not the one described; what went into `target` must then be thrown away.
 */
export async function readRows(
  file: string,
  expected: Facts,
  target: Writable = new Writable({ write: (_chunk, _encoding, next) => next() }),
  { signal, onRows }: Watching = {},
): Promise<void> {
  const { countRows, digest, facts } = openCounts(onRows)
  try {
    await pipeline(createReadStream(file), digest, createGunzip(), countRows, target, signalled(signal))
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Damaged(`${file} is missing`)
    if (code.startsWith('Z_')) throw new Damaged(`${file} is damaged: ${message}`)
    throw error
  }
  const found = facts()
  if (found.sha256 !== expected.sha256 || found.bytes !== expected.bytes)
    throw new Damaged(`${file} is not the file that was written: its SHA-256 is ${found.sha256}`)
  if (found.rows !== expected.rows)
    throw new Damaged(`${file} holds ${found.rows} rows; the manifest says ${expected.rows}`)
}

export async function sha256Of(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash, signalled(signal))
  return hash.digest('hex')
}

/** Flushes what `path` names: a file's bytes, a folder's entries. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Bytes of a file; undefined when there is none. */
export async function sizeOf(file: string): Promise<number | undefined> {
  try {
    const found = await stat(file)
    return found.isFile() ? found.size : undefined
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
