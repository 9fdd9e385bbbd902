// One case on two lines, the same on every card: its light, what it is, its clock; below, where and whose. A press opens it.
import type { ReactNode } from 'react'
import type { BoardCase } from '#domain/board.ts'
import { isRunning, runningLight } from '#domain/board-view.ts'
import { clockWords } from '../../../components/drill/clock-words.ts'
import { useT } from '../../../i18n/translate.ts'
import { useTick } from '../../../live/use-live.ts'
import { LightShape } from '../../../ui/light.tsx'
import { useWall } from '../context.ts'
import { CategoryName } from './category-name.tsx'
import styles from './case-line.module.css'
import { DrillButton } from './drill-button.tsx'

export function CaseLine(props: {
  c: BoardCase
  className?: string | undefined
  /** In place of the clock, or of the status of one whose clock does not run. */
  when?: ReactNode
  whenClass?: string | undefined
  /** The second line; `both` is place and unit. */
  where?: 'both' | 'unit-first' | 'place' | 'none'
  /** Names that are too long are written smaller. */
  fitted?: boolean
}) {
  const t = useT()
  const { city } = useWall()
  const { claimed } = useTick()
  const { c, where = 'both', fitted = false } = props
  const light = runningLight(c)
  const place = city.place(c.areaPath, c.area)
  const unit = city.department(c.department)
  const parts = { both: [place, unit], 'unit-first': [unit, place], place: [place], none: [] }[where]
  return (
    <DrillButton drill={{ kind: 'cases', ids: [c.id] }} className={`${styles.line} ${props.className ?? ''}`}>
      <LightShape light={light} label={t(`light.${light}`)} />
      {fitted ? (
        <CategoryName of={c} className={styles.what} />
      ) : (
        <b className={styles.what}>{city.category(c.category) ?? t('category.none')}</b>
      )}
      <span className={`${styles.when} ${props.whenClass ?? ''}`}>
        {props.when ?? (isRunning(c) ? clockWords(c, claimed, t) : t(`status.${c.status}`))}
      </span>
      {where !== 'none' && <span className={styles.where}>{parts.filter(Boolean).join(' · ')}</span>}
    </DrillButton>
  )
}
