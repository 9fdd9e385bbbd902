// Which build of the pages this server hands out: the name of its entry file, which carries a hash of everything in it. A
// wall compares it with the one it was started from.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const ENTRY = /<script\b[^>]*\bsrc="(\/assets\/[^"]+)"/

/** Undefined where nothing is built, or a build is just being put in place. */
export async function buildOf(pagesDir: string): Promise<string | undefined> {
  const page = await readFile(join(pagesDir, 'index.html'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return ENTRY.exec(page)?.[1]
}
