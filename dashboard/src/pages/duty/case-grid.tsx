// Many cases of one kind at once, each a card; one has the focus and takes the keys, and the next moves up when one is
// decided. The filing grid and the closing wall are this with a card of their own.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { BoardCase } from '#domain/board.ts'
import type { DeskItemJson } from '../../api/desk.ts'
import type { KeyBinding } from '../../components/keys/keys.ts'
import { useT } from '../../i18n/translate.ts'
import styles from './case-grid.module.css'
import { useDesk } from './desk-context.ts'
import { DecisionBox } from './item/decision-box.tsx'
import { type Decisions, useDecisions } from './item/use-decisions.tsx'
import { byUrgency, type Kind } from './model/queue.ts'

export function CaseGrid(props: {
  kinds: readonly Kind[]
  /** Cards on a page: so many are in hand. */
  most: number
  wide?: boolean
  /** Keys of this grid, before those of the case; the first that has a letter keeps it. */
  keys: (item: DeskItemJson, decisions: Decisions) => KeyBinding[]
  card: (item: DeskItemJson, c: BoardCase) => ReactNode
  /** Beside the decisions of the card that has the focus. */
  foot?: (item: DeskItemJson) => ReactNode
  onBindings: (bindings: KeyBinding[]) => void
}) {
  const t = useT()
  const { queues, board, steps, seats, items, wants, open } = useDesk()
  const { kinds, most, wide = false, keys, card, foot, onBindings } = props
  const [focus, setFocus] = useState<string>()
  const [at, setAt] = useState(0)
  const grid = useRef<HTMLUListElement>(null)
  const order = useRef(new Map<string, number>())

  const undecided = queues
    .filter((q) => kinds.includes(q.kind))
    .flatMap((q) => q.cases)
    .filter((c) => !steps.isDone(c))
  const all = undecided.filter((c) => !seats.others.has(c.id)).sort(byUrgency)
  const held = undecided.length - all.length
  // Cards keep their places while more urgent ones come in: what is about to be pressed does not move away.
  const seen = order.current
  const shown = [...all]
    .sort(
      (a, b) =>
        (seen.get(a.id) ?? Number.POSITIVE_INFINITY) - (seen.get(b.id) ?? Number.POSITIVE_INFINITY) ||
        byUrgency(a, b),
    )
    .slice(0, most)
  for (const c of shown) if (!seen.has(c.id)) seen.set(c.id, seen.size)
  const soon = all.filter((c) => !shown.includes(c)).slice(0, most)
  useEffect(() => wants(shown, soon))

  const kept = shown.findIndex((c) => c.id === focus)
  const index = kept >= 0 ? kept : Math.min(at, shown.length - 1)
  const current = shown[index]
  useEffect(() => {
    if (!current) return
    setFocus(current.id)
    setAt(index)
    grid.current?.querySelector(`[data-card="${current.id}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current, index])

  const item = current && items.of(current.id)
  const decisions = useDecisions(item, current && board.get(current.id))
  const columns = () => {
    const cards = [...(grid.current?.children ?? [])] as HTMLElement[]
    const first = cards[0]?.offsetTop
    return Math.max(1, cards.filter((c) => c.offsetTop === first).length)
  }
  const move = (by: number) => {
    const to = shown[Math.max(0, Math.min(shown.length - 1, index + by))]
    if (to) setFocus(to.id)
  }
  const own = item ? keys(item, decisions) : []
  const bindings: KeyBinding[] = [
    ...own,
    ...decisions.bindings.filter((b) => !own.some((o) => o.key === b.key)),
    { key: 'arrowright', label: t('centre.next'), run: () => move(1), repeats: true },
    { key: 'arrowleft', label: t('centre.before'), run: () => move(-1), repeats: true },
    { key: 'arrowdown', label: t('centre.below'), run: () => move(columns()), repeats: true },
    { key: 'arrowup', label: t('centre.above'), run: () => move(-columns()), repeats: true },
    ...(current ? [{ key: 't', label: t('centre.full'), run: () => open(current.id) }] : []),
  ]
  useEffect(() => onBindings(bindings))

  return (
    <div className={styles.frame}>
      <p className={styles.count} role="status">
        {all.length === 0 ? t('centre.grid.none') : t('centre.grid.left', { n: all.length })}
        {held > 0 && t('centre.grid.held', { n: held })}
      </p>
      <ul ref={grid} className={`${styles.grid} ${wide ? styles.wide : ''}`}>
        {shown.map((c) => {
          const one = items.of(c.id)
          const isOn = c.id === current?.id
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the page do the same, and its buttons are real.
            <li
              key={c.id}
              data-card={c.id}
              aria-current={isOn}
              className={`${styles.card} ${isOn ? styles.on : ''}`}
              onClick={() => setFocus(c.id)}
            >
              {one ? card(one, c) : <p>{t('state.loading')}</p>}
            </li>
          )
        })}
      </ul>
      {item && (
        <div className={styles.foot}>
          <DecisionBox decisions={decisions} isRow />
          {foot?.(item)}
        </div>
      )}
      {decisions.dialog}
    </div>
  )
}
