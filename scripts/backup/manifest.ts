// What a backup says about itself, in manifest.json: the last file that is written, checked field by field when read.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'

export const MANIFEST = 'manifest.json'
export const FORMAT = 'huiyin-backup'
/** Raised when an older restore could not read what is written now. */
export const FORMAT_VERSION = 1

const Name = Type.String({ pattern: '^[a-z_][a-z0-9_]*$', maxLength: 63 })
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Count = Type.Integer({ minimum: 0 })

const TABLE = Type.Object({
  name: Name,
  columns: Type.Array(Name, { minItems: 1 }),
  rows: Count,
  /** Of the file, which is gzip. */
  bytes: Count,
  sha256: Sha256,
})

const SCHEMA = Type.Object({
  format: Type.Literal(FORMAT),
  version: Type.Literal(FORMAT_VERSION),
  /** Version of Huiyin that wrote it. */
  huiyin: Type.String(),
  /** Version of the PostgreSQL it was read from. */
  postgresql: Type.String(),
  takenAt: Type.String({ format: 'date-time' }),
  city: Type.Optional(Type.String()),
  migrations: Type.Array(Type.String({ pattern: '^\\d{4}_[\\w-]+\\.sql$' }), { minItems: 1 }),
  head: Type.Object({
    epoch: Type.String(),
    seq: Count,
    hash: Type.String({ pattern: '^([0-9a-f]{64})?$' }),
  }),
  tables: Type.Array(TABLE),
  sequences: Type.Array(
    Type.Object({ name: Name, last: Type.Optional(Type.String({ pattern: '^-?\\d{1,19}$' })) }),
  ),
  photos: Type.Object({
    count: Count,
    bytes: Count,
    /** Named by the database, but not among the photos when the backup was made. */
    missing: Count,
    /** Of the list `photos.sha256`. */
    sha256: Sha256,
  }),
})
export type Manifest = Static<typeof SCHEMA>
export type TableEntry = Static<typeof TABLE>

const checked = Compile(SCHEMA)

export const tableFile = (dir: string, table: string) => join(dir, 'tables', `${table}.copy.gz`)
export const photoList = (dir: string) => join(dir, 'photos.sha256')
export const photoDir = (dir: string) => join(dir, 'photos')

/** `SEQ:HASH`, as the audit prints a head and takes it back. */
export const headText = ({ head: { seq, hash } }: Pick<Manifest, 'head'>) => `${seq}:${hash}`

/** The manifest of a backup; undefined when the folder holds none. @throws with advice when it can't be read as one. */
export async function readManifest(dir: string): Promise<Manifest | undefined> {
  let text: string
  try {
    text = await readFile(join(dir, MANIFEST), 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
  return parseManifest(text, join(dir, MANIFEST))
}

function parseManifest(text: string, file: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${file} is damaged: it is not JSON`, { cause })
  }
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown }
  if (format === FORMAT && typeof version === 'number' && version > FORMAT_VERSION)
    throw new Error(
      `${file} is of a newer version of Huiyin (format ${version}; this one knows ${FORMAT_VERSION})`,
    )
  if (checked.Check(value)) return value
  const faults = [...checked.Errors(value)].map((e) => `${e.instancePath || '/'} ${e.message}`)
  throw new Error([`${file} is damaged or not of a backup:`, ...faults.slice(0, 10)].join('\n  '))
}
