// Moving through a list by keys: which row is the next one, and the keys that every list has. Pure.
import type { KeyBinding } from '../keys/keys.ts'
import type { Translate } from '../../i18n/translate.ts'

/** The row to go to; from a row that is no longer there, or none, to an end of the list. */
export function moved(
  ids: readonly string[],
  active: string | undefined,
  step: 'next' | 'previous',
): string | undefined {
  const at = active === undefined ? -1 : ids.indexOf(active)
  if (at < 0) return step === 'next' ? ids[0] : ids.at(-1)
  return ids[Math.min(ids.length - 1, Math.max(0, at + (step === 'next' ? 1 : -1)))]
}

interface ListMoves {
  ids: readonly string[]
  active: string | undefined
  onActive: (id: string) => void
  onOpen: (id: string) => void
  onMark?: ((id: string) => void) | undefined
  onSearch?: (() => void) | undefined
  onLeave?: (() => void) | undefined
}

/** j/k and arrows move, Enter opens, x ticks, / goes to the search, Esc leaves what is open. */
export function listBindings(list: ListMoves, t: Translate): KeyBinding[] {
  const { ids, active, onActive, onOpen, onMark, onSearch, onLeave } = list
  const go = (step: 'next' | 'previous') => () => {
    const id = moved(ids, active, step)
    if (id !== undefined) onActive(id)
  }
  const onIt = (does: (id: string) => void) => () => {
    if (active !== undefined && ids.includes(active)) does(active)
  }
  const next = { label: t('list.key.next'), run: go('next'), repeats: true }
  const previous = { label: t('list.key.previous'), run: go('previous'), repeats: true }
  return [
    { key: 'j', ...next },
    { key: 'arrowdown', ...next },
    { key: 'k', ...previous },
    { key: 'arrowup', ...previous },
    { key: 'enter', label: t('list.key.open'), run: onIt(onOpen) },
    ...(onMark ? [{ key: 'x', label: t('list.key.mark'), run: onIt(onMark) }] : []),
    ...(onSearch ? [{ key: '/', label: t('list.key.search'), run: onSearch }] : []),
    ...(onLeave ? [{ key: 'escape', label: t('list.key.leave'), run: onLeave }] : []),
  ]
}
