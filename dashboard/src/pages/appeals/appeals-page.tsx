// Appeals 申诉: a unit sees what counts against it and says its word; the evaluator rules on it, with facts, photos and
// flags side by side. List and case are the address.
import { useEffect } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { CaseJson } from '../../api/cases.ts'
import { type City, useCity } from '../../api/city.ts'
import { useCityNow } from '../../api/demo.ts'
import { problemText } from '../../api/problem.ts'
import { type Account, useSession } from '../../api/session.ts'
import { useResource } from '../../api/use-resource.ts'
import { CaseRows } from '../../components/case-list/case-rows.tsx'
import { rowOfCase } from '../../components/case-list/row.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { ToLogin } from '../../components/to-login.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import chips from '../../ui/chips.module.css'
import { Notice } from '../../ui/notice.tsx'
import { AppealCase } from './appeal-case.tsx'
import { type ListKey, listsFor } from './lists.ts'
import styles from './appeals.module.css'

/** Others may rule, and units appeal, at any time. */
const LOOK_EVERY_MS = 20_000
const HALF_MINUTE = 30_000

export function AppealsPage() {
  const t = useT()
  const { user, problem } = useSession()
  const city = useCity()
  if (problem?.status === 401) return <ToLogin />
  const lists = user && listsFor(user)
  return (
    <PageShell
      title={t(user?.posts.includes('department-officer') ? 'appeals.title.unit' : 'appeals.title')}
      user={user}
      width="full"
    >
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {lists && lists.length === 0 && <Notice kind="fault">{t('appeals.not-yours')}</Notice>}
      {user && city && lists && lists.length > 0 && <Desk user={user} city={city} lists={lists} />}
    </PageShell>
  )
}

function Desk(props: { user: Account; city: City; lists: readonly { key: ListKey; path: string }[] }) {
  const t = useT()
  const { user, city, lists } = props
  const [search] = useSearchParams()
  const list = lists.find((l) => l.key === search.get('list')) ?? lists[0]
  const open = search.get('case') ?? undefined
  const { value, problem, reload } = useResource<{ items: CaseJson[] }>(list?.path)
  const now = useCityNow(HALF_MINUTE)
  useEffect(() => {
    const timer = setInterval(reload, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [reload])
  const address = (key: string | undefined, id?: string) =>
    `/appeals?${new URLSearchParams({ ...(key ? { list: key } : {}), ...(id ? { case: id } : {}) })}`
  const rows = value?.items.map((c) => rowOfCase(c, city))
  return (
    <>
      <nav className={`${chips.chips} ${styles.lists}`} aria-label={t('appeals.lists')}>
        {lists.map(({ key }) => (
          <Link key={key} href={address(key)} aria-current={key === list?.key ? 'page' : undefined}>
            {t(`appeals.list.${key}`)}
          </Link>
        ))}
      </nav>
      <div className={open === undefined ? styles.columns : `${styles.columns} ${styles.opened}`}>
        <div className={styles.list}>
          {problem && (
            <Notice kind="fault">
              {problemText(problem, t)} <Button onClick={reload}>{t('action.retry')}</Button>
            </Notice>
          )}
          {!rows && !problem && <p role="status">{t('state.loading')}</p>}
          {rows?.length === 0 && (
            <p className={styles.empty}>{t(list?.key === 'open' ? 'appeals.none.open' : 'appeals.none')}</p>
          )}
          {rows && rows.length > 0 && list && (
            <CaseRows
              rows={rows}
              timeZone={city.info.timeZone}
              now={now}
              hrefOf={(id) => address(list.key, id)}
              open={open}
              isBrief
              extra={user.department === undefined ? (row) => row.unit : undefined}
              label={t(`appeals.list.${list.key}`)}
            />
          )}
        </div>
        {open === undefined ? (
          rows?.length !== 0 && <p className={`${styles.empty} ${styles.pick}`}>{t('appeals.pick')}</p>
        ) : (
          <AppealCase
            key={open}
            id={open}
            me={user.id}
            city={city}
            backTo={address(list?.key)}
            onDone={reload}
          />
        )}
      </div>
    </>
  )
}
