import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import gcoord from 'gcoord'
import type { FeatureCollection, Polygon, Position } from 'geojson'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CityJson } from '#domain/city/schema.ts'
import { demoPack } from './demo/generate.ts'
import { readPack } from './read-pack.ts'
import type { ReadPack } from './read-pack.ts'

const TODAY = '2026-11-20'

/** The demo pack without its drawn map, which is checked elsewhere and is most of the bytes. */
const sound = new Map([...demoPack()].filter(([name]) => name !== 'map.geojson'))
let root = ''
let made = 0

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'huiyin-pack-'))
})
afterAll(() => rm(root, { recursive: true }))

type Change = (text: string) => string | Buffer | undefined

/** Reads the demo pack with one file changed, or removed by undefined. */
async function readWith(file: string, change: Change, today = TODAY): Promise<ReadPack> {
  const dir = await mkdtemp(join(root, `${++made}-`))
  for (const [name, text] of sound) if (name !== file) await writeFile(join(dir, name), text)
  const changed = change(sound.get(file) ?? '')
  if (changed !== undefined) await writeFile(join(dir, file), changed)
  return readPack(dir, { today })
}

const lineOf = (file: string, start: string) => {
  const line = (sound.get(file) ?? '').split('\n').findIndex((l) => l.startsWith(start))
  if (line < 0) throw new Error(`no line of ${file} begins with ${start}`)
  return line + 1
}

/** Replaces in the line that begins with `start`; a change that changes nothing is a broken test. */
const inLine =
  (start: string, from: string | RegExp, to: string): Change =>
  (text) => {
    const lines = text.split('\n')
    const i = lines.findIndex((l) => l.startsWith(start))
    const changed = (lines[i] ?? '').replace(from, to)
    if (changed === lines[i]) throw new Error(`nothing to replace in "${lines[i]}"`)
    lines[i] = changed
    return lines.join('\n')
  }

const addLine =
  (line: string): Change =>
  (text) =>
    `${text}${line}\n`

const lastLine = (file: string) => (sound.get(file) ?? '').trimEnd().split('\n').length

const json =
  (edit: (city: CityJson & Record<string, unknown>) => void): Change =>
  (text) => {
    const city = JSON.parse(text)
    edit(city)
    return JSON.stringify(city)
  }

type Features = FeatureCollection<Polygon, Record<string, unknown>>['features']
const features =
  (edit: (all: Features) => void): Change =>
  (text) => {
    const collection = JSON.parse(text)
    edit(collection.features)
    return JSON.stringify(collection)
  }

/** Index in areas.geojson or zones.geojson. */
const indexOf = (file: string, code: string) =>
  (JSON.parse(sound.get(file) ?? '') as { features: Features }).features.findIndex((f) => f.properties['code'] === code)

const feature = (file: string, code: string, edit: (f: Features[number]) => void): Change =>
  features((all) => {
    const found = all[indexOf(file, code)]
    if (!found) throw new Error(`no ${code} in ${file}`)
    edit(found)
  })

const setProperty = (file: string, code: string, key: string, value: unknown) =>
  feature(file, code, (f) => {
    f.properties[key] = value
  })

const setRing = (file: string, code: string, edit: (ring: Position[]) => Position[]) =>
  feature(file, code, (f) => {
    f.geometry.coordinates[0] = edit(f.geometry.coordinates[0] ?? [])
  })

const AREAS = 'areas.geojson'
const ZONES = 'zones.geojson'
const GRID = '990181001001001'
const grid = indexOf(AREAS, GRID)
const canal = indexOf(ZONES, 'WA01')

/** What is planted · file · change · where it must be found, and nothing else: `[row, field]`. */
const planted: [what: string, file: string, change: Change, found: [row: number | undefined, field: string | undefined][]][] = [
  // city.json
  ['no city.json', 'city.json', () => undefined, [[undefined, undefined]]],
  ['city.json that is no JSON', 'city.json', (t) => t.slice(0, -5), [[undefined, undefined]]],
  ['two missing names', 'city.json', json((c) => void (Reflect.deleteProperty(c, 'name'), Reflect.deleteProperty(c, 'centreName'))), [[undefined, 'name'], [undefined, 'centreName']]],
  ['a setting that does not exist', 'city.json', json((c) => void (c['colour'] = 'red')), [[undefined, 'colour']]],
  ['an unknown time zone', 'city.json', json((c) => void (c.timeZone = 'Asia/Yunze')), [[undefined, 'timeZone']]],
  ['an unknown coordinate system', 'city.json', json((c) => void Object.assign(c, { crs: 'beijing54' })), [[undefined, 'crs']]],
  ['a level listed twice', 'city.json', json((c) => void c.levels.push({ key: 'grid', name: '网格' })), [[undefined, 'levels[3].key']]],
  ['a policy of an unknown post', 'city.json', json((c) => void (c.policies.close = [{ decide: 'mayor' as 'head' }])), [[undefined, 'policies.close[0].decide']]],
  ['a policy of an unknown source', 'city.json', json((c) => void (c.policies.accept[0] = { when: { source: ['rumour' as 'grid'] }, decide: 'rule' })), [[undefined, 'policies.accept[0].when.source[0]']]],
  ['a policy of an unknown category', 'city.json', json((c) => void c.policies.file.unshift({ when: { category: ['X01'] }, decide: 'rule' })), [[undefined, 'policies.file[0].when.category']]],
  ['a stage limit without a unit', 'city.json', json((c) => void (c.policies.stageLimits.check = '半天')), [[undefined, 'policies.stageLimits.check']]],
  ['a rework limit that cannot be read', 'city.json', json((c) => void (c.policies.reworkLimit = '尽快')), [[undefined, 'policies.reworkLimit']]],
  ['a limit word that means nothing', 'city.json', json((c) => void (c.policies.limitWords = { 天: '工作周' })), [[undefined, 'policies.limitWords.天']]],
  ['an unknown fall-back unit', 'city.json', json((c) => void (c.policies.fallBackDepartment = 'nobody')), [[undefined, 'policies.fallBackDepartment']]],
  ['a yellow light after the limit', 'city.json', json((c) => void (c.policies.warnShare = 1.2)), [[undefined, 'policies.warnShare']]],

  // areas.geojson
  ['a file that is no FeatureCollection', AREAS, () => '[]', [[undefined, undefined]]],
  ['projected coordinates declared', AREAS, (t) => t.replace('{', '{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4528"}},'), [[undefined, 'crs']]],
  ['a missing geometry', AREAS, feature(AREAS, GRID, (f) => void Object.assign(f, { geometry: null })), [[grid, 'geometry']]],
  ['a point instead of a shape', AREAS, feature(AREAS, GRID, (f) => void Object.assign(f, { geometry: { type: 'Point', coordinates: [113.9, 29.7] } })), [[grid, 'geometry']]],
  ['an area without a name', AREAS, setProperty(AREAS, GRID, 'name', ''), [[grid, 'name']]],
  ['an unknown level', AREAS, setProperty(AREAS, GRID, 'level', 'block'), [[grid, 'level']]],
  ['an unknown parent', AREAS, setProperty(AREAS, GRID, 'parent', '990181009001'), [[grid, 'parent']]],
  ['a grid without a parent', AREAS, setProperty(AREAS, GRID, 'parent', null), [[grid, 'parent']]],
  ['a community under a grid of its own', AREAS, setProperty(AREAS, '990181001001', 'parent', GRID), [[indexOf(AREAS, '990181001001'), 'parent'], [indexOf(AREAS, '990181001001'), 'parent']]],
  ['a code given twice', AREAS, setProperty(AREAS, '990181001001002', 'code', GRID), [[grid + 1, 'code']]],
  ['an unclosed ring', AREAS, setRing(AREAS, GRID, (r) => r.slice(0, -1)), [[grid, 'geometry']]],
  ['a ring that crosses itself', AREAS, setRing(AREAS, GRID, ([a, b, ...rest]) => [b, a, ...rest.slice(0, -1), b] as Position[]), [[grid, 'geometry']]],
  ['swapped coordinates', AREAS, setRing(AREAS, GRID, (r) => r.map(([x = 0, y = 0]) => [y, x])), [[grid, 'geometry']]],
  ['projected metres', AREAS, setRing(AREAS, GRID, (r) => r.map(([x = 0, y = 0]) => [x * 3000, y * 100_000])), [[grid, 'geometry']]],
  ['overlapping grids', AREAS, features((all) => {
    const [one, two] = [all[grid], all[grid + 1]]
    if (one && two) two.geometry = one.geometry
  }), [[grid + 1, 'geometry']]],
  ['a grid in another street', AREAS, setProperty(AREAS, GRID, 'parent', '990181401001'), [[grid, 'geometry']]],

  // zones.geojson
  ['a zone of an unknown unit', ZONES, setProperty(ZONES, 'WA01', 'department', 'navy'), [[canal, 'department']]],
  ['an unknown co-department', ZONES, setProperty(ZONES, 'WA01', 'coDepartments', ['water', 'navy']), [[canal, 'coDepartments']]],
  ['a zone of an unknown category', ZONES, setProperty(ZONES, 'WA01', 'categories', ['E0125', 'E99']), [[canal, 'categories']]],
  ['a zone without a priority', ZONES, setProperty(ZONES, 'WA01', 'priority', null), [[canal, 'priority']]],
  ['a priority in words', ZONES, setProperty(ZONES, 'WA01', 'priority', 'high'), [[canal, 'priority']]],
  ['a date that is none', ZONES, setProperty(ZONES, 'CS01', 'validFrom', '2026-02-30'), [[indexOf(ZONES, 'CS01'), 'validFrom']]],
  ['a zone that ends before it begins', ZONES, setProperty(ZONES, 'CS01', 'validTo', '2020-01-01'), [[indexOf(ZONES, 'CS01'), 'validTo']]],
  ['a zone with two faults', ZONES, feature(ZONES, 'WA01', (f) => void Object.assign(f.properties, { kind: '', department: 'navy' })), [[canal, 'kind'], [canal, 'department']]],

  // categories.csv and filing-conditions.csv
  ['a missing column', 'categories.csv', (t) => t.replace('risk', 'danger'), [[1, 'risk']]],
  ['a category code of another shape, without conditions', 'categories.csv', addLine('E12,某类,E,12,某大类,low,E12-1,sanitation,'), [[lastLine('categories.csv') + 1, 'code'], [lastLine('categories.csv') + 1, 'code']]],
  ['a kind that is not the code’s', 'categories.csv', inLine('E0110', ',E,', ',C,'), [[lineOf('categories.csv', 'E0110'), 'kind']]],
  ['a major that is not the code’s', 'categories.csv', inLine('E0110', ',01,', ',02,'), [[lineOf('categories.csv', 'E0110'), 'major']]],
  ['an unknown risk', 'categories.csv', inLine('E0110', ',low,', ',tiny,'), [[lineOf('categories.csv', 'E0110'), 'risk']]],
  ['an unknown lead unit', 'categories.csv', inLine('E0110', 'sanitation', 'cleaners'), [[lineOf('categories.csv', 'E0110'), 'department']]],
  ['a default condition that is not there', 'categories.csv', inLine('E0110', 'E0110-1', 'E0110-9'), [[lineOf('categories.csv', 'E0110'), 'defaultCondition']]],
  ['the default condition of another', 'categories.csv', inLine('E0110', 'E0110-1', 'E0112-1'), [[lineOf('categories.csv', 'E0110'), 'defaultCondition']]],
  ['a share that is no percentage', 'categories.csv', inLine('E0110', ',10', ',a lot'), [[lineOf('categories.csv', 'E0110'), 'share']]],
  ['a category that no unit gets', 'categories.csv', inLine('E0113', 'municipal', ''), [[lineOf('categories.csv', 'E0113'), 'department']]],
  ['a category without conditions', 'filing-conditions.csv', inLine('E0110-1,', 'E0110-1,E0110', 'E0110-1,E0112'), [[lineOf('categories.csv', 'E0110'), 'code']]],
  ['a limit in words', 'filing-conditions.csv', inLine('E0110-1,', '4工作时', '四工作时'), [[lineOf('filing-conditions.csv', 'E0110-1,'), 'limit']]],
  ['a condition of an unknown category', 'filing-conditions.csv', addLine('E9999-1,E9999,什么,1工作日,好,'), [[lastLine('filing-conditions.csv') + 1, 'category']]],
  ['a condition id given twice', 'filing-conditions.csv', addLine('E0110-1,E0110,又一条,1工作日,好,'), [[lastLine('filing-conditions.csv') + 1, 'id']]],
  ['a row with too many cells', 'filing-conditions.csv', addLine('E0110-2,E0110,一,1工作日,好,,,多'), [[lastLine('filing-conditions.csv') + 1, undefined]]],
  ['an open quote', 'filing-conditions.csv', addLine('"E0110-2,E0110,一,1工作日,好,'), [[lastLine('filing-conditions.csv') + 1, undefined]]],

  // departments.csv and routing.csv
  ['units in a circle', 'departments.csv', inLine('water,', 'water,水利和湖泊局,,', 'water,水利和湖泊局,water-canal,'), [[lineOf('departments.csv', 'water,'), 'parent']]],
  ['an unknown parent unit', 'departments.csv', inLine('water-canal', ',water,', ',navy,'), [[lineOf('departments.csv', 'water-canal'), 'parent']]],
  ['an unknown calendar', 'departments.csv', inLine('gas,', 'emergency', 'nights'), [[lineOf('departments.csv', 'gas,'), 'calendar']]],
  ['a rule for an unknown area', 'routing.csv', inLine('R005', '990181001', '990181009'), [[lineOf('routing.csv', 'R005'), 'area']]],
  ['a rule for an unknown zone kind', 'routing.csv', inLine('R001', 'main-road', 'avenue'), [[lineOf('routing.csv', 'R001'), 'zoneKind']]],
  ['a rule for an unknown source', 'routing.csv', addLine('R900,9000,E0110,,,rumour,sanitation,'), [[lastLine('routing.csv') + 1, 'source']]],
  ['a rule without a number', 'routing.csv', inLine('R001', ',10,', ',first,'), [[lineOf('routing.csv', 'R001'), 'order']]],

  // calendars.csv
  ['a calendar that has ended', 'calendars.csv', inLine('season,sanitation', '2030-12-31', '2025-12-31'), [[lineOf('calendars.csv', 'season,sanitation'), 'to']]],
  ['overlapping seasons', 'calendars.csv', inLine('season,centre,2026-05-01', '2026-09-30', '2026-10-07'), [[lineOf('calendars.csv', 'season,centre,2026-10-01'), 'from']]],
  ['a holiday that is a make-up day too', 'calendars.csv', addLine('make-up,centre,2026-10-01,,,,'), [[lineOf('calendars.csv', 'holiday,centre,2026-10-01'), 'from']]],
  ['a period that ends before it begins', 'calendars.csv', inLine('season,sanitation', '05:00-22:00', '22:00-05:00'), [[lineOf('calendars.csv', 'season,sanitation'), 'periods']]],
  ['an eighth weekday', 'calendars.csv', inLine('season,sanitation', '1-7', '1-8'), [[lineOf('calendars.csv', 'season,sanitation'), 'weekdays']]],
  ['a row of no known type', 'calendars.csv', addLine('feast,centre,2026-10-01,,,,'), [[lastLine('calendars.csv') + 1, 'type']]],
  ['a holiday of an owner without seasons', 'calendars.csv', addLine('holiday,gas,2026-10-01,,,,'), [[lastLine('calendars.csv') + 1, 'owner']]],
  ['a holiday of years', 'calendars.csv', addLine('holiday,centre,2026-10-01,2028-10-01,,,'), [[lastLine('calendars.csv') + 1, 'to']]],
  ['no calendar of the centre', 'calendars.csv', (t) => t.split('\n').filter((l) => !l.includes('centre')).join('\n'), [[undefined, 'owner']]],

  // users.csv and components.csv
  ['an unknown post', 'users.csv', inLine('duty,', 'duty-manager', 'duty-manger'), [[lineOf('users.csv', 'duty,'), 'posts']]],
  ['an officer without a unit', 'users.csv', inLine('dept-water', ',water,', ',,'), [[lineOf('users.csv', 'dept-water'), 'department']]],
  ['an unknown area of a user', 'users.csv', inLine('grid,', ',,demo', ',990181009,demo'), [[lineOf('users.csv', 'grid,'), 'areas']]],
  ['a user name with a blank', 'users.csv', inLine('grid,', 'grid', 'grid one'), [[lineOf('users.csv', 'grid,'), 'username']]],
  ['a user listed twice', 'users.csv', addLine('duty,又一个,duty-manager,,,demo'), [[lastLine('users.csv') + 1, 'username']]],
  ['a component with swapped coordinates', 'components.csv', addLine('9901810103999999,C0103,municipal,29.7,113.9'), [[lastLine('components.csv') + 1, 'lat']]],
  ['a component of an unknown owner', 'components.csv', addLine('9901810103999999,C0103,navy,113.9,29.7'), [[lastLine('components.csv') + 1, 'owner']]],
]

describe('a planted fault is found in its place, and nothing else is', () => {
  it.each(planted)('%s', async (_, file, change, found) => {
    const { pack, faults } = await readWith(file, change)
    expect(pack).toBeUndefined()
    const expectedFile = found.every(([row, field]) => file === 'filing-conditions.csv' && field === 'code' && row)
      ? 'categories.csv'
      : file
    expect(faults.map((f) => [f.file, f.row, f.field])).toEqual(found.map(([row, field]) => [expectedFile, row, field]))
    for (const fault of faults) {
      expect(fault.message).not.toBe('')
      expect(fault.zh).toMatch(/\p{Script=Han}/u)
    }
  })
})

describe('a warning does not refuse the pack', () => {
  const warned: [what: string, file: string, change: Change, row: number | undefined, field: string | undefined][] = [
    ['a gap between grids', AREAS, features((all) => void all.splice(grid, 1)), indexOf(AREAS, '990181001001'), 'geometry'],
    ['an area far away', AREAS, setRing(AREAS, GRID, (r) => r.map(([x = 0, y = 0]) => [x + 5, y])), grid, 'geometry'],
    ['a zone outside the city', ZONES, setRing(ZONES, 'WA01', (r) => r.map(([x = 0, y = 0]) => [x + 1, y])), canal, 'geometry'],
    ['an unknown column', 'users.csv', (t) => t.replaceAll(/$/gm, ',').replace('password,', 'password,wechat'), 1, 'wechat'],
    ['nobody to administer', 'users.csv', inLine('admin,', ',admin,', ',head,'), undefined, 'posts'],
    ['a rule that is never asked', 'city.json', json((c) => void c.policies.close.unshift({ decide: 'rule' })), undefined, 'policies.close[0]'],
    ['passwords outside a demo', 'city.json', json((c) => void (c['demo'] = false)), 2, 'password'],
    ['a street that a category is not routed in', 'routing.csv', (t) => t.replace(/^R005.*\n/m, ''), lineOf('categories.csv', 'E0104'), 'department'],
    ['a calendar that ends with the year', 'calendars.csv', inLine('season,sanitation', '2030-12-31', '2026-12-31'), lineOf('calendars.csv', 'season,sanitation'), 'to'],
  ]
  it.each(warned)('%s', async (what, file, change, row, field) => {
    const { pack, faults, warnings } = await readWith(file, change)
    // An area moved away leaves its parent too, which is a fault of its own.
    if (what !== 'an area far away') expect(faults).toEqual([])
    expect(pack === undefined).toBe(what === 'an area far away')
    expect(warnings.map((w) => [w.row, w.field])).toContainEqual([row, field])
  })

  it('holidays that have run out', async () => {
    const { warnings } = await readWith('routing.csv', (t) => t, '2028-03-01')
    expect(warnings.map((w) => [w.file, w.field])).toContainEqual(['calendars.csv', 'to'])
  })
})

describe('the ways spreadsheets and drawing tools write', () => {
  const plain = () => readWith('users.csv', (t) => t)
  it.each([
    ['GB18030', (t: string) => iconv.encode(t, 'gb18030')],
    ['UTF-8 with BOM and CRLF', (t: string) => `\uFEFF${t.replaceAll('\n', '\r\n')}`],
    ['UTF-16 with BOM', (t: string) => iconv.encode(t, 'utf16le', { addBOM: true })],
    ['Chinese headers', (t: string) => t.replace(/^.*\n/, '用户名,姓名,岗位,单位,区域,密码\n')],
    ['remarks and blank lines', (t: string) => `# 账号\n\n${t}\n,,,,,\n`],
  ])('%s reads the same', async (_, encode) => {
    const { pack, faults } = await readWith('users.csv', encode)
    expect(faults).toEqual([])
    expect(pack?.users).toEqual((await plain()).pack?.users)
  })

  it('counts lines as an editor does, cells with line breaks included', async () => {
    const { faults } = await readWith('users.csv', (t) =>
      `${t.trimEnd()}\r\n`.replaceAll('\n', '\r\n').replaceAll('\r\r', '\r').concat('a,"两\r\n行",duty-manager,,,\r\nb,乙,nobody,,,\r\n'),
    )
    expect(faults.map((f) => [f.row, f.field])).toEqual([[lastLine('users.csv') + 3, 'posts']])
  })

  it('text in no known encoding is refused', async () => {
    const { faults } = await readWith('users.csv', () => Buffer.from([0x75, 0xff, 0xff, 0x0a]))
    expect(faults.map((f) => [f.file, f.row])).toEqual([['users.csv', undefined]])
  })

  it('GCJ-02 is brought to WGS-84', async () => {
    const { transform, GCJ02, WGS84 } = gcoord as unknown as typeof gcoord.default
    const dir = await mkdtemp(join(root, 'gcj-'))
    const shift = (p: Position): Position => transform([p[0] ?? 0, p[1] ?? 0], WGS84, GCJ02)
    const moved = features((all) => {
      for (const f of all) f.geometry.coordinates = f.geometry.coordinates.map((part) => part.map(shift))
    })
    for (const [name, text] of sound) {
      if (name === 'components.csv' || name === ZONES) continue
      const changed = name === AREAS ? moved(text) : name === 'city.json' ? json((c) => void (c.crs = 'gcj02'))(text) : text
      await writeFile(join(dir, name), changed ?? '')
    }
    await writeFile(join(dir, ZONES), '{"type":"FeatureCollection","features":[]}')
    await writeFile(join(dir, 'routing.csv'), (sound.get('routing.csv') ?? '').replace(/^.*main-road.*\n/gm, ''))
    const { pack, faults } = await readPack(dir, { today: TODAY })
    expect(faults).toEqual([])
    const [, straight] = [0, (await plain()).pack?.areas[0]]
    const [lng = 0, lat = 0] = (straight?.geometry as Polygon).coordinates[0]?.[0] ?? []
    const [x = 0, y = 0] = (pack?.areas[0]?.geometry as Polygon).coordinates[0]?.[0] ?? []
    expect(Math.abs(x - lng)).toBeLessThan(1e-5)
    expect(Math.abs(y - lat)).toBeLessThan(1e-5)
  })
})

it('faults of several files are found at once', async () => {
  const dir = await mkdtemp(join(root, 'many-'))
  const changes = new Map<string, Change>([
    ['users.csv', inLine('duty,', 'duty-manager', 'boss')],
    ['routing.csv', inLine('R001', 'municipal', 'nobody')],
    [ZONES, setProperty(ZONES, 'WA01', 'department', 'navy')],
    ['filing-conditions.csv', inLine('E0110-1,', '4工作时', '很快')],
  ])
  for (const [name, text] of sound) await writeFile(join(dir, name), changes.get(name)?.(text) ?? text)
  const { faults } = await readPack(dir, { today: TODAY })
  expect(new Set(faults.map((f) => f.file))).toEqual(new Set(changes.keys()))
})

it('a folder that is not there is said to be missing', async () => {
  const { faults } = await readPack(join(root, 'nowhere'), { today: TODAY })
  expect(faults).toHaveLength(1)
})
