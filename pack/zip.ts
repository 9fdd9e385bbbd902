// A city pack as one .zip file, from people's own computers: unpacked in memory within bounds, whatever it says of itself,
// and packed for downloading. Nothing is written to a disk, so no name in it can lead anywhere.
import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { strFromU8, unzipSync, zipSync } from 'fflate'
import type { PackFiles } from './read/source.ts'

export const ZIP_BOUNDS = {
  /** Of the file itself. */
  zipBytes: 64 * 1024 * 1024,
  /** Of everything in it together, unpacked. */
  bytes: 512 * 1024 * 1024,
  files: 500,
} as const
export type ZipBounds = { [K in keyof typeof ZIP_BOUNDS]: number }

/** It is no pack as a zip; both sentences say what to do. */
export class BadZip extends Error {
  readonly zh: string
  constructor(message: string, zh: string) {
    super(message)
    this.name = 'BadZip'
    this.zh = zh
  }
}

const LATIN1 = true
/** Names that do not say they are UTF-8 come as Latin-1; Windows writes them in GB18030. */
function nameMeant(name: string): string {
  if (/[^\0-\xff]/.test(name) || !/[\x80-\xff]/.test(name)) return name
  const bytes = Buffer.from(name, 'latin1')
  return isUtf8(bytes) ? strFromU8(bytes, !LATIN1) : iconv.decode(bytes, 'gb18030')
}

/** What office programs and systems leave beside files. */
const isStray = (name: string) => /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(name)

/**
 * Files by their path in the archive. What is unpacked never takes more room than it was said to, and never more than the
 * bounds. @throws BadZip
 */
export function unzipBounded(zip: Uint8Array, bounds: ZipBounds = ZIP_BOUNDS): Map<string, Buffer> {
  if (zip.length > bounds.zipBytes)
    throw new BadZip(
      `the file is larger than ${bounds.zipBytes >> 20} MB`,
      `文件超过${bounds.zipBytes >> 20}MB`,
    )
  let count = 0
  let bytes = 0
  const found = new Map<string, Buffer>()
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        count += 1
        bytes += originalSize
        if (count > bounds.files)
          throw new BadZip(`it holds more than ${bounds.files} files`, `压缩包中的文件超过${bounds.files}个`)
        if (bytes > bounds.bytes)
          throw new BadZip(
            `unpacked it is larger than ${bounds.bytes >> 20} MB`,
            `解压后超过${bounds.bytes >> 20}MB`,
          )
        return !name.endsWith('/')
      },
    })
    for (const [name, content] of Object.entries(files))
      found.set(
        nameMeant(name).replaceAll('\\', '/'),
        Buffer.from(content.buffer, content.byteOffset, content.length),
      )
  } catch (error) {
    if (error instanceof BadZip) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new BadZip(
      `not a .zip file that can be unpacked: ${why}`,
      `不是可解压的.zip文件（有密码或已损坏）：${why}`,
    )
  }
  return found
}

/**
 * The pack in a zip: its files lie at the top or together in one folder; folders beside it (样例) are left out. Workbooks
 * are packed anew from what was unpacked within the bounds, since they are zips too. @throws BadZip
 */
export function packInZip(zip: Uint8Array, bounds: ZipBounds = ZIP_BOUNDS): PackFiles {
  const all = [...unzipBounded(zip, bounds)].filter(([name]) => !isStray(name))
  const folder = folderOf(all.map(([name]) => name))
  const files = new Map(
    all.flatMap(([name, content]) => {
      const rest = name.startsWith(folder) ? name.slice(folder.length) : '/'
      return rest.includes('/') || rest.startsWith('.') ? [] : [[rest, content] as const]
    }),
  )
  if (files.size === 0)
    throw new BadZip(
      'there are no files in it: zip the folder that holds city.json',
      '压缩包中没有文件：请压缩含有city.json的文件夹',
    )
  return {
    names: [...files.keys()].sort(),
    read: async (name) => {
      const content = files.get(name)
      if (!content) throw new Error(`no file ${name}`)
      return /\.xls[xm]$/i.test(name) && content.subarray(0, 2).toString('latin1') === 'PK'
        ? boundedWorkbook(content, bounds)
        : content
    },
  }
}

/** The folder with city.json, the highest there is; '' = the top. */
function folderOf(names: readonly string[]): string {
  const folders = names
    .filter((n) => /(^|\/)city\.json$/i.test(n))
    .map((n) => n.replace(/[^/]*$/, ''))
    .sort((a, b) => a.split('/').length - b.split('/').length)
  return folders[0] ?? /^[^/]+\//.exec(names[0] ?? '')?.[0] ?? ''
}

/** The same workbook without packing: whoever reads it cannot be made to unpack more. @throws BadZip */
export function boundedWorkbook(content: Uint8Array, bounds: ZipBounds = ZIP_BOUNDS): Buffer {
  const parts = unzipBounded(content, { ...bounds, bytes: Math.min(bounds.bytes, 128 * 1024 * 1024) })
  return Buffer.from(zipSync(Object.fromEntries(parts), { level: 0 }))
}

/** A zip of text files. */
export const zipOf = (files: readonly (readonly [name: string, text: string])[]): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(files.map(([name, text]) => [name, Buffer.from(text)]))))
