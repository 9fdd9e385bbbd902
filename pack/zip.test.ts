// Zips as people make them, and as people with bad intentions do.
import { zipSync } from 'fflate'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { boundedWorkbook, packInZip, unzipBounded } from './zip.ts'

const text = (words: string) => Buffer.from(words)
const namesIn = (files: Record<string, Buffer>) => packInZip(zipSync(files)).names
const BOUNDS = { zipBytes: 1_000_000, bytes: 10_000, files: 3 }

test('the pack is found at the top, in its folder, and beside what systems add', () => {
  const city = { 'city.json': text('{}'), 'users.csv': text('a') }
  expect(namesIn(city)).toEqual(['city.json', 'users.csv'])
  const inFolder = Object.fromEntries(Object.entries(city).map(([n, c]) => [`我的城市/${n}`, c]))
  expect(
    namesIn({
      ...inFolder,
      '我的城市/样例/city.json': text('{}'),
      '__MACOSX/我的城市/._city.json': text('x'),
      '我的城市/.DS_Store': text('x'),
    }),
  ).toEqual(['city.json', 'users.csv'])
})

test('Chinese names as Windows writes them', () => {
  const name = iconv.encode('单位.csv', 'gb18030')
  const zip = Buffer.from(zipSync({ 'xxxxxx.cs': text('code'), 'city.json': text('{}') }))
  // The same length, so that nothing else of the file changes.
  expect(name.length).toBe('xxxxxx.cs'.length - 1)
  const padded = Buffer.concat([name, Buffer.from('x')])
  for (let at = zip.indexOf('xxxxxx.cs'); at >= 0; at = zip.indexOf('xxxxxx.cs')) padded.copy(zip, at)
  expect(packInZip(zip).names).toEqual(['city.json', '单位.csvx'])
})

test('names that lead out of the folder are only names', () => {
  const { names } = packInZip(
    zipSync({ 'city.json': text('{}'), '../../etc/passwd': text('x'), '/etc/shadow': text('x') }),
  )
  expect(names).toEqual(['city.json'])
})

test('a bomb is refused before it is unpacked, and one that lies takes no more room than it says', () => {
  const bomb = zipSync({ 'city.json': Buffer.alloc(5_000_000) })
  expect(bomb.length).toBeLessThan(20_000)
  expect(() => unzipBounded(bomb, BOUNDS)).toThrow(/larger than/)
  const lying = Buffer.from(bomb)
  const said = Buffer.alloc(4)
  said.writeUInt32LE(5_000_000)
  for (let at = lying.indexOf(said); at >= 0; at = lying.indexOf(said, at + 1)) lying.writeUInt32LE(100, at)
  const sizes = [...unzipBounded(lying, BOUNDS).values()].map((c) => c.length)
  expect(sizes).toEqual([100])
})

test.each([
  ['too many files', zipSync({ a: text(''), b: text(''), c: text(''), d: text('') }), /more than 3 files/],
  ['no zip', text('no zip'), /not a .zip file/],
  ['too large', Buffer.alloc(2_000_000), /larger than/],
])('%s', (_, zip, words) => {
  expect(() => unzipBounded(zip, BOUNDS)).toThrow(words)
})

test('an empty one says what to zip', () => {
  expect(() => packInZip(zipSync({ '.hidden': text('x') }))).toThrow(/city.json/)
})

test('a workbook is bounded as well', () => {
  const bomb = zipSync({ 'xl/sheet.xml': Buffer.alloc(50_000) })
  expect(() => boundedWorkbook(bomb, BOUNDS)).toThrow(/larger than/)
  expect(boundedWorkbook(zipSync({ 'xl/a.xml': text('<a/>') }), BOUNDS).includes('<a/>')).toBe(true)
})
