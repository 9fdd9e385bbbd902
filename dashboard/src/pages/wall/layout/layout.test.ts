import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLUMNS, type Layout, type Placed, ROWS } from './grid.ts'
import { layoutOf } from './layout.ts'
import { NEEDS, type Panel } from './panels.ts'
import { rootFor, SMALL_REM } from './root.ts'
import type { SceneName } from '../scenes/choose.ts'
import { sceneLayout } from '../scenes/scene-layout.ts'
import { shiftAt, SHIFT_EVERY_MS } from './use-canvas.ts'

const on = (
  width: number,
  height: number,
  { tiles = [1, 1], mm, metres }: { tiles?: [number, number]; mm?: number; metres?: number } = {},
): Layout & { root: number } => {
  const viewing = mm && metres ? { widthMm: mm, viewingDistanceM: metres } : undefined
  const root = rootFor({ width, height }, viewing)
  return { ...layoutOf({ width, height, root, tiles: { columns: tiles[0], rows: tiles[1] } }), root }
}
const panels = (l: Layout) => l.placed.map((p) => p.panel)
const at = (l: Layout, panel: Panel) => {
  const found = l.placed.find((p) => p.panel === panel)
  if (!found) throw new Error(`${panel} is not shown`)
  return found
}
const overlap = (a: Placed, b: Placed) =>
  a.column < b.column + b.columns &&
  b.column < a.column + a.columns &&
  a.row < b.row + b.rows &&
  b.row < a.row + a.rows

function isSound({ placed, groups, seams }: Layout) {
  for (const [i, a] of placed.entries()) {
    expect(a.column).toBeGreaterThanOrEqual(0)
    expect(a.row).toBeGreaterThanOrEqual(0)
    expect(a.columns).toBeGreaterThan(0)
    expect(a.rows).toBeGreaterThan(0)
    expect(a.column + a.columns).toBeLessThanOrEqual(groups * COLUMNS)
    expect(a.row + a.rows).toBeLessThanOrEqual(ROWS)
    for (const b of placed.slice(i + 1)) expect(overlap(a, b), `${a.panel} over ${b.panel}`).toBe(false)
    if (a.panel === 'map') continue
    for (const s of seams.rows)
      expect(a.row < s && s < a.row + a.rows, `${a.panel} across row ${s}`).toBe(false)
    for (const s of seams.columns)
      if (a.column < s && s < a.column + a.columns)
        expect({ panel: a.panel, split: a.split, middle: a.column + a.columns / 2 }).toEqual({
          panel: a.panel,
          split: true,
          middle: s,
        })
  }
  expect(new Set(placed.map((p) => p.panel)).size).toBe(placed.length)
}

describe('the size of a rem', () => {
  it('is 16 px on 1920×1080 without a record, and grows with the canvas', () => {
    expect(on(1920, 1080).root).toBe(16)
    expect(on(3840, 2160).root).toBe(32)
    expect(on(5760, 1080).root).toBe(16)
  })
  it('follows width and distance: 20′ of arc for normal text', () => {
    // From the table: 3×3 of 55″ at 8 m 27 px, 98″ 46 px, three of 55″ at 5760 82 px.
    const body = (l: { root: number }) => l.root * 1.6875
    expect(body(on(1920, 1080, { mm: 3640, metres: 8 }))).toBeCloseTo(27, 0)
    expect(body(on(1920, 1080, { mm: 2170, metres: 8 }))).toBeCloseTo(46, 0)
    expect(body(on(5760, 1080, { mm: 3640, metres: 8 }))).toBeCloseTo(82, 0)
  })
  it('never leaves a letter under 16 px', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 320, max: 8000 }),
        fc.integer({ min: 320, max: 4400 }),
        (width, height) => {
          expect(rootFor({ width, height }) * SMALL_REM).toBeGreaterThanOrEqual(15.99)
        },
      ),
    )
  })
})

describe('the layout', () => {
  it('shows everything on one screen at 1920×1080, 3840×2160 and 1366×768', () => {
    for (const [w, h] of [
      [1920, 1080],
      [3840, 2160],
      [1366, 768],
    ] as const) {
      const l = on(w, h)
      expect(l.dropped, `${w}×${h}`).toEqual([])
      isSound(l)
    }
  })

  it('puts what needs somebody left, where it is stuck above the map, whose it is right', () => {
    const l = on(1920, 1080)
    expect(at(l, 'urgent').row).toBeLessThan(at(l, 'decide').row)
    expect(at(l, 'decide').row).toBeLessThan(at(l, 'late').row)
    expect(at(l, 'late').column).toBe(0)
    expect(at(l, 'flow').row).toBeLessThan(at(l, 'map').row)
    expect(at(l, 'units').column + at(l, 'units').columns).toBe(COLUMNS)
  })

  it('drops the slot or the camera first and the rates last as letters grow', () => {
    const shown = [5, 6.5, 8].map((metres) => panels(on(1920, 1080, { mm: 2170, metres })))
    expect(shown.map((s) => s.includes('camera') && s.includes('slot'))).toEqual([false, false, false])
    const counts = shown.map((s) => s.length)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    for (const s of shown) expect(s).toContain('units')
    expect(shown[2]).toEqual(['name', 'clock', 'state', 'flow', 'need', 'map', 'units'])
  })

  it('keeps three screens of 55″ to what can be read on each', () => {
    const l = on(5760, 1080, { tiles: [3, 1], mm: 3640, metres: 8 })
    isSound(l)
    expect(panels(l)).toEqual(['name', 'clock', 'state', 'need', 'flow', 'map', 'camera', 'units'])
    expect(at(l, 'need').column).toBe(0)
    expect(at(l, 'map').column).toBe(COLUMNS)
  })

  it('spreads over three wide screens with nothing across x = 1920 and 3840', () => {
    const l = on(5760, 1080, { tiles: [3, 1] })
    isSound(l)
    expect(l.dropped).toEqual([])
    expect(panels(l)).toContain('case')
    for (const p of l.placed)
      expect(Math.floor(p.column / COLUMNS)).toBe(Math.floor((p.column + p.columns - 1) / COLUMNS))
  })

  it('overlaps nothing and crosses no seam, whatever the screen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 900, max: 8000 }),
        fc.integer({ min: 600, max: 4400 }),
        fc.constantFrom<[number, number]>([1, 1], [2, 1], [3, 1], [2, 2], [3, 3]),
        fc.constantFrom<SceneName>('normal', 'storm', 'area', 'night'),
        fc.option(
          fc.record({
            widthMm: fc.integer({ min: 800, max: 9000 }),
            viewingDistanceM: fc.integer({ min: 2, max: 12 }),
          }),
        ),
        (width, height, [columns, rows], scene, viewing) => {
          const root = rootFor({ width, height }, viewing ?? undefined)
          isSound(sceneLayout({ width, height, root, tiles: { columns, rows } }, scene))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('gives each panel the room that it needs, except the last one standing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1200, max: 6000 }),
        fc.integer({ min: 700, max: 3000 }),
        fc.integer({ min: 12, max: 40 }),
        (width, height, root) => {
          const l = layoutOf({ width, height, root, tiles: { columns: 1, rows: 1 } })
          const columnRem = width / root / l.groups / COLUMNS
          const isLast = l.placed.filter((p) => p.panel in NEEDS).length < 3 || l.groups > 1
          if (isLast) return
          for (const p of l.placed) {
            const need = NEEDS[p.panel as keyof typeof NEEDS] as { width: number } | undefined
            if (need) expect(p.columns * columnRem - 0.75, p.panel).toBeGreaterThanOrEqual(need.width - 0.01)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('scenes', () => {
  const canvas = { width: 1920, height: 1080, root: 16, tiles: { columns: 1, rows: 1 } }
  it('fill the screen without overlap', () => {
    for (const scene of ['brief', 'ranking', 'spotlight', 'cameras', 'night'] as const)
      for (const width of [1920, 3840, 5760]) isSound(sceneLayout({ ...canvas, width }, scene))
  })
  it('of the night keep only what may need somebody, and the map', () => {
    expect(panels(sceneLayout(canvas, 'night'))).toEqual([
      'name',
      'clock',
      'state',
      'urgent',
      'decide',
      'late',
      'map',
    ])
  })
  it('take the middle of three screens and leave the others as they are', () => {
    const l = sceneLayout({ ...canvas, width: 5760 }, 'brief')
    expect(at(l, 'sentence').column).toBe(COLUMNS)
    expect(at(l, 'urgent').column).toBe(0)
    expect(panels(l)).toContain('camera')
  })
})

describe('against burn-in', () => {
  it('panels move by at most 8 px from one ten minutes to the next', () => {
    const places = Array.from({ length: 20 }, (_, i) => shiftAt(i * SHIFT_EVERY_MS))
    for (const [i, p] of places.entries()) {
      const before = places[i - 1]
      if (!before) continue
      expect(Math.hypot(p.x - before.x, p.y - before.y)).toBeLessThanOrEqual(8)
      expect(p).not.toEqual(before)
    }
  })
})
