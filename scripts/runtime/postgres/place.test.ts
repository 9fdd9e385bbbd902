// Only root has the problem: another user runs its PostgreSQL.
import { chmod, cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../testing.ts'
import { findPlace } from './place.ts'

const NOBODY = { uid: 65_534, gid: 65_534 }
const asRoot = test.runIf(process.getuid?.() === 0)

async function place(dataDir: string): Promise<string> {
  const { cluster } = await findPlace(dataDir, NOBODY)
  if (dirname(cluster) !== dataDir)
    onTestFinished(() => rm(dirname(cluster), { recursive: true, force: true }))
  return cluster
}

/** A folder that only root can enter, as root's home is, with a DATA_DIR in it. */
async function closedHome(): Promise<string> {
  const home = await temporaryFolder()
  await mkdir(join(home, 'data'))
  return home
}

test('an ordinary user has the files inside DATA_DIR', async () => {
  expect(await findPlace('/srv/huiyin', undefined)).toEqual({ cluster: '/srv/huiyin/postgres' })
})

asRoot('so has root where the service user can pass', async () => {
  const home = await closedHome()
  await chmod(home, 0o711)
  expect(await place(join(home, 'data'))).toBe(join(home, 'data', 'postgres'))
})

asRoot('elsewhere they lie where the user can pass, and a note says where', async () => {
  const data = join(await closedHome(), 'data')
  const cluster = await place(data)
  expect(dirname(cluster)).not.toBe(data)
  expect(await readFile(join(data, 'postgres-is-elsewhere.txt'), 'utf8')).toContain(dirname(cluster))
  expect(await place(data)).toBe(cluster)
})

asRoot('a moved DATA_DIR keeps its files, and a new one at its old path gets others', async () => {
  const home = await closedHome()
  const cluster = await place(join(home, 'data'))
  await rename(join(home, 'data'), join(home, 'moved'))
  await mkdir(join(home, 'data'))
  expect(await place(join(home, 'data'))).not.toBe(cluster)
  expect(await place(join(home, 'moved'))).toBe(cluster)
})

asRoot('a copied DATA_DIR gets files of its own, the original keeps its', async () => {
  const home = await closedHome()
  const cluster = await place(join(home, 'data'))
  await cp(join(home, 'data'), join(home, 'copy'), { recursive: true })
  expect(await place(join(home, 'copy'))).not.toBe(cluster)
  expect(await place(join(home, 'data'))).toBe(cluster)
})
