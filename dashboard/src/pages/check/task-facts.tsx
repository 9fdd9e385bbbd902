// What to look for at the spot: the matter, the unit's reply, when it counts as done, before and after side by side, the way.
import { type CaseJson, type EventJson, photoUrl } from '../../api/cases.ts'
import { useCityInfo } from '../../api/city.ts'
import type { TaskRow } from '../../api/tasks.ts'
import { useT } from '../../i18n/translate.ts'
import { useKept } from '../../offline/use-kept.ts'
import { awayWords, DueWords } from './task-list.tsx'
import styles from './check-page.module.css'

/** The newest reply's words. */
function useReply(task: TaskRow): string | undefined {
  const { value } = useKept<{ items: EventJson[] }>(
    task.kind === 'check' ? `/cases/${task.caseId}/events` : undefined,
  )
  const said = value?.items.findLast((e) => e.type === 'replied')?.words?.result
  return typeof said === 'string' ? said : undefined
}

export function TaskFacts(props: {
  task: TaskRow
  closeCondition: string | undefined
  distanceM: number | undefined
}) {
  const t = useT()
  const { task, closeCondition, distanceM } = props
  const { case: c } = task
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const reply = useReply(task)
  return (
    <section className={styles.card}>
      <p className={styles.ask}>{t(`check.ask.${task.kind}`)}</p>
      <p>
        <DueWords dueAt={task.dueAt} zone={zone} />
      </p>
      <Pictures c={c} />
      <dl className={styles.terms}>
        <dt>{t('report.where')}</dt>
        <dd>
          {c.address ?? c.area?.name} · {awayWords(distanceM, t)}{' '}
          <a
            className={styles.go}
            href={`geo:${c.location.lat},${c.location.lng}?q=${c.location.lat},${c.location.lng}`}
          >
            {t('check.to')}
          </a>
        </dd>
        {c.description !== undefined && c.description !== '' && (
          <>
            <dt>{t('check.what')}</dt>
            <dd>{c.description}</dd>
          </>
        )}
        {reply !== undefined && (
          <>
            <dt>{t('check.reply')}</dt>
            <dd>{[c.departmentName, reply].filter(Boolean).join(t('sign.colon'))}</dd>
          </>
        )}
        {task.kind === 'check' && (c.closeCondition ?? closeCondition) !== undefined && (
          <>
            <dt>{t('check.close-condition')}</dt>
            <dd>{c.closeCondition ?? closeCondition}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

function Pictures({ c }: { c: CaseJson }) {
  const t = useT()
  const pictures = [
    ...c.photos.slice(0, 1).map((id) => ({ id, words: t('photo.before') })),
    ...c.afterPhotos.slice(-1).map((id) => ({ id, words: t('check.reply') })),
  ]
  if (pictures.length === 0) return null
  return (
    <div className={styles.pictures}>
      {pictures.map(({ id, words }) => (
        <figure key={id}>
          <img src={photoUrl(id)} alt={words} />
          <figcaption>{words}</figcaption>
        </figure>
      ))}
    </div>
  )
}
