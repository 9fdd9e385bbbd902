// Field tasks on a phone 现场核实、核查: the list by time or distance, and one task at the spot. Works without a network: the
// list as it was last read, results in the queue.
import { useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Account } from '../../api/session.ts'
import type { TaskRow } from '../../api/tasks.ts'
import { useCityInfo } from '../../api/city.ts'
import { useNotices } from '../../api/notices.ts'
import { problemText } from '../../api/problem.ts'
import { usePlace } from '../../components/capture/use-place.ts'
import { PhoneFrame } from '../../components/phone/phone-frame.tsx'
import { ToLogin } from '../../components/to-login.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { type Person, usePerson } from '../../offline/person.ts'
import { sentCount, useQueue } from '../../offline/queue.ts'
import { useKept } from '../../offline/use-kept.ts'
import { usePicturesAhead } from '../../offline/use-pictures-ahead.ts'
import { useLook } from '../../offline/use-look.ts'
import { Notice } from '../../ui/notice.tsx'
import { TaskList } from './task-list.tsx'
import { TaskView } from './task-view.tsx'
import { photosOfTask } from './tasks.ts'
import styles from './check-page.module.css'

export function CheckPage() {
  const t = useT()
  const person = usePerson()
  if (!person) return <p role="status">{t('state.loading')}</p>
  if (!person.user && person.sender.kind === 'nobody') return <ToLogin />
  if (!person.user)
    return (
      <PhoneFrame page="/check" title={t('check.title')} person={person}>
        <Notice>{t('phone.login-first')}</Notice>
      </PhoneFrame>
    )
  return <Tasks person={person} user={person.user} />
}

/** The person's tasks, read again when the bell rings, now and then, and after something got through. */
function useTasks(account: string) {
  const sent = sentCount(useQueue())
  const newest = useNotices(account).items[0]?.id
  const tasks = useKept<{ items: TaskRow[] }>('/tasks?mine=1&limit=100')
  const { reload } = tasks
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has got through, or is news, changes the list.
  useEffect(reload, [sent, newest, reload])
  useLook(reload)
  return tasks
}

function Tasks({ person, user }: { person: Person; user: Account }) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const [search, setSearch] = useSearchParams()
  const [notice, setNotice] = useState<string>()
  const device = usePlace(true)
  const { items: queued } = useQueue()
  const tasks = useTasks(user.id)
  usePicturesAhead(tasks.value?.items.flatMap(photosOfTask))
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
