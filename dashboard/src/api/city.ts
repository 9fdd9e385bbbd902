// The loaded city as pages need it: its names, its tree of areas and its geometry. Read once a page.
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { useMemo } from 'react'
import type { DemoState } from './demo.ts'
import { useShared } from './use-shared.ts'

export interface CityInfo {
  code: string
  name: string
  centreName: string
  /** IANA name. */
  timeZone: string
  demo: boolean
  /** Absent where the city is no demo, or one of which nothing can be set. */
  demoState?: DemoState
  /** The log's clock when this was read, ISO 8601. */
  now: string
  /** Its milliseconds in a real one. */
  rate: number
  /** Metres from the pin within which somebody is at the spot. */
  siteWithinM?: number
  version: number
  /** West, south, east, north in WGS-84 degrees. */
  bounds: [number, number, number, number]
  mapboxToken?: string
  mapStyleUrl?: string
  /** Layers of raster tiles, the ground first; each an address by host. */
  mapTiles?: string[][]
  mapNotice?: { attribution?: string; approvalNo?: string }
  levels: { key: string; name: string }[]
}

export interface AreaRow {
  code: string
  name: string
  level: string
  parent?: string
  centre: { lng: number; lat: number }
  geometry?: Polygon | MultiPolygon
}
export interface DepartmentRow {
  code: string
  name: string
  dutyPhone?: string
  parent?: string
  kind: string
}
export interface CategoryRow {
  code: string
  name: string
  kind: string
  majorName: string
  risk: string
  defaultCondition: string
  /** Share of filed cases in percent, where the pack states one. */
  share?: number
  /** What people call it. */
  aliases?: string[]
  conditions: {
    id: string
    text: string
    limit: string
    closeCondition: string
    /** In the city's words, and as a rule checks it. */
    photoRule?: string
    photoCheck?: string
  }[]
}

interface Items<T> {
  items: T[]
}

/** Answers for names; an unknown code is its own name. */
export interface CityNames {
  category(code: string | undefined): string | undefined
  department(code: string | undefined): string | undefined
  area(code: string | undefined): string | undefined
  /** Community of a grid: the name a person uses for the place. */
  place(areaPath: readonly string[], area?: string): string | undefined
}

export interface City extends CityNames {
  info: CityInfo
  areas: AreaRow[]
  departments: DepartmentRow[]
  categories: CategoryRow[]
}

export const useCityInfo = () => useShared<CityInfo>('/city')

const byCode = <T extends { code: string }>(rows: T[]) => new Map(rows.map((r) => [r.code, r]))

function makeCity(
  info: CityInfo,
  areas: AreaRow[],
  departments: DepartmentRow[],
  categories: CategoryRow[],
): City {
  const area = byCode(areas)
  const department = byCode(departments)
  const category = byCode(categories)
  const placeLevel = info.levels[1]?.key
  const pathOf = (code: string): string[] => {
    const row = area.get(code)
    return row?.parent === undefined ? [code] : [...pathOf(row.parent), code]
  }
  return {
    info,
    areas,
    departments,
    categories,
    category: (code) => (code === undefined ? undefined : (category.get(code)?.name ?? code)),
    department: (code) => (code === undefined ? undefined : (department.get(code)?.name ?? code)),
    area: (code) => (code === undefined ? undefined : (area.get(code)?.name ?? code)),
    place(areaPath, code) {
      const path = areaPath.length > 0 ? areaPath : code === undefined ? [] : pathOf(code)
      const known = path.flatMap((c) => area.get(c) ?? [])
      return (known.find((a) => a.level === placeLevel) ?? known.at(-1))?.name
    },
  }
}

const useItems = <T>(path: string): T[] | undefined => useShared<Items<T>>(path)?.items

export const useAreas = () => useItems<AreaRow>('/areas?geometry=1')
export const useDepartments = () => useItems<DepartmentRow>('/departments')
export const useCategories = () => useItems<CategoryRow>('/categories')

/** Responsibility zones with their geometry. */
export interface ZoneRow {
  code: string
  name: string
  kind: string
  geometry?: Polygon | MultiPolygon
}
export const useZones = () => useItems<ZoneRow>('/zones?geometry=1')

/** The city with its geometry; undefined while it is read (asked again until it is there). */
export function useCity(): City | undefined {
  const info = useCityInfo()
  const areas = useAreas()
  const departments = useDepartments()
  const categories = useCategories()
  return useMemo(
    () =>
      info && areas && departments && categories ? makeCity(info, areas, departments, categories) : undefined,
    [info, areas, departments, categories],
  )
}

/** The pack's map layers; each feature has `kind` and may have `name`. */
export const useMapLayers = () => useShared<FeatureCollection>('/map')
