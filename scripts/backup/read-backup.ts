// Opens a backup and proves that it is the one that was written: every file against its digest, before anything is
// touched.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Damaged, readRows } from './files.ts'
import { type Manifest, readManifest, tableFile } from './manifest.ts'
import { type PhotoDigests, readPhotoList, verifyPhotos } from './photos.ts'
import type { Counting } from './progress.ts'
import { backupsIn } from './write-backup.ts'

/** The manifest of the backup in `dir`. @throws with what there is instead. */
export async function openBackup(dir: string): Promise<Manifest> {
  const manifest = await readManifest(dir)
  if (manifest !== undefined) return manifest
  const inside = await backupsIn(dir)
  if (inside.length > 0)
    throw new Error(
      [`${dir} holds backups; name one of them:`, ...inside.map((n) => join(dir, n))].join('\n  '),
    )
  throw new Error(existsSync(dir) ? `${dir} is no backup: it has no manifest.json` : `there is no ${dir}`)
}

export interface VerifyOptions {
  count: Counting
  signal?: AbortSignal | undefined
}

/** Reads everything once. @returns the photos with their digests. @throws Damaged */
export async function verifyBackup(
  dir: string,
  manifest: Manifest,
  { count, signal }: VerifyOptions,
): Promise<PhotoDigests> {
  const names = new Set(manifest.tables.map((t) => t.name))
  if (names.size !== manifest.tables.length) throw new Damaged('the manifest names a table twice')
  for (const table of manifest.tables) {
    signal?.throwIfAborted()
    const onRows = (rows: number) => count(`verified rows of ${table.name}`, rows, table.rows)
    await readRows(tableFile(dir, table.name), table, undefined, { signal, onRows })
  }
  const digests = await readPhotoList(dir, manifest)
  await verifyPhotos(dir, digests, {
    signal,
    onPhoto: (done) => count('verified photos', done, digests.size),
  })
  return digests
}
