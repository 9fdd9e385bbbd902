// A list of cases whose filters are its address: live, by keys, page after page, and on paper. Whoever may see a case sees
// it here; what may be done with one stands on its page.
import { useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { City } from '../../api/city.ts'
import { useCityNow } from '../../api/demo.ts'
import { problemText } from '../../api/problem.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor, type Translate } from '../../i18n/translate.ts'
import { useConnection, useFeedView } from '../../live/use-live.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { KeysHelp } from '../keys/keys-help.tsx'
import { useKeys } from '../keys/use-keys.ts'
import styles from './case-list.module.css'
import { CaseRows } from './case-rows.tsx'
import { FilterBar } from './filter-bar.tsx'
import { filtersOf, searchOf, type ListFilters } from './filters.ts'
import { listBindings } from './move.ts'
import { usePages } from './use-pages.ts'

const HALF_MINUTE = 30_000

interface CaseListProps {
  city: City
  /** Scope of the live feed: `liveScopeOf` says whose. */
  scope: string
}

/** Filters in words, for the heading above a figure's list and on paper. */
function filterWords(filters: ListFilters, city: City, t: Translate): string[] {
  const { metric, scope, day, status, light, department, area, category, source, q, role } = filters
  const [kind, code] = (scope ?? '').split(':')
  const where = kind === 'department' ? city.department(code) : kind === 'area' ? city.area(code) : undefined
  return [
    metric && (filters.without ? t('list.metric.not-in-time') : wordFor(t, 'list.metric', metric)),
    metric && where,
    day,
    status && (status === 'open' ? t('list.open') : t(`status.${status}`)),
    light && t(`light.${light}`),
    city.department(department),
    role && t('list.role.co'),
    city.area(area),
    city.category(category),
    source && t(`source.${source}`),
    ...(['overdue', 'late', 'rework'] as const).map((f) => filters[f] && t(`list.filter.${f}`)),
    q && `“${q}”`,
  ].filter((w): w is string => typeof w === 'string' && w !== '')
}

export function CaseList({ city, scope }: CaseListProps) {
  const t = useT()
  const language = useLanguage()
  const [params] = useSearchParams()
  const [path, navigate] = useLocation()
  const filters = filtersOf(params)
  const view = useFeedView(useConnection({ scope }))
  const pages = usePages(filters, city, view.revision)
  const now = useCityNow(HALF_MINUTE)
  const [active, setActive] = useState<string>()
  const [help, setHelp] = useState(false)
  const search = useRef<HTMLInputElement>(null)
  const { rows } = pages
  const change = (next: ListFilters) => {
    const to = searchOf(next)
    navigate(to === '' ? path : `${path}?${to}`, { replace: true })
  }
  const bindings = [
    ...listBindings(
      {
        ids: rows?.map((r) => r.id) ?? [],
        active,
        onActive: setActive,
        onOpen: (id) => navigate(`/cases/${id}`),
        onSearch: () => search.current?.focus(),
      },
      t,
    ),
    { key: '?', label: t('list.key.help'), run: () => setHelp(true) },
  ]
  useKeys(bindings)
  const words = filterWords(filters, city, t)
  return (
    <div className={styles.list}>
      <FilterBar
        filters={filters}
        city={city}
        search={search}
        onChange={change}
        onPrint={() => window.print()}
        onHelp={() => setHelp(true)}
      />
      <p className={styles.said}>
        {words.length > 0 && <strong>{words.join(' · ')}</strong>}
        {rows && (
          <span>
            {t(pages.hasMore ? 'list.count.more' : 'list.count', { n: rows.length })}
            <span className={styles.printed}>
              {t('list.printed', { time: formatMoment(now, city.info.timeZone, language) })}
            </span>
          </span>
        )}
      </p>
      {pages.problem && (
        <Notice kind="fault">
          {problemText(pages.problem, t)} <Button onClick={pages.reload}>{t('action.retry')}</Button>
        </Notice>
      )}
      {pages.behind && (
        <Notice>
          {t('list.behind')} <Button onClick={pages.reload}>{t('list.refresh')}</Button>
        </Notice>
      )}
      {!rows && !pages.problem && <p role="status">{t('state.loading')}</p>}
      {rows?.length === 0 && !pages.problem && (
        <div className={styles.empty}>
          <p>{t('list.none')}</p>
          {words.length > 0 && <Button onClick={() => change({})}>{t('list.show-all')}</Button>}
        </div>
      )}
      {rows && rows.length > 0 && (
        <CaseRows
          rows={rows}
          timeZone={city.info.timeZone}
          now={now}
          hrefOf={(id) => `/cases/${id}`}
          active={active}
          label={t('list.title')}
        />
      )}
      {pages.hasMore && (
        <Button className={styles.next} disabled={pages.loading} onClick={pages.more}>
          {t(pages.loading ? 'state.loading' : 'list.more')}
        </Button>
      )}
      {help && <KeysHelp bindings={bindings} onClose={() => setHelp(false)} />}
    </div>
  )
}
