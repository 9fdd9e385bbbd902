// One place for what is good to know and not pressing: half a minute each, only what there is.
import type { ReactNode } from 'react'
import { type Translate, useT, wordFor } from '../../../i18n/translate.ts'
import { Card } from '../../../ui/card.tsx'
import { Figure } from '../../../ui/figure.tsx'
import { useWall, type Wall } from '../context.ts'
import type { Counted } from '../model/today.ts'
import { percent } from '../model/standings.ts'
import { DrillButton } from './drill-button.tsx'
import styles from './slot-card.module.css'

const TURN_MS = 30_000
const ROWS = 4

type View = 'categories' | 'sources' | 'satisfaction' | 'duty'

function viewsOf({ model, screen }: Wall): View[] {
  const views: View[] = []
  if (model.categories.length > 0) views.push('categories')
  if (model.sources.length > 0) views.push('sources')
  if ((model.standings.month?.satisfied.of ?? 0) > 0) views.push('satisfaction')
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
      return <Bars rows={model.categories} of="category" nameOf={(code) => city.category(code) ?? code} />
    case 'sources':
      return <Bars rows={model.sources} of="source" nameOf={(code) => wordFor(t, 'source', code)} />
    case 'satisfaction': {
      const part = model.standings.month?.satisfied
      return part ? (
        <DrillButton
          drill={{
            kind: 'standing',
            list: 'not-satisfied',
            n: part.of - part.n,
            day: model.day,
            scope: model.scope,
          }}
          empty={part.n === part.of}
          className={styles.one}
        >
          <b>
            {percent(part)}
            <small>%</small>
          </b>
          <span>{t('wall.slot.satisfied-of', part)}</span>
        </DrillButton>
      ) : null
    }
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
}) {
  const { model } = useWall()
  const { rows, nameOf } = props
  const shown = rows.slice(0, ROWS)
  const most = Math.max(1, ...shown.map((r) => r.n))
  return (
    <div className={styles.bars}>
      {shown.map((r) => (
        <DrillButton
          key={r.code}
          drill={{
            kind: 'today',
            metric: 'reported',
            [props.of]: r.code,
            day: model.day,
            scope: model.scope,
          }}
          className={styles.bar}
        >
          <span className={styles.what}>{nameOf(r.code)}</span>
          <span className={styles.n}>
            <Figure value={r.n} name={`${props.of}:${r.code}`} />
          </span>
          <span className={styles.track} aria-hidden="true">
            <span style={{ inlineSize: `${(r.n / most) * 100}%` }} />
          </span>
        </DrillButton>
      ))}
    </div>
  )
}
