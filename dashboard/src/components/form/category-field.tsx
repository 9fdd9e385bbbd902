// Search among the city's categories by name, by what people call it, or by code.
import { useId, useState } from 'react'
import { useCategories } from '../../api/city.ts'
import { useT } from '../../i18n/translate.ts'
import type { FieldIds } from '../../ui/field.tsx'
import styles from './form.module.css'

const SHOWN = 8

export function CategoryField(props: {
  ids: FieldIds
  value: string | undefined
  onChange: (code: string | undefined) => void
}) {
  const t = useT()
  const categories = useCategories() ?? []
  const [words, setWords] = useState('')
  const list = useId()
  const chosen = categories.find((c) => c.code === props.value)
  const needle = words.trim().toLowerCase()
  const found =
    needle === ''
      ? []
      : categories
          .filter(
            (c) =>
              [c.name, ...(c.aliases ?? [])].some((name) => name.includes(words.trim())) ||
              c.code.toLowerCase().startsWith(needle),
          )
          .slice(0, SHOWN)
  const choose = (code: string | undefined) => {
    props.onChange(code)
    setWords('')
  }
  if (chosen) {
    return (
      <div className={styles.chosen}>
        <span>
          {chosen.name} <span className={styles.quiet}>{chosen.code}</span>
        </span>
        <button type="button" onClick={() => choose(undefined)} aria-label={t('form.cancel')}>
          ✕
        </button>
      </div>
    )
  }
  return (
    <div>
      <input
        {...props.ids}
        type="search"
        autoComplete="off"
        value={words}
        placeholder={t('report.category.search')}
        aria-controls={list}
        onChange={(event) => setWords(event.target.value)}
      />
      <ul id={list} className={styles.found}>
        {found.map((c) => (
          <li key={c.code}>
            <button type="button" onClick={() => choose(c.code)}>
              <span>{c.name}</span>
              <span className={styles.quiet}>{c.code}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
