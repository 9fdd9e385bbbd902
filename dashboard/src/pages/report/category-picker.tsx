// The category of a report under one thumb: those used lately and those used most stand as buttons, all others are found by
// name, by what people call them, or by code.
import { useMemo, useState } from 'react'
import { useCategories, type CategoryRow } from '../../api/city.ts'
import { useT } from '../../i18n/translate.ts'
import type { FieldIds } from '../../ui/field.tsx'
import chips from '../../ui/chips.module.css'
import hits from '../../ui/found.module.css'
import styles from './report-page.module.css'
import { recentCategories } from './recent.ts'

const BUTTONS = 6
const FOUND = 8

const called = ({ name, aliases = [] }: CategoryRow) => [name, ...aliases]

/** Names that begin with the words first, then those that have them, then what people call them. */
export function searchCategories(
  categories: readonly CategoryRow[],
  words: string,
  most: number,
): CategoryRow[] {
  const needle = words.trim().toLowerCase()
  if (needle === '') return []
  const score = (c: CategoryRow): number => {
    if (c.name.startsWith(needle) || c.code.toLowerCase().startsWith(needle)) return 3
    if (c.name.includes(needle)) return 2
    return called(c).some((n) => n.toLowerCase().includes(needle)) ? 1 : 0
  }
  return categories
    .map((c) => ({ c, score: score(c) }))
    .filter((x) => x.score > 0)
    .sort((a, b) => b.score - a.score || (b.c.share ?? 0) - (a.c.share ?? 0))
    .slice(0, most)
    .map((x) => x.c)
}

/** Lately used, filled up with those that the city has most of. */
export function quickCategories(categories: readonly CategoryRow[], recent: readonly string[], most: number) {
  const byCode = new Map(categories.map((c) => [c.code, c]))
  const lately = recent.flatMap((code) => byCode.get(code) ?? [])
  const often = [...categories].sort((a, b) => (b.share ?? 0) - (a.share ?? 0))
  return [...new Set([...lately, ...often])].slice(0, most)
}

export function CategoryPicker(props: {
  ids: FieldIds
  value: string | undefined
  onChange: (code: string | undefined) => void
}) {
  const t = useT()
  const categories = useCategories()
  const [words, setWords] = useState('')
  const quick = useMemo(() => quickCategories(categories ?? [], recentCategories(), BUTTONS), [categories])
  const chosen = categories?.find((c) => c.code === props.value)
  const found = searchCategories(categories ?? [], words, FOUND)
  const choose = (code: string | undefined) => {
    props.onChange(code)
    setWords('')
  }
  return (
    <div className={styles.picker}>
      <div className={chips.chips}>
        {chosen && !quick.includes(chosen) && (
          <button type="button" aria-pressed onClick={() => choose(undefined)}>
            {chosen.name}
          </button>
        )}
        {quick.map((c) => (
          <button
            key={c.code}
            type="button"
            aria-pressed={c.code === props.value}
            onClick={() => choose(c.code === props.value ? undefined : c.code)}
          >
            {c.name}
          </button>
        ))}
      </div>
      <input
        {...props.ids}
        type="search"
        autoComplete="off"
        value={words}
        placeholder={t('pick.search')}
        onChange={(event) => setWords(event.target.value)}
      />
      {words.trim() !== '' && (
        <ul className={hits.found}>
          {found.map((c) => (
            <li key={c.code}>
              <button type="button" onClick={() => choose(c.code)}>
                <span>{c.name}</span>
                <span className={styles.quiet}>
                  {c.aliases?.find((a) => a.includes(words.trim())) ?? c.majorName}
                </span>
              </button>
            </li>
          ))}
          {found.length === 0 && <li className={styles.quiet}>{t('pick.none')}</li>}
        </ul>
      )}
    </div>
  )
}
