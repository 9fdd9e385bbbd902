// Where pictures are kept, behind a port: files here, an object store where several machines run the api.
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

export interface PhotoStore {
  /** Resolves when the picture will survive a power cut. */
  put(id: string, jpeg: Uint8Array): Promise<void>
  /** Undefined when there is no such picture. */
  read(id: string): Promise<{ bytes: number; stream: Readable } | undefined>
  remove(id: string): Promise<void>
}

/** Flushes what `path` names: a file's bytes, a directory's entries. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  let handle: FileHandle | undefined
  try {
    // A part that a killed process has left is begun anew.
    handle = await open(path, 'w')
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle?.close()
  }
}

/** Files under `dir`, spread over 256 folders by the end of their id (its beginning is a time). */
export function filePhotoStore(dir: string): PhotoStore {
  const pathOf = (id: string) => join(dir, id.slice(-2), `${id}.jpg`)
  return {
    async put(id, jpeg) {
      const path = pathOf(id)
      const folder = dirname(path)
      const made = await mkdir(folder, { recursive: true })
      const part = `${path}.part`
      await writeDurably(part, jpeg)
      await rename(part, path)
      await sync(folder)
      // A new folder is durable only when every folder above it, up to one that was there, knows it.
      if (made === undefined) return
      for (let at = dirname(folder); at.length >= dirname(made).length; at = dirname(at)) await sync(at)
    },
    async read(id) {
      const path = pathOf(id)
      try {
        return { bytes: (await stat(path)).size, stream: createReadStream(path) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
  }
}
