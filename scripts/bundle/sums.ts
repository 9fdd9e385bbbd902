// SHA256SUMS as sha256sum writes and reads it: made when a bundle is, verified before one is installed.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

export const SUMS = 'SHA256SUMS'

export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function filesIn(folder: string): Promise<{ files: string[]; links: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const name = (e: (typeof entries)[number]) => join(e.parentPath, e.name).slice(join(folder, '/').length)
  return {
    files: entries
      .filter((e) => e.isFile())
      .map(name)
      .sort(),
    links: entries
      .filter((e) => e.isSymbolicLink())
      .map(name)
      .sort(),
  }
}

/** Of every file in `folder`; links must stay inside it. @throws when one leads out. */
export async function sumsOf(folder: string): Promise<string> {
  const { files, links } = await filesIn(folder)
  for (const link of links) {
    const target = await readlink(join(folder, link))
    const end = join(folder, link, '..', target)
    if (target.startsWith('/') || !end.startsWith(join(folder, '/')))
      throw new Error(`${link} leads out of the bundle`)
  }
  const lines: string[] = []
  for (const file of files.filter((name) => name !== SUMS))
    lines.push(`${await digestOf(join(folder, file))}  ${file}\n`)
  return lines.join('')
}

/** Files that are missing, changed, or in `app` and not in the list; none of a whole bundle. */
export async function sumFaults(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, SUMS), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return [`${SUMS} is missing`]
  const listed = new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  )
  const faults: string[] = []
  const { files } = await filesIn(folder)
  const there = new Set(files)
  for (const file of files)
    if (file.startsWith('app/') && !listed.has(file)) faults.push(`${file} is not in the list`)
  for (const [file, sum] of listed)
    if (!there.has(file)) faults.push(`${file} is missing`)
    else if ((await digestOf(join(folder, file))) !== sum) faults.push(`${file} was changed`)
  return faults
}
