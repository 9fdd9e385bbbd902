// The pack made from an export is a pack like any other: it passes the check, and every located row has its place in it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileCity } from '#domain/city/compile.ts'
import type { City } from '#domain/city/types.ts'
import { readPack, type ReadPack } from '#pack/read-pack.ts'
import { categoryFor, DEFAULT_LIMIT, packOf } from './pack.ts'
import { readRequests, type ServiceRequest } from './rows.ts'
import { smallExport } from './testing/export.ts'

let dir: string
let requests: ServiceRequest[]
let read: ReadPack
let city: City
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-pack-'))
  await writeFile(join(dir, 'small.csv'), smallExport())
  requests = (await readRequests(join(dir, 'small.csv'))).requests
  await mkdir(join(dir, 'pack'))
  for (const [name, text] of packOf(requests, { name: 'Small, "quoted"', now: Date.parse('2026-01-01') }))
    await writeFile(join(dir, 'pack', name), text)
  read = await readPack(join(dir, 'pack'), { today: '2026-01-01' })
  if (!read.pack) throw new Error(JSON.stringify(read.faults))
  city = compileCity(read.pack, 1)
})
afterAll(() => rm(dir, { recursive: true }))

const category = (agency: string, type: string) => {
  const codes = new Map(city.pack.categories.map((c) => [c.name, c.code]))
  const code = categoryFor({ agency, type }, codes)
  return code === undefined ? undefined : city.categories.get(code)
}
const limit = (agency: string, type: string) =>
  city.conditions.get(category(agency, type)?.defaultCondition ?? '')?.limit

test('it passes the check of any pack without a remark', () => {
  expect(read.faults).toEqual([])
  expect(read.warnings).toEqual([])
})

test('every located row lies in a grid of its borough', () => {
  for (const { position, key } of requests) {
    if (!position) continue
    const place = city.locate(position.lng, position.lat)
    expect(place.areaPath, `row ${key}`).toHaveLength(2)
  }
})

test('agencies are departments with an officer each', () => {
  expect(city.pack.departments.map((d) => [d.code, d.name])).toEqual([
    ['dot', 'Department of Transportation'],
    ['dpr', 'Department of Parks and Recreation'],
    ['nypd', 'Police Department'],
  ])
  expect(
    city.pack.users
      .filter((u) => u.posts.includes('department-officer'))
      .map((u) => u.department)
      .sort(),
  ).toEqual(['dot', 'dpr', 'nypd'])
})

test('a complaint type that two agencies have is a category of each, and goes to its own', () => {
  expect(category('DPR', 'Damaged Tree')).toMatchObject({ name: 'Damaged Tree · DPR', department: 'dpr' })
  expect(category('DOT', 'Damaged Tree')).toMatchObject({ name: 'Damaged Tree · DOT', department: 'dot' })
  expect(category('NYPD', 'Noise - Residential')).toMatchObject({ department: 'nypd', kind: 'E' })
  expect(category('NYPD', 'Something else')).toBeUndefined()
})

test('limits are the median of the file’s own due dates, or the stated default', () => {
  expect(limit('NYPD', 'Noise - Residential')).toMatchObject({ amount: 8, unit: 'natural-hour' })
  expect(limit('DPR', 'Damaged Tree')).toMatchObject({ amount: 8, unit: 'natural-day' })
  expect(limit('DOT', 'Damaged Tree')?.text).toBe(DEFAULT_LIMIT)
})

test('nothing readable makes no city', () => {
  expect(() => packOf([], { name: 'none', now: 0 })).toThrow(/nothing to make a city of/)
})
