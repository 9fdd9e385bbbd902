// One box that finds any case: by number, words, place, and at the centre by the phone that called. `/` leads into it.
import { useEffect, useId, useRef, useState } from 'react'
import type { CaseJson } from '../../api/cases.ts'
import { request } from '../../api/request.ts'
import { DESK_KEYS } from './model/steps.ts'
import { Key } from '../../components/keys/keys-help.tsx'
import { useT } from '../../i18n/translate.ts'
import { useDesk } from './desk-context.ts'
import styles from './search-box.module.css'

const PAUSE_MS = 250
const SHOWN = 8
export const SEARCH_ID = 'desk-search'

export function SearchBox() {
  const t = useT()
  const { city, open } = useDesk()
  const [words, setWords] = useState('')
  const [found, setFound] = useState<{ q: string; items: CaseJson[] }>()
  const [at, setAt] = useState(0)
  const list = useId()
  const input = useRef<HTMLInputElement>(null)
  const q = words.trim()

  useEffect(() => {
    if (q.length < 2) return setFound(undefined)
    const abort = new AbortController()
    const timer = setTimeout(() => {
      void request<{ items: CaseJson[] }>(
        `/cases?${new URLSearchParams({ q, limit: String(SHOWN) }).toString()}`,
        {
          signal: abort.signal,
        },
      ).then((answer) => {
        if (abort.signal.aborted || !answer.ok) return
        setFound({ q, items: answer.value.items })
        setAt(0)
      })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [q])

  const close = () => {
    setWords('')
    input.current?.blur()
  }
  const choose = (c: CaseJson | undefined) => {
    if (!c) return
    open(c.id)
    close()
  }
  const isOpen = found !== undefined && found.q === q
  return (
    <div className={styles.box}>
      <input
        ref={input}
        id={SEARCH_ID}
        type="search"
        role="combobox"
        autoComplete="off"
        aria-label={t('centre.search')}
        aria-expanded={isOpen}
        aria-controls={list}
        aria-activedescendant={isOpen && found.items[at] ? `${list}-${at}` : undefined}
        placeholder={t('centre.search')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') return close()
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') return choose(isOpen ? found.items[at] : undefined)
          const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
          if (by === 0 || !isOpen) return
          event.preventDefault()
          setAt(Math.max(0, Math.min(found.items.length - 1, at + by)))
        }}
      />
      <span className={styles.hint}>
        <Key name={DESK_KEYS.search} />
      </span>
      <div
        id={list}
        role="listbox"
        aria-label={t('centre.search')}
        className={isOpen ? styles.list : undefined}
      >
        {isOpen &&
          found.items.map((c, i) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus and names the active option.
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the box chooses it.
            <div
              key={c.id}
              id={`${list}-${i}`}
              role="option"
              aria-selected={i === at}
              className={`${styles.option} ${i === at ? styles.on : ''}`}
              onClick={() => choose(c)}
            >
              <strong>{c.category?.name ?? t('category.none')}</strong>
              <span>{t(`status.${c.status}`)}</span>
              <span className={styles.number}>{c.caseNo ?? c.receiptNo}</span>
              <span className={styles.words}>
                {[city.place([], c.area?.code), c.address, c.description].filter(Boolean).join(' · ')}
              </span>
            </div>
          ))}
        {isOpen && found.items.length === 0 && <p className={styles.option}>{t('centre.search.none')}</p>}
      </div>
    </div>
  )
}
