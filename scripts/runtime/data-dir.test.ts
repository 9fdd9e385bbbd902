import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DataDirInUse, holdDataDir, holderOf } from './data-dir.ts'
import { startedAt } from './process-identity.ts'
import { temporaryFolder } from './testing.ts'

const START = { command: 'npm start', address: 'http://127.0.0.1:8080' }

const leave = (dataDir: string, file: object) => writeFile(join(dataDir, 'huiyin.lock'), JSON.stringify(file))

test('a second process is told who has the folder and where it answers', async () => {
  const dataDir = await temporaryFolder()
  const hold = await holdDataDir(dataDir, START)
  const refusal = await holdDataDir(dataDir, { command: 'npm run replay' }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DataDirInUse)
  expect(String(refusal)).toContain(`\`npm start\` (pid ${process.pid}, at http://127.0.0.1:8080)`)
  await hold.release()
})

test('a released folder is free and holds no remains', async () => {
  const dataDir = await temporaryFolder()
  const hold = await holdDataDir(dataDir, START)
  expect(await holderOf(dataDir)).toMatchObject({ pid: process.pid, ...START })
  await hold.release()
  expect(await holderOf(dataDir)).toBeUndefined()
  expect(await readdir(dataDir)).toEqual([])
})

test('of many that ask at once, one gets it', async () => {
  const dataDir = await temporaryFolder()
  await leave(dataDir, { pid: 0, command: 'dead', dataDir })
  const asked = await Promise.allSettled(Array.from({ length: 12 }, () => holdDataDir(dataDir, START)))
  expect(asked.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
})

test('what a killed process left behind is taken over', async () => {
  const dataDir = await temporaryFolder()
  const killed = spawn(process.execPath, ['-e', ''])
  await once(killed, 'exit')
  await leave(dataDir, { pid: killed.pid, command: 'npm start', dataDir })
  const hold = await holdDataDir(dataDir, START)
  expect(await holderOf(dataDir)).toMatchObject({ pid: process.pid })
  await hold.release()
})

test('a later process with the number of the dead one does not hold the folder', async () => {
  const dataDir = await temporaryFolder()
  await leave(dataDir, { pid: process.pid, startedAt: 'long ago', command: 'npm start', dataDir })
  expect(await holderOf(dataDir)).toBeUndefined()
})

test('a copied folder is not held by the holder of the original', async () => {
  const dataDir = await temporaryFolder()
  const living = { pid: process.pid, startedAt: startedAt(process.pid), command: 'npm start' }
  await leave(dataDir, { ...living, dataDir: '/elsewhere' })
  expect(await holderOf(dataDir)).toBeUndefined()
  await leave(dataDir, { ...living, dataDir })
  expect(await holderOf(dataDir)).toMatchObject({ pid: process.pid })
})

test('half a lock file, after a full disk, holds nothing', async () => {
  const dataDir = await temporaryFolder()
  await writeFile(join(dataDir, 'huiyin.lock'), '{"pid":')
  const hold = await holdDataDir(dataDir, START)
  await hold.release()
})
