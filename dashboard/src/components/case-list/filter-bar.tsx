// The filters of a list: words first, the rest behind one press on a phone. Every change is in the address.
import { useEffect, useState, type Ref } from 'react'
import { SOURCES, STATUSES } from '#domain/case.ts'
import type { City } from '../../api/city.ts'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { LIGHT_CHOICES, narrowedBy, type ListFilters } from './filters.ts'
import styles from './case-list.module.css'

/** Typing is sent on after a pause. */
const PAUSE_MS = 400

export function FilterBar(props: {
  filters: ListFilters
  city: City
  search: Ref<HTMLInputElement>
  onChange: (filters: ListFilters) => void
  onPrint: () => void
  onHelp: () => void
}) {
  const t = useT()
  const { filters, city, onChange } = props
  const [unfolded, setUnfolded] = useState(false)
  const n = narrowedBy(filters)
  const set = (change: Partial<ListFilters>) =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...filters, ...change }).filter(([, v]) => v !== undefined && v !== ''),
      ),
    )
  const area = city.areas.filter((a) => a.level !== city.info.levels.at(-1)?.key)
  return (
    <search className={styles.filters}>
      <Words key={filters.metric ?? ''} q={filters.q} search={props.search} onChange={(q) => set({ q })} />
      <Choice
        label={t('list.filter.status')}
        value={filters.status}
        onChange={(status) => set({ status: status as ListFilters['status'] })}
        options={[['open', t('list.open')], ...STATUSES.map((s): [string, string] => [s, t(`status.${s}`)])]}
      />
      <Button className={styles.unfold} aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
        {n === 0 ? t('list.filters') : t('list.filters.n', { n })}
      </Button>
      <div className={unfolded ? `${styles.more} ${styles.unfolded}` : styles.more}>
        <Choice
          label={t('list.filter.light')}
          value={filters.light}
          onChange={(light) => set({ light: light as ListFilters['light'] })}
          options={LIGHT_CHOICES.map((l) => [l, t(`light.${l}`)])}
        />
        <Choice
          label={t('list.filter.department')}
          value={filters.department}
          onChange={(department) => set({ department, ...(department ? {} : { role: undefined }) })}
          options={city.departments.map((d) => [d.code, d.name])}
        />
        <Choice
          label={t('list.filter.area')}
          value={filters.area}
          onChange={(code) => set({ area: code })}
          options={area.map((a) => [a.code, a.name])}
        />
        <Choice
          label={t('list.filter.category')}
          value={filters.category}
          onChange={(category) => set({ category })}
          options={city.categories.map((c) => [c.code, `${c.name} ${c.code}`])}
        />
        <Choice
          label={t('list.filter.source')}
          value={filters.source}
          onChange={(source) => set({ source: source as ListFilters['source'] })}
          options={SOURCES.map((s) => [s, t(`source.${s}`)])}
        />
        {(['overdue', 'late', 'rework'] as const).map((name) => (
          <label key={name} className={styles.flag}>
            <input
              type="checkbox"
              checked={filters[name] === true}
              onChange={(event) => set({ [name]: event.target.checked ? true : undefined })}
            />
            {t(`list.filter.${name}`)}
          </label>
        ))}
        {n > 0 && <Button onClick={() => onChange({ status: 'open' })}>{t('list.clear')}</Button>}
      </div>
      <span className={styles.tools}>
        <Button onClick={props.onPrint}>{t('list.print')}</Button>
        <Button onClick={props.onHelp} aria-label={t('list.keys')}>
          {t('keys.title')} ?
        </Button>
      </span>
    </search>
  )
}

function Words(props: {
  q: string | undefined
  search: Ref<HTMLInputElement>
  onChange: (q: string | undefined) => void
}) {
  const t = useT()
  const { q, search, onChange } = props
  const [typed, setTyped] = useState(q ?? '')
  useEffect(() => setTyped(q ?? ''), [q])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is what is waited for.
  useEffect(() => {
    if (typed.trim() === (q ?? '')) return
    const timer = setTimeout(() => onChange(typed.trim() || undefined), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <input
      ref={search}
      className={styles.words}
      type="search"
      value={typed}
      maxLength={100}
      placeholder={t('list.search')}
      aria-label={t('list.search')}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}

function Choice(props: {
  label: string
  value: string | undefined
  options: [string, string][]
  onChange: (value: string | undefined) => void
}) {
  return (
    <select
      className={styles.choice}
      aria-label={props.label}
      value={props.value ?? ''}
      onChange={(event) => props.onChange(event.target.value || undefined)}
    >
      <option value="">{props.label}</option>
      {props.options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  )
}
