// The photos of a backup: one list with their digests, and the files. A photo never changes under its name, so it is
// hard-linked where the file system can: from the backup before, or from DATA_DIR; only new ones are read and copied.
import { constants, createReadStream, createWriteStream } from 'node:fs'
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { Damaged, sha256Of, sizeOf, sync } from './files.ts'
import { type Manifest, photoDir, photoList } from './manifest.ts'

/** SHA-256 by path inside the folder of photos. */
export type PhotoDigests = Map<string, string>

export interface Kept {
  count: number
  bytes: number
  /** How many were not there in the backup before. */
  added: number
  /** Of the list. */
  sha256: string
  /** File names without their ending. */
  ids: Set<string>
}

export interface KeepOptions {
  /** DATA_DIR's photos; may not exist. */
  from: string
  /** The new backup's folder. */
  to: string
  previous?: { dir: string; digests: PhotoDigests } | undefined
  signal?: AbortSignal | undefined
  onPhoto?: ((done: number) => void) | undefined
}

const AT_ONCE = 8
/** As sha256sum writes and checks them; and nothing that could lead out of the folder. */
const LINE = /^([0-9a-f]{64}) {2}photos\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*)$/

/** Paths of the photos in a folder, folder by folder; not those that are just being written. */
async function* photosIn(dir: string, below = ''): AsyncGenerator<string[]> {
  const entries = await readdir(join(dir, below), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const files = entries.filter((e) => e.isFile() && !e.name.endsWith('.part'))
  if (files.length > 0) yield files.map((e) => below + e.name)
  for (const e of entries) if (e.isDirectory()) yield* photosIn(dir, `${below}${e.name}/`)
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE)
    await Promise.all(items.slice(at, at + AT_ONCE).map((item) => work(item)))
}

/** Links, or copies where links can't be: another file system, one without links, a file of somebody else. */
async function place(source: string, target: string): Promise<void> {
  try {
    return await link(source, target)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (!['EXDEV', 'EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error
  }
  await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  await sync(target)
}

export async function keepPhotos(options: KeepOptions): Promise<Kept> {
  const { from, to, previous, signal, onPhoto = () => {} } = options
  const kept = { count: 0, bytes: 0, added: 0, ids: new Set<string>() }
  const list = createWriteStream(photoList(to), { mode: 0o600, flags: 'wx', flush: true })
  await mkdir(photoDir(to))

  /** Its line in the list; undefined when it has gone in the meantime, as the second of a doubled upload does. */
  async function keep(path: string): Promise<string | undefined> {
    const bytes = await sizeOf(join(from, path))
    if (bytes === undefined) return undefined
    const before = previous && join(photoDir(previous.dir), path)
    const digest = previous?.digests.get(path)
    const known = before !== undefined && digest !== undefined && (await sizeOf(before)) === bytes
    const target = join(photoDir(to), path)
    await place(known ? before : join(from, path), target)
    kept.count += 1
    kept.bytes += bytes
    kept.added += known ? 0 : 1
    kept.ids.add((path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, ''))
    onPhoto(kept.count)
    return `${known ? digest : await sha256Of(target, signal)}  photos/${path}\n`
  }

  try {
    for await (const paths of photosIn(from)) {
      const folder = dirname(join(photoDir(to), paths[0] ?? ''))
      await mkdir(folder, { recursive: true })
      const lines = new Map<string, string>()
      await eachOf(paths, async (path) => {
        signal?.throwIfAborted()
        const line = await keep(path)
        if (line !== undefined) lines.set(path, line)
      })
      list.write(paths.map((path) => lines.get(path) ?? '').join(''))
      await sync(folder)
    }
  } finally {
    list.end()
    await finished(list)
  }
  await sync(photoDir(to))
  return { ...kept, sha256: await sha256Of(photoList(to)) }
}

/** @throws Damaged when the list is not the one that was written. */
export async function readPhotoList(dir: string, { photos }: Manifest): Promise<PhotoDigests> {
  const file = photoList(dir)
  if ((await sizeOf(file)) === undefined) throw new Damaged(`${file} is missing`)
  const found = await sha256Of(file)
  if (found !== photos.sha256)
    throw new Damaged(`${file} is not the file that was written: its SHA-256 is ${found}`)
  const digests: PhotoDigests = new Map()
  for await (const line of createInterface(createReadStream(file))) {
    const [, sha256, path] = LINE.exec(line) ?? []
    if (sha256 === undefined || path === undefined)
      throw new Damaged(`${file} has a line that names no photo`)
    digests.set(path, sha256)
  }
  if (digests.size !== photos.count)
    throw new Damaged(`${file} names ${digests.size} photos; the manifest says ${photos.count}`)
  return digests
}

export interface WalkOptions {
  signal?: AbortSignal | undefined
  onPhoto?: ((done: number) => void) | undefined
}

/** @throws Damaged for the first photo that is missing or another. */
export async function verifyPhotos(dir: string, digests: PhotoDigests, options: WalkOptions): Promise<void> {
  const { signal, onPhoto = () => {} } = options
  let done = 0
  await eachOf([...digests], async ([path, sha256]) => {
    signal?.throwIfAborted()
    const file = join(photoDir(dir), path)
    if ((await sizeOf(file)) === undefined) throw new Damaged(`${file} is missing`)
    if ((await sha256Of(file, signal)) !== sha256) throw new Damaged(`${file} is not the photo that was kept`)
    onPhoto(++done)
  })
}

export interface PutBackOptions extends WalkOptions {
  dir: string
  digests: PhotoDigests
  /** DATA_DIR's photos. */
  to: string
  /** Called with every file and folder that was made. */
  made(path: string): Promise<void>
}

/** Copies the photos that are not there yet. Others stay. @returns how many it copied. */
export async function putBackPhotos(options: PutBackOptions): Promise<number> {
  const { dir, digests, to, made, signal, onPhoto = () => {} } = options
  let done = 0
  let copied = 0
  const folders = new Set([to, ...[...digests.keys()].map((path) => dirname(join(to, path)))])
  for (const folder of folders) {
    const first = await mkdir(folder, { recursive: true })
    for (let at = folder; first !== undefined && at.length >= first.length; at = dirname(at)) await made(at)
  }
  await eachOf([...digests], async ([path, sha256]) => {
    signal?.throwIfAborted()
    const target = join(to, path)
    if ((await sizeOf(target)) === undefined || (await sha256Of(target, signal)) !== sha256) {
      const part = `${target}.part`
      await rm(part, { force: true })
      await copyFile(join(photoDir(dir), path), part, constants.COPYFILE_FICLONE)
      await sync(part)
      await rename(part, target)
      await made(target)
      copied += 1
    }
    onPhoto(++done)
  })
  for (const folder of folders) await sync(folder)
  return copied
}
