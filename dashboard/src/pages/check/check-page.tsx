// Field tasks on a phone 现场核实、核查: the list by time or distance, and one task at the spot. Works without a network: the
// list as it was last read, results in the queue.
import { useEffect, useMemo, useState } from 'react'
import { Redirect, useSearchParams } from 'wouter'
import type { Account } from '../../api/session.ts'
import type { TaskRow } from '../../api/tasks.ts'
import { photoUrl } from '../../api/cases.ts'
import { useCityInfo } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { usePlace } from '../../components/capture/use-place.ts'
import { PhoneFrame } from '../../components/phone/phone-frame.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { type Person, usePerson } from '../../offline/person.ts'
import { sentCount, useQueue } from '../../offline/queue.ts'
import { useKept } from '../../offline/use-kept.ts'
import { Notice } from '../../ui/notice.tsx'
import { TaskList } from './task-list.tsx'
import { TaskView } from './task-view.tsx'
import { photosOfTask } from './tasks.ts'
import styles from './check-page.module.css'

/** A task may come at any time; the bell rings too. */
const READ_MS = 30_000

export function CheckPage() {
  const t = useT()
  const person = usePerson()
  if (!person) return <p role="status">{t('state.loading')}</p>
  if (!person.user && person.sender.kind === 'nobody') return <Redirect to="/login?next=/check" replace />
  if (!person.user)
    return (
      <PhoneFrame page="/check" title={t('check.title')} person={person}>
        <Notice>{t('phone.login-first')}</Notice>
      </PhoneFrame>
    )
  return <Tasks person={person} user={person.user} />
}

/** The person's tasks, read again now and then while the page is looked at, and after something got through. */
function useTasks() {
  const sent = sentCount(useQueue())
  const tasks = useKept<{ items: TaskRow[] }>('/tasks?mine=1&limit=100')
  const { reload } = tasks
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has got through changes the list.
  useEffect(reload, [sent, reload])
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && reload()
    const timer = setInterval(look, READ_MS)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [reload])
  return tasks
}

/** Has the device fetch the tasks' pictures while there is a network; the service worker keeps them. */
function usePicturesAhead(items: readonly TaskRow[] | undefined): void {
  const wanted = items?.flatMap(photosOfTask).join(' ')
  useEffect(() => {
    if (!wanted || !navigator.serviceWorker?.controller) return
    void (async () => {
      for (const id of wanted.split(' ')) {
        const answer = await fetch(photoUrl(id)).catch(() => undefined)
        if (!answer) return
      }
    })()
  }, [wanted])
}

function Tasks({ person, user }: { person: Person; user: Account }) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const [search, setSearch] = useSearchParams()
  const [notice, setNotice] = useState<string>()
  const device = usePlace(true)
  const { items: queued } = useQueue()
  const tasks = useTasks()
  usePicturesAhead(tasks.value?.items)
  const answered = useMemo(
    () =>
      new Set(queued.flatMap((i) => (i.kind === 'result' && i.state !== 'refused' ? (i.taskId ?? []) : []))),
    [queued],
  )
  const open = (id: string | undefined) => setSearch(id === undefined ? {} : { task: id })
  const task = tasks.value?.items.find((row) => row.id === search.get('task'))

  if (task && !answered.has(task.id))
    return (
      <TaskView
        key={task.id}
        task={task}
        person={person}
        user={user}
        device={device}
        isAccepting={queued.some((i) => i.kind === 'step' && i.taskId === task.id && i.state === 'waiting')}
        onDone={(words) => {
          setNotice(words)
          open(undefined)
          tasks.reload()
        }}
        onBack={() => open(undefined)}
      />
    )
  return (
    <PhoneFrame page="/check" title={t('check.title')} person={person}>
      {notice !== undefined && <Notice>{notice}</Notice>}
      {tasks.isOld && tasks.at !== undefined && (
        <p className={styles.quiet}>{t('check.read-at', { time: formatMoment(tasks.at, zone, language) })}</p>
      )}
      {!tasks.value && tasks.problem && <Notice kind="fault">{problemText(tasks.problem, t)}</Notice>}
      {!tasks.value && !tasks.problem && <p role="status">{t('state.loading')}</p>}
      {tasks.value && (
        <TaskList
          tasks={tasks.value.items}
          answered={answered}
          here={device.place}
          zone={zone}
          onOpen={(id) => {
            setNotice(undefined)
            open(id)
          }}
        />
      )}
    </PhoneFrame>
  )
}
