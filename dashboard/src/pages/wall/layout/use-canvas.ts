// The canvas of the page: its size, the size of a rem on it, and a small shift now and then against burn-in.
import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import type { ScreenRecord } from '#domain/wall-screen.ts'
import type { Canvas } from './grid.ts'
import { rootFor, type Viewing } from './root.ts'

const ONE_TILE = { columns: 1, rows: 1 }

/** CSS px at the bottom of the window that are not the wall's: the bar of a replay stands there. */
const below = () => Number.parseFloat(document.documentElement.style.getPropertyValue('--below')) || 0

const measure = () => ({ width: window.innerWidth, height: window.innerHeight - below() })

function useSize() {
  const [size, setSize] = useState(measure)
  useEffect(() => {
    const look = () =>
      setSize((s) => {
        const now = measure()
        return s.width === now.width && s.height === now.height ? s : now
      })
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  }, [])
  return size
}

/** Sets the size of a rem for the whole page while the wall is open. */
export function useCanvas(
  record: Pick<ScreenRecord, 'widthMm' | 'viewingDistanceM' | 'tiles'> | undefined,
  given: { viewing?: Viewing | undefined; tiles?: Canvas['tiles'] | undefined },
): Canvas {
  const { width, height } = useSize()
  const root = rootFor({ width, height }, given.viewing ?? record)
  const { columns, rows } = given.tiles ?? record?.tiles ?? ONE_TILE
  useLayoutEffect(() => {
    const { style } = document.documentElement
    style.fontSize = `${root}px`
    // Canvases measure themselves anew when the window does.
    window.dispatchEvent(new Event('resize'))
    return () => {
      style.fontSize = ''
    }
  }, [root])
  return useMemo(
    () => ({ width, height, root, tiles: { columns, rows } }),
    [width, height, root, columns, rows],
  )
}

export const SHIFT_EVERY_MS = 600_000
/** A round of small steps, CSS px; from one to the next at most 8. */
const SHIFTS = [
  [0, 0],
  [3, 2],
  [4, -2],
  [0, -4],
  [-4, -2],
  [-3, 3],
] as const

/** Where the panels stand now, CSS px; the map stays, its picture moves anyway. Follows the world's clock. */
export function shiftAt(now: number): { x: number; y: number } {
  const [x, y] = SHIFTS[Math.floor(now / SHIFT_EVERY_MS) % SHIFTS.length] ?? [0, 0]
  return { x, y }
}

export function useShift(): { x: number; y: number } {
  const [shift, setShift] = useState(() => shiftAt(Date.now()))
  useEffect(() => {
    const timer = setInterval(() => {
      const next = shiftAt(Date.now())
      setShift((s) => (s.x === next.x && s.y === next.y ? s : next))
    }, 10_000)
    return () => clearInterval(timer)
  }, [])
  return shift
}

/** `?tiles=3x1`: to try seams without a record. */
export function tilesIn(search: URLSearchParams): Canvas['tiles'] | undefined {
  const [columns, rows] = (search.get('tiles') ?? '').split('x').map(Number)
  const isCount = (n: number | undefined): n is number =>
    n !== undefined && Number.isInteger(n) && n > 0 && n <= 12
  return isCount(columns) && isCount(rows) ? { columns, rows } : undefined
}
