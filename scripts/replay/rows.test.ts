// Rows are read as the export writes them, and what can't be read is named with line and reason.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NotAnExport, readRequests, type RequestFile } from './rows.ts'
import { EXPECTED, smallExport } from './testing/export.ts'

let dir: string
let file: RequestFile
const write = async (name: string, text: string) => {
  await writeFile(join(dir, name), text)
  return join(dir, name)
}
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-rows-'))
  file = await readRequests(await write('small.csv', smallExport()))
})
afterAll(() => rm(dir, { recursive: true }))

const row = (key: string) => file.requests.find((r) => r.key === key)

test('every row is either readable or named with its reason', () => {
  expect(file.read).toBe(EXPECTED.read)
  expect(file.requests.length + file.unreadable.length).toBe(EXPECTED.read)
  expect(file.unreadable.map((u) => u.reason)).toEqual([
    'created date "yesterday"',
    'key 1 stands on line 2 already',
    'no Agency or no Complaint Type',
    'created date "13/40/2011 10:10:00 AM"',
    '3 cells instead of 20',
  ])
})

test('lines are those an editor shows, also after a line break in a cell', () => {
  expect(row('10')?.line).toBe(11)
  expect(row('11')?.line).toBe(13)
  expect(file.unreadable.at(-1)?.line).toBe(22)
})

test('times are New York time, winter and summer, in both spellings', async () => {
  expect(row('1')?.createdAt).toBe(Date.parse('2011-03-01T10:00:00-05:00'))
  expect(row('4')?.closedAt).toBe(Date.parse('2011-03-02T00:00:00-05:00'))
  expect(row('11')?.createdAt).toBe(Date.parse('2011-03-01T09:30:00-05:00'))
  const summer = await readRequests(
    await write(
      'summer.csv',
      'unique_key,created_date,agency,complaint_type,latitude,longitude\n5,2011-07-01T12:00:00.000,NYPD,Noise,40.7,-74\n',
    ),
  )
  expect(summer.requests[0]).toMatchObject({
    createdAt: Date.parse('2011-07-01T12:00:00-04:00'),
    position: { lng: -74, lat: 40.7 },
  })
})

test('quotes and line breaks stay, addresses get their city', () => {
  expect(row('4')?.address).toBe('1 "QUOTED" STREET, REAR, NEW YORK')
  expect(row('10')?.resolution).toBe('Inspected;\nsee notes, "second visit".')
})

test('no coordinates, or the null island, is no position', () => {
  expect(file.requests.filter((r) => !r.position).map((r) => r.key)).toEqual(['7', '8'])
})

test('the same bytes are known again', async () => {
  const again = await readRequests(await write('again.csv', smallExport()))
  const other = await readRequests(await write('other.csv', `${smallExport()} `))
  expect(again.sha256).toBe(file.sha256)
  expect(other.sha256).not.toBe(file.sha256)
})

test.each([
  ['', 'the file is empty'],
  ['a,b,c\n1,2,3\n', 'Unique Key, Created Date, Agency, Complaint Type, Latitude, Longitude missing'],
])('what is no export is refused: %j', async (text, message) => {
  const path = await write('bad.csv', text)
  await expect(readRequests(path)).rejects.toThrow(NotAnExport)
  await expect(readRequests(path)).rejects.toThrow(message)
})

test('a file that is not there is an error', async () => {
  await expect(readRequests(join(dir, 'none.csv'))).rejects.toThrow(/ENOENT/)
})
