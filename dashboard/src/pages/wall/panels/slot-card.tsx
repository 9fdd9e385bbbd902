// One place for what is good to know and not pressing: half a minute each, only what there is.
import { type ReactNode, useMemo } from 'react'
import { formatSpan } from '../../../i18n/format.ts'
import { type Translate, useT, wordFor } from '../../../i18n/translate.ts'
import { useResource } from '../../../api/use-resource.ts'
import type { BoardCase } from '#domain/board.ts'
import { Card } from '../../../ui/card.tsx'
import { useTick } from '../../../live/use-live.ts'
import { Figure } from '../../../ui/figure.tsx'
import { useWall, type Wall } from '../context.ts'
import type { Counted } from '../model/today.ts'
import { percent } from '../model/standings.ts'
import { DrillButton } from './drill-button.tsx'
import styles from './slot-card.module.css'

const TURN_MS = 30_000
const ROWS = 4

type View = 'categories' | 'sources' | 'satisfaction' | 'fastest' | 'duty'

function viewsOf({ model, screen }: Wall): View[] {
  const views: View[] = []
  if (model.categories.length > 0) views.push('categories')
  if (model.sources.length > 0) views.push('sources')
  if ((model.standings.month?.satisfied.of ?? 0) > 0) views.push('satisfaction')
  if (model.today.closed > 0) views.push('fastest')
  if (screen.duty) views.push('duty')
  return views
}

export function SlotCard() {
  const t = useT()
  const wall = useWall()
  const views = viewsOf(wall)
  const view = views[Math.floor(Date.now() / TURN_MS) % Math.max(1, views.length)]
  if (view === undefined)
    return (
      <Card className={styles.card} title={t('wall.slot.categories')}>
        <p className={styles.none}>{t('wall.slot.none')}</p>
      </Card>
    )
  return (
    <Card key={view} className={styles.card} title={t(`wall.slot.${view}`)} label={t(`wall.slot.${view}`)}>
      {contentOf(view, wall, t)}
    </Card>
  )
}

function contentOf(view: View, { model, city, screen }: Wall, t: Translate): ReactNode {
  switch (view) {
    case 'categories':
      return (
        <Bars
          rows={model.categories}
          of="category"
          nameOf={(code) => city.category(code) ?? code}
          whole={model.today.reported}
        />
      )
    case 'sources':
      return (
        <Bars
          rows={model.sources}
          of="source"
          nameOf={(code) => wordFor(t, 'source', code)}
          whole={model.today.reported}
        />
      )
    case 'satisfaction': {
      const part = model.standings.month?.satisfied
      return part ? (
        <p className={styles.one}>
          <b>
            {percent(part)}
            <small>%</small>
          </b>
          <span>{t('wall.slot.satisfied-of', part)}</span>
        </p>
      ) : null
    }
    case 'fastest':
      return <Fastest />
    case 'duty':
      return screen.duty ? (
        <p className={styles.one}>
          <b>{screen.duty.onDuty}</b>
          <span>{t('wall.slot.duty-of', { of: screen.duty.supervisors })}</span>
        </p>
      ) : null
  }
}

function Bars(props: {
  rows: readonly Counted[]
  of: 'category' | 'source'
  nameOf: (code: string) => string
  whole: number
}) {
  const { model, city } = useWall()
  const { rows, nameOf } = props
  const shown = rows.slice(0, ROWS)
  const most = Math.max(1, ...shown.map((r) => r.n))
  return (
    <div className={styles.bars}>
      {shown.map((r) => {
        const ids = model.cases
          .filter((c) => (props.of === 'category' ? c.category === r.code : c.source === r.code))
          .map((c) => c.id)
        return (
          <DrillButton
            key={r.code}
            drill={{ kind: 'cases', ids }}
            empty={ids.length === 0}
            className={styles.bar}
          >
            <span className={styles.what}>{nameOf(r.code)}</span>
            <span className={styles.n}>
              <Figure value={r.n} />
            </span>
            <span className={styles.track} aria-hidden="true">
              <span style={{ inlineSize: `${(r.n / most) * 100}%` }} />
            </span>
          </DrillButton>
        )
      })}
      {shown.length === 0 && <span>{city.info.name}</span>}
    </div>
  )
}

/** Of the cases closed today the one that took least, from report to closing. */
function Fastest() {
  const t = useT()
  const { model, city, live } = useWall()
  const { claimed } = useTick()
  const closed = useResource<{ items: BoardCase[] }>(
    `/board/cases?metric=closed&day=${model.day}&scope=${encodeURIComponent(model.scope)}`,
  )
  const items = closed.value?.items
  // In a replay what was closed later is not closed yet; by the minute is often enough.
  const until = live?.past ? Math.floor(claimed / 60_000) * 60_000 : Number.POSITIVE_INFINITY
  const best = useMemo(
    () =>
      items
        ?.filter((c) => c.since <= until)
        .reduce<BoardCase | undefined>((a, b) => (!a || took(b) < took(a) ? b : a), undefined),
    [items, until],
  )
  if (!best) return <p className={styles.none}>{t('wall.slot.none')}</p>
  return (
    <p className={styles.one}>
      <b className={styles.span}>{formatSpan(took(best), t)}</b>
      <span>
        {[city.category(best.category), city.place(best.areaPath, best.area)].filter(Boolean).join(' · ')}
      </span>
      <span>{city.department(best.department)}</span>
    </p>
  )
}

const took = (c: BoardCase) => c.since - c.reportedAt
