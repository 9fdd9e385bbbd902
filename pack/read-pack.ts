// Reads a city pack and finds everything that is wrong with it, in every file, before anything is written.
// Gives a pack only when there is no fault. The format is described in docs/city-pack.md.
import type { Geometry } from 'geojson'
import { areaCentre, zoneCentre } from '#domain/city/centres.ts'
import type { CityPack, Zone } from '#domain/city/types.ts'
import { AREAS, readAreas } from './read/areas.ts'
import { checkRunningOut } from './read/calendar-ends.ts'
import { CALENDARS, readCalendars } from './read/calendars.ts'
import { CAMERAS, readCameras } from './read/cameras.ts'
import { readCategories, readConditions, settleDefaults } from './read/catalogue.ts'
import { CELLS, checkCells, readCells } from './read/cells.ts'
import { crsOfCity, readCityJson } from './read/city-json.ts'
import { COMPONENTS, readComponents } from './read/components.ts'
import { departmentCodes, readDepartments, settleDepartmentCalendars } from './read/departments.ts'
import { openFindings } from './read/findings.ts'
import type { Fault, Placed } from './read/findings.ts'
import { checkFit, checkWhereabouts } from './read/fit.ts'
import { readIndicators } from './read/indicators.ts'
import { knownCodes } from './read/known.ts'
import { readMapLayers } from './read/map-layers.ts'
import { readPeriods } from './read/periods.ts'
import { checkPolicies } from './read/policies.ts'
import { checkReach, readRouting } from './read/routing.ts'
import { checkShadowed } from './read/shadowed.ts'
import { openSource, type PackFiles, type PackSource } from './read/source.ts'
import { readUsers } from './read/users.ts'
import { readZones, ZONES } from './read/zones.ts'
import type { ZoneRow } from './read/zones.ts'

export type { Fault } from './read/findings.ts'

export interface ReadPack {
  /** Absent when there is a fault. */
  pack?: CityPack
  faults: Fault[]
  warnings: Fault[]
}

export interface ReadOptions {
  /** `YYYY-MM-DD`; it decides which calendars are about to end. */
  today?: string
  /** Told of each file before it is read, and of `whole` before all is checked together. */
  onStep?: (file: string) => void
}

/** @param place a folder, or files from elsewhere */
export async function readPack(
  place: string | PackFiles,
  { today = new Date().toISOString().slice(0, 10), onStep = () => {} }: ReadOptions = {},
): Promise<ReadPack> {
  const findings = openFindings()
  const { faults, warnings } = findings
  const opened = await openSource(place, findings)
  if (!opened) return { faults, warnings }
  const source: PackSource = {
    text: (file, options) => {
      onStep(file)
      return opened.text(file, options)
    },
    table: (file, options) => {
      onStep(file)
      return opened.table(file, options)
    },
  }
  const city = await readCityJson(source, findings)
  const crs = crsOfCity(city)
  const read = await readAreas(source, city, crs, findings)
  const areas = read?.areas
  const departments = await readDepartments(source, findings)
  const known = {
    departments: departmentCodes(departments),
    areas: knownCodes(
      areas,
      (a) => a.code,
      (a) => a.name,
    ),
  }
  const timeZone = city?.timeZone ?? 'Asia/Shanghai'
  const calendars = await readCalendars(source, timeZone, today, known.departments, findings)
  const categories = await readCategories(source, known.departments, findings)
  const knownCategories = knownCodes(
    categories,
    (c) => c.code,
    (c) => c.name,
  )
  const conditions = await readConditions(source, knownCategories, city?.policies.limitWords, findings)
  const all = { ...known, categories: knownCategories }
  const zones = await readZones(source, crs, all, findings)
  const zoneKinds = knownCodes(zones, (z) => z.kind)
  const routing = await readRouting(source, { ...all, zoneKinds }, findings)
  const users = await readUsers(source, known, city?.demo === true, findings)
  const components = await readComponents(source, crs, all, findings)
  const mapLayers = await readMapLayers(source, crs, findings)
  const periods = await readPeriods(source, today, findings)
  const cameras = await readCameras(source, crs, { areaCodes: known.areas, areas: areas ?? [] }, findings)
  const indicators = await readIndicators(source, findings)
  const gridLevel = city?.levels.findLast((l) => l.key !== MICRO_GRID)?.key
  const cells = await readCells(
    source,
    crs,
    { known: known.areas, areas: areas ?? [], level: gridLevel },
    findings,
  )

  onStep('whole')
  if (departments)
    settleDepartmentCalendars(
      departments,
      knownCodes(calendars, (c) => c.owner),
      findings,
    )
  if (categories && conditions) settleDefaults(categories, conditions, findings)
  if (categories && routing && areas) checkReach(categories, routing, areas, findings)
  if (routing && areas) checkShadowed(routing, areas, findings)
  if (city) checkPolicies(city.policies, { ...all, kinds: knownCodes(categories, (c) => c.kind) }, findings)
  checkWhereabouts(
    [
      ...inFile(AREAS, areas),
      ...inFile(ZONES, zones),
      ...inFile(CELLS, cells?.cells),
      ...atPoints(COMPONENTS, components),
      ...atPoints(CAMERAS, cameras),
    ],
    findings,
  )
  if (read && city && isSound(AREAS, faults)) {
    checkFit(
      read.areas,
      city.levels.map((l) => l.key),
      (lng, lat) => read.crs.fromWgs84(lng, lat),
      findings,
    )
    if (cells && isSound(CELLS, faults)) checkCells(cells, read.areas, gridLevel, findings)
  }
  if (!city || !areas || !departments || !calendars || !categories || !conditions) return { faults, warnings }
  if (!zones || !routing || !users || faults.length > 0) return { faults, warnings }

  const values = <T>(rows: Placed<T>[]) => rows.map((r) => r.value)
  const zoneShapes = zones.map((z) => z.value.geometry)
  const pack: CityPack = {
    code: city.code,
    name: city.name,
    centreName: city.centreName,
    timeZone: city.timeZone,
    ...(city.demo === undefined ? {} : { demo: city.demo }),
    levels: city.levels,
    ...(city.map === undefined ? {} : { mapNotice: city.map }),
    policies: city.policies,
    areas: values(areas).map((a) => ({ ...a, centre: areaCentre(a.geometry, zoneShapes) ?? a.centre })),
    zones: withCentres(zones, values(areas), findings),
    categories: values(categories),
    conditions: values(conditions),
    departments: values(departments),
    routing: values(routing),
    calendars: values(calendars),
    users: values(users),
    components: values(components),
    ...(mapLayers ? { mapLayers } : {}),
    ...(periods.length > 0 ? { periods: values(periods) } : {}),
    ...(cameras.length > 0 ? { cameras: values(cameras) } : {}),
    ...(indicators.length > 0 ? { indicators: values(indicators) } : {}),
    ...(cells ? { cells: values(cells.cells) } : {}),
  }
  checkRunningOut(pack, today, CALENDARS, findings)
  return faults.length > 0 ? { faults, warnings } : { pack, faults, warnings }
}

/** Level below the one that reports are placed in. */
const MICRO_GRID = 'micro-grid'

const inFile = (file: string, rows: Placed<{ geometry: Geometry }>[] | undefined) =>
  (rows ?? []).map(({ row, value }) => ({
    place: { file, row, field: 'geometry' },
    geometry: value.geometry,
  }))

const atPoints = (file: string, rows: Placed<{ lng: number; lat: number }>[]) =>
  rows.map(({ row, value }) => ({
    place: { file, row, field: 'lng' },
    geometry: { type: 'Point', coordinates: [value.lng, value.lat] } as Geometry,
  }))

/** Shapes in the wrong place or trees with holes would bury the reader in follow-up faults. */
const isSound = (file: string, faults: readonly Fault[]) => !faults.some((f) => f.file === file)

function withCentres(
  zones: Placed<ZoneRow>[],
  areas: CityPack['areas'],
  findings: ReturnType<typeof openFindings>,
): Zone[] {
  const districts = areas.filter((a) => a.parent === undefined).map((a) => a.geometry)
  const rows = zones.map((z) => z.value)
  const centred: Zone[] = []
  for (const { row, value } of zones) {
    const at = { file: ZONES, row, field: 'geometry' }
    const found = zoneCentre(value, rows, districts)
    if (!found) {
      findings.fault(at, 'the shape has no area', '图形没有面积')
      continue
    }
    if (found.hidden === 'outside')
      findings.warn(at, `${value.name} lies outside the city`, `${value.name}在城市范围之外`)
    if (found.hidden === 'covered')
      findings.warn(
        at,
        `${value.name} lies wholly under zones that are asked before it`,
        `${value.name}被优先级更高的责任区完全覆盖`,
      )
    centred.push({ ...value, centre: { lng: found.lng, lat: found.lat } })
  }
  return centred
}
