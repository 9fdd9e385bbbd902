// Writes cities/demo from the drawing in this folder: `node scripts/city/demo/generate.ts [DIR]`. The same bytes each
// run; a test compares them with the committed ones.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Feature } from 'geojson'
import { drawAreas } from './areas.ts'
import { calendarTable, periodTable } from './calendars.ts'
import { cameraTable } from './cameras.ts'
import { cityJson } from './city-json.ts'
import { indicatorTable } from './indicators.ts'
import { drawMap } from './map.ts'
import { divideGrids } from './micro-grids.ts'
import { componentTable } from './register.ts'
import { microToPosition } from './shape.ts'
import { categoryTable, conditionTable, departmentTable, routingTable, userTable } from './tables.ts'
import { drawZones } from './zones.ts'

/** File name → contents. */
export function demoPack(): Map<string, string> {
  const drawn = drawAreas()
  const town = divideGrids(drawn)
  const areas = town.areas.map(
    ({ code, name, level, parent, outline }): Feature => ({
      type: 'Feature',
      properties: parent === undefined ? { code, name, level } : { code, name, level, parent },
      geometry: { type: 'Polygon', coordinates: [outline.map(microToPosition)] },
    }),
  )
  const cells = town.cells.map(
    ({ code, grid, outline }): Feature => ({
      type: 'Feature',
      properties: { code, grid },
      geometry: { type: 'Polygon', coordinates: [outline.map(microToPosition)] },
    }),
  )
  return new Map([
    ['city.json', `${JSON.stringify(cityJson, null, 2)}\n`],
    ['areas.geojson', geojson(areas)],
    ['cells.geojson', geojson(cells)],
    ['zones.geojson', geojson(drawZones())],
    ['map.geojson', geojson(drawMap(drawn))],
    ['categories.csv', csv(categoryTable())],
    ['filing-conditions.csv', csv(conditionTable())],
    ['departments.csv', csv(departmentTable())],
    ['routing.csv', csv(routingTable())],
    ['calendars.csv', csv(calendarTable())],
    ['periods.csv', csv(periodTable())],
    ['users.csv', csv(userTable(town.areas))],
    ['components.csv', csv(componentTable())],
    ['cameras.csv', csv(cameraTable())],
    ['indicators.csv', csv(indicatorTable())],
  ])
}

/** One feature a line, so that a change shows as one. */
const geojson = (features: Feature[]) =>
  `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const csv = (rows: string[][]) => `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`

export async function writeDemoPack(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  for (const [name, contents] of demoPack()) await writeFile(join(dir, name), contents)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await writeDemoPack(process.argv[2] ?? join(import.meta.dirname, '../../../cities/demo'))
