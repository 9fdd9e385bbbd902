// Puts panels where the layout says. Sides on a seam or at the rim keep text further off; the map alone keeps still.
import type { CSSProperties, ReactNode } from 'react'
import type { Panel } from './panels.ts'
import { COLUMNS, type Layout, type Placed, ROWS } from './grid.ts'
import styles from './canvas.module.css'
import { useShift } from './use-canvas.ts'

const HEADER: readonly Panel[] = ['name', 'clock', 'state', 'announcement']

function sides(layout: Layout, p: Placed): string {
  const { seams, groups } = layout
  const at = (line: number, lines: readonly number[], rim: readonly number[]) =>
    rim.includes(line) ? 'rim' : lines.includes(line) ? 'seam' : 'gap'
  const columns = [0, groups * COLUMNS]
  const names = {
    left: at(p.column, seams.columns, columns),
    right: at(p.column + p.columns, seams.columns, columns),
    top: at(p.row, seams.rows, [0]),
    bottom: at(p.row + p.rows, seams.rows, [ROWS]),
  }
  return Object.entries(names)
    .map(([side, kind]) => styles[`${kind}-${side}`])
    .join(' ')
}

export function WallCanvas(props: {
  layout: Layout
  /** Panels of another scene fade in; the map stays. */
  sceneKey: string
  stale: boolean
  className?: string | undefined
  panel: (panel: Panel) => ReactNode
}) {
  const { layout, sceneKey, stale, panel } = props
  const shift = useShift()
  const style = {
    '--columns': layout.groups * COLUMNS,
    '--rows': ROWS,
    '--shift-x': `${shift.x}px`,
    '--shift-y': `${shift.y}px`,
  } as CSSProperties
  return (
    <div className={[styles.canvas, props.className].filter(Boolean).join(' ')} style={style}>
      {layout.placed.map((p) => {
        const content = panel(p.panel)
        if (content === null || content === undefined) return null
        const isHeader = HEADER.includes(p.panel)
        const className = [
          styles.place,
          sides(layout, p),
          p.panel === 'map' ? styles.still : styles.moves,
          p.split ? styles.split : '',
          stale && !isHeader ? styles.stale : '',
        ]
        return (
          <div
            key={p.panel === 'map' ? 'map' : isHeader ? `${p.panel} ${p.column}` : `${sceneKey} ${p.panel}`}
            data-panel={p.panel}
            data-stale={stale && !isHeader ? '' : undefined}
            className={className.filter(Boolean).join(' ')}
            style={{
              gridColumn: `${p.column + 1} / span ${p.columns}`,
              gridRow: `${p.row + 1} / span ${p.rows}`,
            }}
          >
            {content}
          </div>
        )
      })}
    </div>
  )
}
