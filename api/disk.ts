// How full the disk is that photos are kept on.
import { statfs } from 'node:fs/promises'
import type { Log } from '#store/log.ts'

/** Bytes; undefined where the file system doesn't say. */
export async function diskOf(dir: string, log: Log): Promise<{ free: number; total: number } | undefined> {
  try {
    const { bavail, blocks, bsize } = await statfs(dir)
    return { free: bavail * bsize, total: blocks * bsize }
  } catch (error) {
    log.warn({ err: error }, 'the disk could not be asked how full it is')
    return undefined
  }
}
