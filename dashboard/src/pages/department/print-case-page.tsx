// One case on A4: what it is, the pictures, what happened, and a line to sign.
import { useEffect } from 'react'
import { photoUrl, type CaseJson, type EventJson } from '../../api/cases.ts'
import { useCity } from '../../api/city.ts'
import { cityNow } from '../../api/demo.ts'
import { problemText } from '../../api/problem.ts'
import { useSession } from '../../api/session.ts'
import { useResource } from '../../api/use-resource.ts'
import { ToLogin } from '../../components/to-login.tsx'
import { formatDate, formatMinutes } from '../../i18n/format.ts'
import { reasonWords } from '../../i18n/reason-words.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './print-case.module.css'

export function PrintCasePage({ id }: { id: string }) {
  const t = useT()
  const language = useLanguage()
  const { user } = useSession()
  const city = useCity()
  const found = useResource<CaseJson>(`/cases/${encodeURIComponent(id)}`)
  const events = useResource<{ items: EventJson[] }>(`/cases/${encodeURIComponent(id)}/events`)
  const c = found.value
  const number = c?.caseNo ?? c?.receiptNo
  useEffect(() => {
    if (number === undefined) return
    const before = document.title
    document.title = number
    return () => {
      document.title = before
    }
  }, [number])
  if (found.problem?.status === 401) return <ToLogin />
  if (found.problem) return <Notice kind="fault">{problemText(found.problem, t)}</Notice>
  if (!c || !city) return <p role="status">{t('state.loading')}</p>
  const { timeZone } = city.info
  // Paper outlives its year.
  const at = (iso: string | undefined) =>
    iso &&
    `${formatDate(Date.parse(iso), timeZone, language)} ${formatMinutes(Date.parse(iso), timeZone, language)}`
  const rows: [string, string | undefined][] = [
    [t('case.receipt'), c.receiptNo],
    [t('case.category'), c.category && `${c.category.name} ${c.category.code}`],
    [t('case.source'), t(`source.${c.source}`)],
    [t('case.reported'), at(c.reportedAt)],
    [t('case.address'), c.address],
    [t('case.area'), c.area?.path.map((a) => city.area(a)).join(' / ')],
    [t('case.condition'), c.conditionText],
    [t('case.close-condition'), c.closeCondition],
    [
      t('case.limit'),
      [c.limit, c.dueAt && t('case.due', { time: at(c.dueAt) ?? '' })].filter(Boolean).join('，'),
    ],
    [t('case.department'), [c.departmentName, c.unitName].filter(Boolean).join(' / ')],
    [t('case.co-departments'), c.coDepartments.map((d) => city.department(d)).join(t('sign.list'))],
    [t('case.outcome'), c.outcome && wordFor(t, 'outcome', c.outcome)],
    [t('case.closed'), at(c.closedAt)],
  ]
  const groups: [string, string[]][] = [
    [t('case.photos.before'), c.photos],
    [t('case.photos.after'), c.afterPhotos],
    [t('case.photos.check'), c.checkPhotos],
  ]
  return (
    <main className={styles.sheet}>
      <Button kind="primary" className={styles.go} onClick={() => window.print()}>
        {t('dept.print.go')}
      </Button>
      <header className={styles.head}>
        <p>{city.info.centreName}</p>
        <h1>
          {t('dept.print.title')} {number}
        </h1>
        <p>{t(`status.${c.status}`)}</p>
      </header>
      <p className={styles.description}>{c.description}</p>
      <table className={styles.facts}>
        <tbody>
          {rows
            .filter(([, value]) => value)
            .map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <div className={styles.pairs}>
        {groups
          .filter(([, ids]) => ids.length > 0)
          .map(([name, ids]) => (
            <section key={name} className={styles.photos}>
              <h2>{name}</h2>
              {ids.map((photo, i) => (
                <img key={photo} src={photoUrl(photo)} alt={`${name} ${t('case.photo', { n: i + 1 })}`} />
              ))}
            </section>
          ))}
      </div>
      <h2 className={styles.past}>{t('case.timeline')}</h2>
      <table className={styles.events}>
        <tbody>
          {events.value?.items.map((e) => (
            <tr key={e.no}>
              <td>{at(e.at)}</td>
              <td>{wordFor(t, 'event', e.type)}</td>
              <td>
                {e.actor.kind === 'rule'
                  ? t('actor.rule')
                  : [
                      city.department(e.actor.department),
                      e.actor.post && wordFor(t, 'post', e.actor.post),
                      e.actor.name,
                    ]
                      .filter(Boolean)
                      .join(' ')}
              </td>
              <td>
                {['reason', 'result', 'note', 'text'].flatMap((w) => {
                  const said = e.words?.[w] ?? e.payload[w]
                  if (typeof said !== 'string') return []
                  return [w === 'reason' ? reasonWords(said, t) : said]
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer className={styles.foot}>
        <span>{t('dept.print.signed')}</span>
        <span>{t('dept.print.date')}</span>
        <span>
          {t('list.printed', { time: `${formatDate(cityNow(), timeZone, language)} ${user?.name ?? ''}` })}
        </span>
      </footer>
    </main>
  )
}
