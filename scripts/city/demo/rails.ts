// The railway as the map shows it: the main line, the station's sidings and platforms, and two branches to works.
import { offset, smooth } from './curve.ts'
import { railway } from './layout.ts'
import { points } from './plane.ts'
import type { Line, Point } from './plane.ts'

const STATION = { from: -1060, to: 330, taper: 190 }

const inStation = railway.filter(([x]) => x >= STATION.from && x <= STATION.to)
const dense: Point[] = inStation.flatMap((p, i): Point[] => {
  const q = inStation[i + 1]
  if (!q) return [p]
  return [0, 1, 2].map((k): Point => [p[0] + ((q[0] - p[0]) * k) / 3, p[1] + ((q[1] - p[1]) * k) / 3])
})

/** A track beside the main line that leaves it and comes back within the station. */
function siding(by: number, shorter: number): Point[] {
  const [west, east] = [STATION.from + shorter, STATION.to - shorter]
  const stretch = dense.filter(([x]) => x >= west && x <= east)
  const aside = offset(stretch, 1)
  return stretch.map((p, i): Point => {
    const near = Math.min(p[0] - west, east - p[0], STATION.taper) / STATION.taper
    // Eased, so that the track leaves the line without a corner.
    const share = near * near * (3 - 2 * near) * by
    const n = aside[i] ?? p
    return [p[0] + (n[0] - p[0]) * share, p[1] + (n[1] - p[1]) * share]
  })
}

export const sidings: Line[] = [
  siding(6, 0),
  siding(18, 90),
  siding(24, 170),
  siding(-14, 40),
  siding(-20, 150),
  // To the granary and to the works of the development zone.
  smooth(points('-1230,2056 -1600,2050 -1950,1960 -2180,1780 -2290,1600 -2330,1470 -2345,1320')),
  smooth(points('2080,1872 2420,1820 2640,1690 2700,1500 2705,1280')),
]

/** Between the tracks in the middle of the station. */
export const platforms: Line[] = [12, -7].map((by) => {
  const stretch = dense.filter(([x]) => x > -620 && x < -90)
  const [one, other] = [offset(stretch, by - 3.5), offset(stretch, by + 3.5)]
  return [...one, ...other.reverse(), one[0] ?? [0, 0]]
})
