// The unit's own figures, each a link to the cases behind it, and what never counts against it.
import { Link } from 'wouter'
import type { BoardState } from '#domain/board.ts'
import { listPath } from '../../components/case-list/filters.ts'
import { useT } from '../../i18n/translate.ts'
import styles from './department.module.css'
import { figuresOf, type Figure } from './figures.ts'

export function FiguresCard(props: {
  board: BoardState
  now: number
  department: string
  /** A case is open: on a phone it has the room. */
  yields: boolean
}) {
  const t = useT()
  const { board, now, department, yields } = props
  const { today, month, against } = figuresOf(board, now, department)
  return (
    <section
      className={yields ? `${styles.figures} ${styles.yielding}` : styles.figures}
      aria-label={t('dept.figures')}
    >
      <Group title={t('dept.figures.today')} figures={today} />
      <Group title={t('dept.figures.month')} figures={month} />
      <Group title={t('dept.figures.against')} figures={against} isAgainst />
      <p className={styles.promise}>
        {t('dept.not-against')} <Link href="/appeals">{t('dept.figures.appeal')}</Link>
      </p>
    </section>
  )
}

function Group(props: { title: string; figures: Figure[]; isAgainst?: boolean }) {
  const t = useT()
  return (
    <div className={styles.group}>
      <h2>{props.title}</h2>
      <ul>
        {props.figures.map((f) => (
          <li key={f.name}>
            <Link
              href={listPath(f.list)}
              data-figure={f.name}
              data-bad={props.isAgainst && f.n > 0 ? '' : undefined}
            >
              <strong>{shown(f)}</strong>
              {f.share !== undefined && (
                <small>
                  {f.n}/{f.of}
                </small>
              )}
              <span>{t(`dept.figure.${f.name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function shown({ name, n, of, share }: Figure): string {
  if (name === 'on-time') return share === undefined ? '—' : `${(share * 100).toFixed(1)}%`
  return of === undefined ? String(n) : `${n}/${of}`
}
