import gcoord from 'gcoord'
import type { Position } from 'geojson'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { readPack } from './read-pack.ts'
import {
  changeFeatures,
  changeRing,
  indexOf,
  inLine,
  lineOf,
  newLine,
  readChanged,
  setCity,
  setProperties,
  TODAY,
  makePackFolder,
} from './testing.ts'
import type { Change } from './testing.ts'

makePackFolder()

const AREAS = 'areas.geojson'
const ZONES = 'zones.geojson'
const GRID = '990191101201002'

describe('a warning does not refuse the pack', () => {
  const sanitation = 'season,sanitation'
  const eastwards =
    (by: number) =>
    (ring: Position[]): Position[] =>
      ring.map(([x = 0, y = 0]) => [x + by, y])
  const cases: [what: string, file: string, change: Change, row: number | undefined, field: string][] = [
    [
      'a gap between grids',
      AREAS,
      changeFeatures((all) => all.splice(indexOf(AREAS, GRID), 1)),
      indexOf(AREAS, '990191101201'),
      'geometry',
    ],
    [
      'a zone outside the city',
      ZONES,
      changeRing(ZONES, 'WA01', eastwards(1)),
      indexOf(ZONES, 'WA01'),
      'geometry',
    ],
    ['a zone far away', ZONES, changeRing(ZONES, 'WA01', eastwards(5)), indexOf(ZONES, 'WA01'), 'geometry'],
    [
      'a zone wholly under another',
      ZONES,
      changeFeatures((all) =>
        Object.assign(all[indexOf(ZONES, 'BL01')] ?? {}, { geometry: all[0]?.geometry }),
      ),
      indexOf(ZONES, 'BL01'),
      'geometry',
    ],
    [
      'an unknown column',
      'users.csv',
      (t) => t.replace('username,', 'wechat,username,').replace(/\n(?=.)/g, '\n,'),
      1,
      'wechat',
    ],
    ['nobody to administer', 'users.csv', inLine('admin,', ',admin,', ',head,'), undefined, 'posts'],
    [
      'passwords outside a demo',
      'users.csv',
      inLine('duty,', 'dispatcher,,,', 'dispatcher,,,secret12'),
      lineOf('users.csv', 'duty,'),
      'password',
    ],
    [
      'a rule that is never asked',
      'city.json',
      setCity('policies.close', [{ decide: 'rule' }, { decide: 'duty-manager' }]),
      undefined,
      'policies.close[0]',
    ],
    [
      'a street where a category has no unit',
      'routing.csv',
      (t) => t.replace(/^R003.*\n/m, ''),
      lineOf('categories.csv', 'E0104'),
      'department',
    ],
    [
      'a calendar that ends with the year',
      'calendars.csv',
      inLine(sanitation, '2030-12-31', '2026-12-31'),
      lineOf('calendars.csv', sanitation),
      'to',
    ],
  ]
  it.each(cases)('%s', async (_, file, change, row, field) => {
    const { pack, faults, warnings } = await readChanged({ [file]: change })
    expect(faults).toEqual([])
    expect(pack).toBeDefined()
    expect(warnings.map((w) => [w.row, w.field])).toContainEqual([row, field])
  })

  it('holidays that have run out', async () => {
    const { warnings } = await readChanged({}, '2028-03-01')
    expect(warnings.map((w) => [w.file, w.field])).toContainEqual(['calendars.csv', 'to'])
  })
})

describe('the ways spreadsheets and drawing tools write', () => {
  it.each([
    ['GB18030', (t: string) => iconv.encode(t, 'gb18030')],
    ['UTF-8 with BOM and CRLF', (t: string) => `\uFEFF${t.replaceAll('\n', '\r\n')}`],
    ['UTF-16 with BOM', (t: string) => iconv.encode(t, 'utf16le', { addBOM: true })],
    ['Chinese headers', (t: string) => t.replace(/^.*\n/, '用户名,姓名,岗位,单位,区域,密码\n')],
    ['remarks, blank and empty lines', (t: string) => `# 账号\n\n${t}\n,,,,,\n`],
  ])('%s reads the same', async (_, encode) => {
    const { pack, faults } = await readChanged({ 'users.csv': encode })
    expect(faults).toEqual([])
    expect(pack?.users).toEqual((await readChanged({})).pack?.users)
  })

  it.each(['\n', '\r\n', '\r'])('lines are counted as an editor does, with ends of %j', async (end) => {
    const added = ['# 说明', '', 'a,"两', '行",duty-manager,,,', 'b,乙,nobody,,,', '']
    const { faults } = await readChanged({
      'users.csv': (t) => `${t}${added.join('\n')}`.replaceAll('\n', end),
    })
    expect(faults.map((f) => [f.row, f.field])).toEqual([[newLine('users.csv') + 4, 'posts']])
  })

  it('text in no known encoding is refused', async () => {
    const { faults } = await readChanged({ 'users.csv': () => Buffer.from([0x75, 0xff, 0xff, 0x0a]) })
    expect(faults.map((f) => [f.file, f.row])).toEqual([['users.csv', undefined]])
  })

  it('GCJ-02 is brought to WGS-84', async () => {
    const { transform, GCJ02, WGS84 } = gcoord as unknown as typeof gcoord.default
    const shift = ([x = 0, y = 0]: Position): Position => transform([x, y], WGS84, GCJ02)
    const { pack, faults } = await readChanged({
      'city.json': setCity('crs', 'gcj02'),
      [AREAS]: changeFeatures((all) => {
        for (const f of all) f.geometry.coordinates = f.geometry.coordinates.map((ring) => ring.map(shift))
      }),
      [ZONES]: () => '{"type":"FeatureCollection","features":[]}',
      'routing.csv': (t) => t.replace(/^.*(main-road|construction).*\n/gm, ''),
    })
    expect(faults).toEqual([])
    const plain = await readChanged({})
    const first = (areas = pack?.areas) =>
      areas?.find((a) => a.code === GRID)?.geometry.coordinates[0]?.[0] ?? []
    const [x, y] = first()
    const [lng, lat] = first(plain.pack?.areas)
    expect(Number(x)).toBeCloseTo(Number(lng), 5)
    expect(Number(y)).toBeCloseTo(Number(lat), 5)
  })
})

it('faults of several files are found at once', async () => {
  const { faults } = await readChanged({
    'users.csv': inLine('duty,', 'duty-manager', 'boss'),
    'routing.csv': inLine('R001', 'municipal', 'nobody'),
    [ZONES]: setProperties(ZONES, 'WA01', { department: 'navy' }),
    'filing-conditions.csv': inLine('E0110-1,', '4工作时', '很快'),
  })
  expect(faults.map((f) => f.file).sort()).toEqual([
    'filing-conditions.csv',
    'routing.csv',
    'users.csv',
    ZONES,
  ])
})

it('optional files may be missing', async () => {
  const names = ['components', 'periods', 'cameras', 'indicators'].map((name) => `${name}.csv`)
  const gone = [...names, 'map.geojson'].map((name): [string, Change] => [name, () => undefined])
  const { pack, faults } = await readChanged(Object.fromEntries(gone))
  expect(faults).toEqual([])
  expect(pack).toMatchObject({ components: [] })
  for (const part of ['periods', 'cameras', 'indicators', 'cells', 'mapLayers'])
    expect(pack).not.toHaveProperty(part)
})

it('a folder that is not there is said to be missing', async () => {
  const { faults } = await readPack('/nowhere/at/all', { today: TODAY })
  expect(faults.map((f) => f.message)).toEqual(['no such folder'])
})
