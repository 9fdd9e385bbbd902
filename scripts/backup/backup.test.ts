// A backup as a folder: whole or not there, later ones resting on earlier ones, and any change in it found before
// anything is touched.
import { existsSync } from 'node:fs'
import { appendFile, link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openTown, type Town } from '#store/testing-town.ts'
import { emptyDatabase, testDatabase, type TestDatabase } from '#store/testing.ts'
import { temporaryFolder } from '../runtime/testing.ts'
import { Damaged } from './files.ts'
import { type Manifest, tableFile } from './manifest.ts'
import { size } from './progress.ts'
import { openBackup, verifyBackup } from './read-backup.ts'
import { auditRestored, prepareForStart, redisAdvice, restoreBackup } from './restore-backup.ts'
import { type Backup, backupName, type BackupOptions, keepNewest, writeBackup } from './write-backup.ts'

let database: TestDatabase
let town: Town
const silent = { count: () => {} }

beforeAll(async () => {
  database = await testDatabase()
  town = await openTown(database.store)
  await town.report({ description: '路边有垃圾', reporter: { name: '李某' } })
  await town.project()
})
afterAll(() => database.drop())

interface Place {
  dataDir: string
  into: string
  said: string[]
  back(name?: string, options?: Partial<BackupOptions>): Promise<Backup>
}

/** A DATA_DIR and a folder for backups, side by side. */
async function aPlace(): Promise<Place> {
  const root = await temporaryFolder()
  const place = { dataDir: join(root, 'data'), into: join(root, 'backups'), said: [] as string[] }
  const options = {
    ...place,
    ...silent,
    databaseUrl: database.url,
    version: '0.0.0',
    say: (l: string) => place.said.push(l),
  }
  return {
    ...place,
    back: (name = 'huiyin-20260301-083000', more = {}) => writeBackup({ ...options, name, ...more }),
  }
}

/** Rows of uploads with their pictures. @returns the pictures' paths. */
async function addPhotos(dataDir: string, ids: readonly string[], content = '照片'): Promise<string[]> {
  const paths: string[] = []
  for (const id of ids) {
    await database.store.sql`insert into upload (id, sha256, media_type, bytes, width, height)
      values (${id}, sha256('x'), 'image/jpeg', 1, 1, 1) on conflict do nothing`
    onTestFinished(async () => void (await database.store.sql`delete from upload where id = ${id}`))
    const path = join(id.slice(-2), `${id}.jpg`)
    await mkdir(join(dataDir, 'photos', id.slice(-2)), { recursive: true })
    await writeFile(join(dataDir, 'photos', path), content + id)
    paths.push(path)
  }
  return paths
}

const FIRST = '019a0000-0000-7000-8000-0000000000a1'
const SECOND = '019a0000-0000-7000-8000-0000000000b2'
const inode = async (file: string) => (await stat(file)).ino
const verify = (dir: string, manifest: Manifest) => verifyBackup(dir, manifest, silent)

describe('writing', () => {
  test('a folder that only its owner may look into, with everything by its digest', async () => {
    const place = await aPlace()
    await addPhotos(place.dataDir, [FIRST])
    const { dir, manifest } = await place.back()
    expect((await stat(dir)).mode & 0o777).toBe(0o700)
    expect(await openBackup(dir)).toEqual(manifest)
    expect([...(await verify(dir, manifest)).keys()]).toEqual([`a1/${FIRST}.jpg`])
    expect(manifest).toMatchObject({ city: '小镇', photos: { count: 1, missing: 0 } })
    const cases = manifest.tables.find((t) => t.name === 'case')
    expect(gunzipSync(await readFile(tableFile(dir, 'case'))).toString()).toContain('R20240304')
    expect(cases?.rows).toBe(1)
    expect(manifest.tables.map((t) => t.name)).toContain('migration')
    expect(await readdir(place.into)).toEqual(['huiyin-20260301-083000'])
  })

  test('the next one links the photos it knows, and stays whole without the one before', async () => {
    const place = await aPlace()
    const [path = ''] = await addPhotos(place.dataDir, [FIRST])
    const first = await place.back('huiyin-20260301-083000')
    await addPhotos(place.dataDir, [SECOND])
    await writeFile(join(place.dataDir, 'photos', 'b2', `${SECOND}.jpg.part`), 'half')
    // As on another disk: DATA_DIR holds a copy, no link to the same file.
    await rm(join(place.dataDir, 'photos', path))
    await addPhotos(place.dataDir, [FIRST])
    const second = await place.back('huiyin-20260302-083000')
    expect([first.added, second.added]).toEqual([1, 1])
    expect(second.manifest.photos.count).toBe(2)
    expect(await inode(join(second.dir, 'photos', path))).toBe(await inode(join(first.dir, 'photos', path)))
    expect(await inode(join(second.dir, 'photos', path))).not.toBe(
      await inode(join(place.dataDir, 'photos', path)),
    )
    await rm(first.dir, { recursive: true })
    await verify(second.dir, second.manifest)
  })

  test('a photo that the database names and nobody finds is counted', async () => {
    const place = await aPlace()
    const [path = ''] = await addPhotos(place.dataDir, [FIRST, SECOND])
    await rm(join(place.dataDir, 'photos', path))
    expect((await place.back()).manifest.photos).toMatchObject({ count: 1, missing: 1 })
  })

  test('broken off, it leaves nothing that looks whole', async () => {
    const place = await aPlace()
    await addPhotos(place.dataDir, [FIRST])
    const controller = new AbortController()
    const count = (what: string) => {
      if (what === 'photos') controller.abort(new Error('Ctrl-C'))
    }
    await expect(place.back(undefined, { count, signal: controller.signal })).rejects.toThrow()
    expect(await readdir(place.into)).toEqual([])

    const early = AbortSignal.abort(new Error('at once'))
    await expect(place.back(undefined, { signal: early })).rejects.toThrow('at once')
    await expect(place.back(undefined, { databaseUrl: `${database.url}_gone` })).rejects.toThrow(
      /does not exist/,
    )
    expect(await readdir(place.into)).toEqual([])
    await place.back()
  })

  test('not into DATA_DIR, not over another, and not silent about what a killed one left', async () => {
    const place = await aPlace()
    const inside = join(place.dataDir, 'backups')
    await expect(place.back(undefined, { into: inside })).rejects.toThrow(/lost with it/)
    await place.back()
    await expect(place.back()).rejects.toThrow(/is there already/)
    await mkdir(join(place.into, '.huiyin-20200101-000000.partial'))
    await place.back('huiyin-20260302-083000')
    expect(place.said.join()).toContain('.huiyin-20200101-000000.partial is of a backup that did not finish')
  })

  test('the newest are kept, whole ones only', async () => {
    const place = await aPlace()
    for (const day of ['01', '02', '03']) await place.back(`huiyin-202603${day}-083000`)
    await mkdir(join(place.into, 'huiyin-20200101-000000'))
    expect(await keepNewest(place.into, 4)).toEqual([])
    expect(await keepNewest(place.into, 2)).toEqual(['huiyin-20260301-083000'])
    expect((await readdir(place.into)).sort()).toEqual([
      'huiyin-20200101-000000',
      'huiyin-20260302-083000',
      'huiyin-20260303-083000',
    ])
  })

  test('a damaged one is not built upon', async () => {
    const place = await aPlace()
    await addPhotos(place.dataDir, [FIRST])
    const first = await place.back('huiyin-20260301-083000')
    await appendFile(join(first.dir, 'photos.sha256'), '\n')
    const second = await place.back('huiyin-20260302-083000')
    expect(place.said.join()).toMatch(/huiyin-20260301-083000 is not built upon: .*photos.sha256/)
    expect(second.added).toBe(1)
    await verify(second.dir, second.manifest)
  })

  test('names by the local clock, sizes for people', () => {
    expect(backupName(new Date(2026, 2, 1, 8, 5, 9))).toBe('huiyin-20260301-080509')
    expect([0, 999, 1000, 1_234_567, 5e9].map(size)).toEqual(['0 B', '999 B', '1.0 kB', '1.2 MB', '5.0 GB'])
  })
})

describe('reading', () => {
  async function aBackup() {
    const place = await aPlace()
    const [path = ''] = await addPhotos(place.dataDir, [FIRST])
    const backup = await place.back()
    // What is damaged here must not be the photo of DATA_DIR by the same link.
    const photo = join(backup.dir, 'photos', path)
    const bytes = await readFile(photo)
    await rm(photo)
    await writeFile(photo, bytes)
    return { ...backup, photo, place }
  }

  test.each<[string, (backup: Awaited<ReturnType<typeof aBackup>>) => Promise<unknown>, RegExp]>([
    [
      'a byte in a table',
      async ({ dir }) => {
        const file = tableFile(dir, 'case_event')
        const bytes = await readFile(file)
        bytes.writeUInt8(bytes.readUInt8(bytes.length - 5) ^ 1, bytes.length - 5)
        await writeFile(file, bytes)
      },
      /case_event.copy.gz is/,
    ],
    [
      'a table written anew by somebody who knows how',
      async ({ dir }) => {
        const file = tableFile(dir, 'case_event')
        const text = gunzipSync(await readFile(file))
          .toString()
          .replace('sanitation', 'sanitatiom')
        await writeFile(file, gzipSync(text))
      },
      /case_event.copy.gz is not the file that was written/,
    ],
    [
      'a byte that only the digest knows of (the system named in the head of gzip)',
      async ({ dir }) => {
        const file = tableFile(dir, 'case_event')
        const bytes = await readFile(file)
        bytes.writeUInt8(bytes.readUInt8(9) ^ 1, 9)
        await writeFile(file, bytes)
      },
      /case_event.copy.gz is not the file that was written/,
    ],
    ['a missing table', ({ dir }) => rm(tableFile(dir, 'feed')), /feed.copy.gz is missing/],
    ['something behind a table', ({ dir }) => appendFile(tableFile(dir, 'feed'), 'x'), /feed.copy.gz is/],
    ['another photo', ({ photo }) => writeFile(photo, '别的照片'), /is not the photo that was kept/],
    ['a missing photo', ({ photo }) => rm(photo), /a1.jpg is missing/],
    [
      'another list',
      ({ dir }) => appendFile(join(dir, 'photos.sha256'), ' '),
      /photos.sha256 is not the file/,
    ],
    ['no list', ({ dir }) => rm(join(dir, 'photos.sha256')), /photos.sha256 is missing/],
  ])('finds %s', async (_name, change, message) => {
    const backup = await aBackup()
    await change(backup)
    const verifying = verify(backup.dir, backup.manifest)
    await expect(verifying).rejects.toThrow(Damaged)
    await expect(verifying).rejects.toThrow(message)
  })

  test('refuses a manifest that is not one, field by field', async () => {
    const { dir, manifest, place } = await aBackup()
    const write = (value: unknown) => writeFile(join(dir, 'manifest.json'), JSON.stringify(value))
    const [table] = manifest.tables
    await write({ ...manifest, tables: [{ ...table, name: '../../etc' }] })
    await expect(openBackup(dir)).rejects.toThrow(/\/tables\/0\/name/)
    await write({ ...manifest, head: { seq: -1 } })
    await expect(openBackup(dir)).rejects.toThrow(/damaged[\s\S]*\/head/)
    await write({ ...manifest, version: 2 })
    await expect(openBackup(dir)).rejects.toThrow(/newer version of Huiyin \(format 2/)
    await write({ ...manifest, tables: [table, table] })
    await expect(verify(dir, await openBackup(dir))).rejects.toThrow(/names a table twice/)
    await write(manifest)
    await expect(openBackup(place.into)).rejects.toThrow(
      /backups; name one of them:\s+\/.*huiyin-20260301-083000/,
    )
    await expect(openBackup(place.dataDir)).rejects.toThrow(/no manifest.json/)
    await expect(openBackup(join(dir, 'nowhere'))).rejects.toThrow(/there is no/)
  })
})

describe('putting back', () => {
  test('photos and database; photos that are there stay, one that differs is replaced; the audit agrees', async () => {
    const place = await aPlace()
    const [first = '', second = ''] = await addPhotos(place.dataDir, [FIRST, SECOND])
    const { dir, manifest } = await place.back()
    const digests = await verify(dir, manifest)

    const other = await testDatabase()
    onTestFinished(() => other.drop())
    const queue = await emptyDatabase()
    onTestFinished(() => queue.drop())
    const dataDir = await temporaryFolder()
    await mkdir(join(dataDir, 'photos', 'a1'), { recursive: true })
    await writeFile(join(dataDir, 'photos', first), '坏了一半的照片')
    await writeFile(join(dataDir, 'photos', 'a1', 'other.jpg'), '别的')
    await mkdir(join(dataDir, 'photos', 'b2'))
    await link(join(dir, 'photos', second), join(dataDir, 'photos', second))
    const databases = {
      databaseUrl: other.url,
      migrateDatabaseUrl: other.ownerUrl,
      queueDatabaseUrl: queue.url,
    }
    const options = { dir, manifest, digests, databases, config: { dataDir, redisUrl: undefined }, ...silent }

    expect(await restoreBackup(options)).toEqual({ migrated: [], leftOut: [], photosCopied: 1 })
    await prepareForStart(options)
    expect((await auditRestored(options)).differences).toEqual([])
    for (const path of [first, second])
      expect(await readFile(join(dataDir, 'photos', path))).toEqual(await readFile(join(dir, 'photos', path)))
    expect(await inode(join(dataDir, 'photos', first))).not.toBe(await inode(join(dir, 'photos', first)))
    expect(existsSync(join(dataDir, 'photos', 'a1', 'other.jpg'))).toBe(true)
    // Twice is as good as once; so is a queue with jobs in it.
    await restoreBackup(options)
    await prepareForStart(options)
    expect((await auditRestored(options)).found).toBe(0)
  })

  test('a table that changes between proof and loading is not loaded', async () => {
    const place = await aPlace()
    const { dir, manifest } = await place.back()
    const digests = await verify(dir, manifest)
    await writeFile(tableFile(dir, 'rollup'), gzipSync(''))
    const other = await testDatabase()
    onTestFinished(() => other.drop())
    const databases = { databaseUrl: other.url, migrateDatabaseUrl: other.ownerUrl, queueDatabaseUrl: '' }
    const config = { dataDir: await temporaryFolder(), redisUrl: undefined }
    await expect(restoreBackup({ dir, manifest, digests, databases, config, ...silent })).rejects.toThrow(
      Damaged,
    )
    expect(await other.store.sql`select 1 from city`).toHaveLength(0)
  })

  test('on Redis it says which keys', () => {
    expect(redisAdvice('postgres://x/huiyin_county')).toContain(`--pattern 'huiyin-huiyin_county:*'`)
  })
})
