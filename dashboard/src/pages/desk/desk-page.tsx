// What waits for the person who is logged in, live, and nothing else: the shared first desk of /duty, /department
// and /check. A row leads to the case, where the possible actions are.
import { useEffect, useMemo, useState } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import type { BoardCase } from '#domain/board.ts'
import { runningLight } from '#domain/board-view.ts'
import { useCity, type City } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useSession, type Account } from '../../api/session.ts'
import type { TaskRow } from '../../api/tasks.ts'
import { useResource } from '../../api/use-resource.ts'
import { clockWords } from '../../components/drill/clock-words.ts'
import { byPressure } from '../../components/drill/drill.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { formatMoment, formatTime } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { useConnection, useFeedView, useFreshness } from '../../live/use-live.ts'
import { LightShape } from '../../ui/light.tsx'
import { Notice } from '../../ui/notice.tsx'
import { DeskToWall } from '../wall-control/to-wall.tsx'
import styles from './desk-page.module.css'
import { scopeOf, waitsFor } from './waiting.ts'

/** Tasks are read again at most this often after something happened. */
const TASKS_MS = 3_000

export function DeskPage() {
  const t = useT()
  const [path] = useLocation()
  const { user, problem } = useSession()
  if (problem?.status === 401) return <Redirect to={`/login?next=${encodeURIComponent(path)}`} replace />
  return (
    <PageShell title={t('desk.title')} user={user}>
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      <DeskToWall user={user} />
      {user && <Waiting user={user} />}
    </PageShell>
  )
}

function Waiting({ user }: { user: Account }) {
  const t = useT()
  const [path] = useLocation()
  const language = useLanguage()
  const city = useCity()
  const live = useConnection({ scope: scopeOf(user) })
  const view = useFeedView(live)
  const fresh = useFreshness(live)
  const tasks = useTasks(view.revision)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the board is mutated in place; its revision is what changes.
  const cases = useMemo(
    () => [...(view.board?.cases.values() ?? [])].filter((c) => waitsFor(c, user)).sort(byPressure),
    [view.board, view.revision, user],
  )
  if (view.link === 'refused') return <Redirect to={`/login?next=${encodeURIComponent(path)}`} replace />
  if (!city || !view.board || !tasks) return <p role="status">{t('state.loading')}</p>
  return (
    <>
      {fresh.stale && fresh.heardAt !== undefined && (
        <Notice kind="fault">
          {t('desk.stale', { time: formatTime(fresh.heardAt, city.info.timeZone, language) })}
        </Notice>
      )}
      {tasks.length > 0 && (
        <section className={styles.list} aria-label={t('desk.tasks', { n: tasks.length })}>
          <h2 className={styles.head}>{t('desk.tasks', { n: tasks.length })}</h2>
          {tasks.map((task) => (
            <Task key={task.id} task={task} city={city} />
          ))}
        </section>
      )}
      {cases.length > 0 && (
        <section className={styles.list} aria-label={t('desk.waiting', { n: cases.length })}>
          <h2 className={styles.head}>{t('desk.waiting', { n: cases.length })}</h2>
          {cases.map((c) => (
            <Case key={c.id} c={c} city={city} now={fresh.claimed} />
          ))}
        </section>
      )}
      {cases.length + tasks.length === 0 && <p className={styles.none}>{t('desk.none')}</p>}
      <p className={styles.later}>{t('desk.not-yet')}</p>
    </>
  )
}

/** The person's tasks, read again when the feed has moved. */
function useTasks(revision: number): TaskRow[] | undefined {
  const { value, reload } = useResource<{ items: TaskRow[] }>('/tasks?mine=1')
  const [seen, setSeen] = useState(revision)
  useEffect(() => {
    if (revision === seen) return
    const timer = setTimeout(() => {
      setSeen(revision)
      reload()
    }, TASKS_MS)
    return () => clearTimeout(timer)
  }, [revision, seen, reload])
  return value?.items
}

function Case({ c, city, now }: { c: BoardCase; city: City; now: number }) {
  const t = useT()
  return (
    <Link href={`/cases/${c.id}`} className={styles.row}>
      <LightShape light={runningLight(c)} label={t(`light.${runningLight(c)}`)} />
      <span className={styles.what}>{city.category(c.category) ?? t('category.none')}</span>
      <span className={styles.clock}>{clockWords(c, now, t)}</span>
      <span className={styles.where}>
        {[city.place(c.areaPath, c.area) ?? t('area.none'), c.caseNo ?? c.receiptNo].join(' · ')}
      </span>
      <span className={styles.step}>{c.waitsFor && wordFor(t, 'todo', c.waitsFor.action)}</span>
    </Link>
  )
}

function Task({ task, city }: { task: TaskRow; city: City }) {
  const t = useT()
  const language = useLanguage()
  return (
    <Link href={`/cases/${task.caseId}`} className={styles.row}>
      <LightShape light="none" />
      <span className={styles.what}>{task.case.category?.name ?? t('category.none')}</span>
      <span className={styles.clock}>
        {t('desk.task.due', { time: formatMoment(Date.parse(task.dueAt), city.info.timeZone, language) })}
      </span>
      <span className={styles.where}>
        {[task.case.address ?? task.case.area?.name, task.case.caseNo ?? task.case.receiptNo]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span className={styles.step}>{t(`desk.task.${task.kind}`)}</span>
    </Link>
  )
}
