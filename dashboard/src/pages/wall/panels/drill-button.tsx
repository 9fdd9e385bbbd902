// A figure that opens its list; nothing to open when it is zero.
import type { ReactNode } from 'react'
import type { Drill } from '../../../components/drill/drill.ts'
import { useWall } from '../context.ts'
import styles from './drill-button.module.css'

export function DrillButton(props: {
  drill: Drill
  empty?: boolean
  label?: string | undefined
  /** Names the figure to tests and to whoever reads the page by machine. */
  figure?: string | undefined
  className?: string | undefined
  children: ReactNode
}) {
  const { open } = useWall()
  return (
    <button
      type="button"
      className={[styles.button, props.className].filter(Boolean).join(' ')}
      disabled={props.empty}
      aria-label={props.label}
      data-figure={props.figure}
      onClick={() => open(props.drill)}
    >
      {props.children}
    </button>
  )
}
