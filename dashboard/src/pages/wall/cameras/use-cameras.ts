// The city's cameras as a wall knows them.
import type { PackCamera } from '#domain/city/types.ts'
import type { LngLat } from '#domain/geo/geometry.ts'
import { useShared } from '../../../api/use-shared.ts'

export interface CameraRow {
  code: string
  name: string
  location: LngLat
  kind: PackCamera['kind']
  area?: string
  /** Absent for who may not look through it. */
  url?: string
}

/** Undefined while they are read. */
export const useCameras = () => useShared<{ items: CameraRow[] }>('/cameras')?.items
