// Reads a city pack folder and finds everything that is wrong with it, in every file, before anything is written.
// Gives a pack only when there is no fault. The format is described in docs/city-pack.md.
import { stat } from 'node:fs/promises'
import type { Geometry } from 'geojson'
import { areaCentre, zoneCentre } from '#domain/city/centres.ts'
import type { CityPack, Zone } from '#domain/city/types.ts'
import { AREAS, readAreas } from './read/areas.ts'
import { readCalendars } from './read/calendars.ts'
import { checkDefaults, readCategories, readConditions } from './read/catalogue.ts'
import { readCityJson } from './read/city-json.ts'
import { COMPONENTS, readComponents } from './read/components.ts'
import { checkDepartmentCalendars, readDepartments } from './read/departments.ts'
import { knownCodes, openFindings } from './read/findings.ts'
import type { Fault, Placed } from './read/findings.ts'
import { checkFit, checkWhereabouts } from './read/fit.ts'
import { readMapLayers } from './read/map-layers.ts'
import { checkPolicies } from './read/policies.ts'
import { checkReach, readRouting } from './read/routing.ts'
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

/** `today` is `YYYY-MM-DD`; it decides which calendars are about to end. */
export async function readPack(
  dir: string,
  { today = new Date().toISOString().slice(0, 10) } = {},
): Promise<ReadPack> {
  const findings = openFindings()
  const { faults, warnings } = findings
  if (!(await isFolder(dir))) {
    findings.fault({ file: dir }, 'no such folder', '没有这个文件夹')
    return { faults, warnings }
  }
  const city = await readCityJson(dir, findings)
  const crs = city?.crs ?? 'wgs84'
  const areas = await readAreas(dir, city, findings)
  const departments = await readDepartments(dir, findings)
  const calendars = await readCalendars(dir, city?.timeZone ?? 'Asia/Shanghai', today, findings)
  const departmentCodes = knownCodes(departments, (d) => d.code)
  const areaCodes = knownCodes(areas, (a) => a.code)
  const categories = await readCategories(dir, departmentCodes, findings)
  const categoryCodes = knownCodes(categories, (c) => c.code)
  const conditions = await readConditions(dir, categoryCodes, city?.policies.limitWords, findings)
  const known = { departments: departmentCodes, areas: areaCodes, categories: categoryCodes }
  const zones = await readZones(dir, crs, known, findings)
  const zoneKinds = knownCodes(zones, (z) => z.kind)
  const routing = await readRouting(dir, { ...known, zoneKinds }, findings)
  const users = await readUsers(dir, known, city?.demo === true, findings)
  const components = await readComponents(dir, crs, known, findings)
  const mapLayers = await readMapLayers(dir, crs, findings)

  if (departments)
    checkDepartmentCalendars(
      departments,
      knownCodes(calendars, (c) => c.owner),
      findings,
    )
  if (categories && conditions) checkDefaults(categories, conditions, findings)
  if (categories && routing && areas) checkReach(categories, routing, areas, findings)
  if (city) checkPolicies(city.policies, { ...known, kinds: knownCodes(categories, (c) => c.kind) }, findings)
  checkWhereabouts(
    [
      ...inFile(AREAS, areas),
      ...inFile(ZONES, zones),
      ...components.map((c) => ({
        place: { file: COMPONENTS, row: c.row, field: 'lng' },
        geometry: { type: 'Point', coordinates: [c.value.lng, c.value.lat] } as Geometry,
      })),
    ],
    findings,
  )
  if (areas && city && areSound(faults))
    checkFit(
      areas,
      city.levels.map((l) => l.key),
      findings,
    )
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
  }
  return faults.length > 0 ? { faults, warnings } : { pack, faults, warnings }
}

const isFolder = (dir: string) =>
  stat(dir).then(
    (s) => s.isDirectory(),
    () => false,
  )

const inFile = (file: string, rows: Placed<{ geometry: Geometry }>[] | undefined) =>
  (rows ?? []).map(({ row, value }) => ({
    place: { file, row, field: 'geometry' },
    geometry: value.geometry,
  }))

/** Shapes in the wrong place or trees with holes would bury the reader in follow-up faults. */
const areSound = (faults: readonly Fault[]) => !faults.some((f) => f.file === AREAS)

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
