// The list of cases behind a figure: from the board's own state, so it is exactly what the figure counted.
// Closes by Esc, by its button, by a press outside, or after a minute without a hand on it.
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { BoardCase } from '#domain/board.ts'
import { runningLight } from '#domain/board-view.ts'
import type { CityNames } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import { LightShape } from '../../ui/light.tsx'
import { useModal } from '../../ui/use-modal.ts'
import { clockWords } from './clock-words.ts'
import { casesOf, type Drill, pathOf } from './drill.ts'
import styles from './drill-panel.module.css'
import { drillTitle } from './drill-title.ts'

const SHOWN = 200
const IDLE_MS = 60_000

interface DrillPanelProps {
  drill: Drill
  cases: readonly BoardCase[]
  names: CityNames
  now: number
  /** Where a row leads; undefined where the reader may not open cases. */
  hrefOf: (id: string) => string | undefined
  /** It is a past day: the server only lists how things stand now. */
  past?: boolean | undefined
  onClose: () => void
}

export function DrillPanel({ drill, cases, names, now, hrefOf, past, onClose }: DrillPanelProps) {
  const t = useT()
  const modal = useModal(onClose)
  const close = useRef(onClose)
  close.current = onClose

  useEffect(() => {
    const element = modal.ref.current
    if (!element) return
    let timer = setTimeout(() => close.current(), IDLE_MS)
    const busy = () => {
      clearTimeout(timer)
      timer = setTimeout(() => close.current(), IDLE_MS)
    }
    const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const
    for (const sign of signs) element.addEventListener(sign, busy)
    return () => {
      clearTimeout(timer)
      for (const sign of signs) element.removeEventListener(sign, busy)
    }
  }, [modal.ref])

  const path = pathOf(drill)
  const asked = useResource<{ items: BoardCase[] }>(past ? undefined : path)
  const found = path === undefined ? casesOf(cases, drill, now) : (asked.value?.items ?? [])
  const rows = found.slice(0, SHOWN)
  // A page of a long list: the figure says how many there are.
  const n = Math.max(found.length, drill.kind === 'standing' && found.length >= SHOWN ? drill.n : 0)
  const title = drillTitle(drill, names, t)
  return (
    <dialog {...modal} className={styles.panel} aria-label={title}>
      <div className={styles.inner}>
        <header className={styles.head}>
          <h2>{title}</h2>
          <p className={styles.count}>
            {n > SHOWN
              ? t(path === undefined ? 'drill.capped' : 'drill.capped-latest', { n, shown: SHOWN })
              : t('drill.count', { n })}
          </p>
          <button type="button" className={styles.close} onClick={onClose} aria-label={t('action.close')}>
            ✕
          </button>
        </header>
        {asked.problem && <Notice kind="fault">{problemText(asked.problem, t)}</Notice>}
        {rows.length === 0 && !asked.problem && (
          <p className={styles.none}>
            {t(past && path !== undefined ? 'drill.past' : asked.loading ? 'drill.loading' : 'drill.none')}
          </p>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be scrolled by keys too, and a display's rows lead nowhere. */}
        <ul className={styles.rows} tabIndex={0}>
          {rows.map((c) => (
            <li key={c.id}>
              <Row c={c} names={names} now={now} href={hrefOf(c.id)} />
            </li>
          ))}
        </ul>
      </div>
    </dialog>
  )
}

function Row(props: { c: BoardCase; names: CityNames; now: number; href: string | undefined }) {
  const t = useT()
  const { c, names, now, href } = props
  const content = (
    <>
      <LightShape light={runningLight(c)} label={t(`light.${runningLight(c)}`)} />
      <span className={styles.what}>{names.category(c.category) ?? t('category.none')}</span>
      <span className={styles.clock}>{clockWords(c, now, t)}</span>
      <span className={styles.where}>
        {[
          names.place(c.areaPath, c.area) ?? t('area.none'),
          names.department(c.department) ?? t('department.none'),
          c.caseNo ?? c.receiptNo,
        ].join(' · ')}
      </span>
      <span className={styles.status}>{t(`status.${c.status}`)}</span>
    </>
  )
  if (href === undefined) return <div className={styles.row}>{content}</div>
  return (
    <Link href={href} className={styles.row}>
      {content}
    </Link>
  )
}
