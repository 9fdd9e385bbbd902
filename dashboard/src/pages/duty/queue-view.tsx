// The queue and the case in hand: what waits by kind on the left, one case and its decision beside it; once it is decided
// the next comes by itself. A case that somebody else takes up leaves.
import { useEffect, useState } from 'react'
import type { BoardCase } from '#domain/board.ts'
import { formatSpan } from '../../i18n/format.ts'
import { Key } from '../../components/keys/keys-help.tsx'
import type { KeyBinding } from '../../components/keys/keys.ts'
import { useT } from '../../i18n/translate.ts'
import { LightShape } from '../../ui/light.tsx'
import { useDesk } from './desk-context.ts'
import { useDecisions } from './item/use-decisions.tsx'
import { ItemView } from './item/item-view.tsx'
import { decideBy, type Kind, nextOf, waitingOf, WATCHED, type Watched, watchedOf } from './model/queue.ts'
import { DESK_KEYS } from './model/steps.ts'
import styles from './queue-view.module.css'

type Shown = Kind | Watched | 'all'
const LISTED = 60

export function QueueView(props: {
  /** A case that was asked for, whatever it waits for. */
  asked: string | undefined
  /** Also given to the page: all keys in one place. */
  onBindings: (bindings: KeyBinding[]) => void
}) {
  const t = useT()
  const { queues, board, steps, seats, items, city, now, wants, open } = useDesk()
  const { asked, onBindings } = props
  const [kind, setKind] = useState<Shown>('all')
  const [picked, setPicked] = useState<string>()
  const isWatched = (WATCHED as readonly string[]).includes(kind)
  const waiting = isWatched
    ? watchedOf(board.values(), kind as Watched)
    : waitingOf(queues, kind as Kind | 'all')
  const list = waiting.filter((c) => !steps.isDone(c))
  const free = list.filter((c) => !seats.others.has(c.id))
  const kept = free.find((c) => c.id === picked)
  const current = kept ?? nextOf(list, seats.others)
  const id = asked ?? current?.id
  const c = id === undefined ? undefined : board.get(id)
  const after = free.filter((f) => f.id !== current?.id).slice(0, 2)

  // The case that is looked at stays, whatever more urgent comes in; it goes when it is decided or taken.
  useEffect(() => {
    if (current && picked !== current.id) setPicked(current.id)
  }, [current, picked])

  const inHand = [
    ...(asked !== undefined && c ? [c] : []),
    ...(current && asked === undefined ? [current, ...after.slice(0, 1)] : []),
  ]
  useEffect(() => wants(isWatched ? [] : inHand, current ? [current, ...after] : after))

  const item = id === undefined ? undefined : items.of(id)
  const decisions = useDecisions(item, c, asked !== undefined)
  const move = (by: number) => {
    const at = free.findIndex((f) => f.id === current?.id)
    const to = free[Math.max(0, Math.min(free.length - 1, at + by))]
    open(undefined)
    if (to) setPicked(to.id)
  }
  const present = queues.filter((q) => q.cases.length > 0)
  const bindings: KeyBinding[] = [
    ...decisions.bindings,
    { key: DESK_KEYS.next, label: t('centre.next'), run: () => move(1), repeats: true },
    { key: DESK_KEYS.before, label: t('centre.before'), run: () => move(-1), repeats: true },
    { key: 'arrowdown', label: t('centre.next'), run: () => move(1), repeats: true },
    { key: 'arrowup', label: t('centre.before'), run: () => move(-1), repeats: true },
    { key: '0', label: t('centre.kind.all'), run: () => setKind('all') },
    ...present.slice(0, 9).map((q, i) => ({
      key: String(i + 1),
      label: t(`centre.kind.${q.kind}`),
      run: () => setKind(q.kind),
    })),
  ]
  useEffect(() => onBindings(bindings))

  const total = queues.reduce((n, q) => n + q.cases.length, 0)
  return (
    <div className={styles.desk}>
      <nav className={styles.left} aria-label={t('centre.queues')}>
        <ul className={styles.kinds}>
          <KindRow shown="all" n={total} isOn={kind === 'all'} digit="0" onChoose={setKind} />
          {queues.map((q) => (
            <KindRow
              key={q.kind}
              shown={q.kind}
              n={q.cases.length}
              late={q.late}
              oldest={q.oldest === undefined ? undefined : formatSpan(now - q.oldest, t)}
              isOn={kind === q.kind}
              digit={present.includes(q) ? String(present.indexOf(q) + 1) : undefined}
              onChoose={setKind}
            />
          ))}
          {WATCHED.map((w) => (
            <KindRow
              key={w}
              shown={w}
              n={watchedOf(board.values(), w).length}
              isOn={kind === w}
              onChoose={setKind}
            />
          ))}
        </ul>
        <ol className={styles.cases} aria-label={t('centre.list')}>
          {list.slice(0, LISTED).map((row) => (
            <CaseRow
              key={row.id}
              c={row}
              name={city.category(row.category) ?? t('category.none')}
              place={city.place(row.areaPath, row.area) ?? t('area.none')}
              now={now}
              isOn={row.id === id}
              holder={seats.others.get(row.id)}
              onPick={() => {
                open(undefined)
                setPicked(row.id)
              }}
            />
          ))}
        </ol>
        {list.length > LISTED && (
          <p className={styles.more}>{t('centre.more', { n: list.length - LISTED })}</p>
        )}
      </nav>
      {item ? (
        <ItemView key={item.case.id} item={item} board={c} decisions={decisions} />
      ) : (
        <p className={styles.empty} role="status">
          {id === undefined ? t('centre.empty') : t('state.loading')}
        </p>
      )}
      {decisions.dialog}
    </div>
  )
}

function KindRow(props: {
  shown: Shown
  n: number
  late?: number
  oldest?: string | undefined
  isOn: boolean
  digit?: string | undefined
  onChoose: (kind: Shown) => void
}) {
  const t = useT()
  const { shown, n, late = 0, oldest, isOn, digit, onChoose } = props
  return (
    <li>
      <button
        type="button"
        className={[
          styles.kind,
          isOn ? styles.on : '',
          n === 0 ? styles.none : '',
          shown === 'urgent' && n > 0 ? styles.urgent : '',
        ]
          .filter(Boolean)
          .join(' ')}
        aria-pressed={isOn}
        data-kind={shown}
        onClick={() => onChoose(shown)}
      >
        <span className={styles.digit}>{digit !== undefined && <Key name={digit} />}</span>
        <span>{t(`centre.kind.${shown}`)}</span>
        <b>{n}</b>
        <small className={late > 0 ? styles.late : undefined}>{oldest}</small>
      </button>
    </li>
  )
}

function CaseRow(props: {
  c: BoardCase
  name: string
  place: string
  now: number
  isOn: boolean
  holder: string | undefined
  onPick: () => void
}) {
  const t = useT()
  const { c, name, place, now, isOn, holder, onPick } = props
  const left = decideBy(c) - now
  return (
    <li>
      <button
        type="button"
        className={`${styles.row} ${isOn ? styles.on : ''}`}
        aria-current={isOn}
        disabled={holder !== undefined}
        data-case={c.id}
        onClick={onPick}
      >
        <LightShape light={left < 0 ? 'red' : c.urgent ? 'yellow' : 'none'} />
        <span className={styles.what}>{name}</span>
        <small className={left < 0 ? styles.late : undefined}>
          {holder === undefined
            ? formatSpan(now - (c.waitsFor?.since ?? c.since), t)
            : t('centre.held', { name: holder })}
        </small>
        <span className={styles.where}>{place}</span>
      </button>
    </li>
  )
}
