// What the system stands on and whether it keeps up: only what is there to be asked.
import type { ReactNode } from 'react'
import { useCityInfo } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatDate, formatMinutes } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { HealthCards } from './health-cards.tsx'

interface SystemJson {
  city?: { code: string; name: string; version: number; loadedAt: string }
  startedAt: string
  database: { version: string; bytes: number }
  queue: 'postgres' | 'redis'
  worker: boolean
  inbox: number
  seq: number
  readers: { name: string; lag: number }[]
  open: number
  liveClients: number
  calendars: { message: string; zh: string }[]
  disk?: { free: number; total: number }
}

const LOOK_EVERY_MS = 5_000
/** Below this share of free space somebody should see to it. */
const LOW_DISK = 0.1
/** A reader that is so few facts behind is merely reading. */
const USUAL_LAG = 20

function size(bytes: number): string {
  const units = ['KB', 'MB', 'GB', 'TB']
  let n = bytes / 1024
  let unit = 0
  while (n >= 1024 && unit < units.length - 1) {
    n /= 1024
    unit += 1
  }
  return `${n < 10 ? n.toFixed(1) : Math.round(n)} ${units[unit]}`
}

export function SystemSection() {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const { value, problem } = useResource<SystemJson>('/system', { everyMs: LOOK_EVERY_MS })
  if (!value)
    return problem ? (
      <Notice kind="fault">{problemText(problem, t)}</Notice>
    ) : (
      <p role="status">{t('state.loading')}</p>
    )
  const moment = (iso: string) => {
    const at = Date.parse(iso)
    return `${formatDate(at, zone, language)} ${formatMinutes(at, zone, language)}`
  }
  const { city, database, disk, readers } = value
  const behind = readers.filter((r) => r.lag > USUAL_LAG)
  const isLow = disk !== undefined && disk.free < disk.total * LOW_DISK
  const rows: [string, ReactNode][] = [
    [
      t('admin.system.city'),
      city && (
        <>
          {t('admin.system.city.version', { name: city.name, code: city.code, n: city.version })}
          {' · '}
          {t('admin.system.city.loaded', { time: moment(city.loadedAt) })}
        </>
      ),
    ],
    [t('admin.system.started'), moment(value.startedAt)],
    [
      t('admin.system.database'),
      t('admin.system.database.what', { version: database.version, size: size(database.bytes) }),
    ],
    [
      t('admin.system.disk'),
      disk && (
        <span className={isLow ? styles.bad : undefined}>
          {t(isLow ? 'admin.system.disk.low' : 'admin.system.disk.what', {
            free: size(disk.free),
            total: size(disk.total),
          })}
        </span>
      ),
    ],
    [
      t('admin.system.calendars'),
      value.calendars.length > 0 && (
        <ul className={styles.bad}>
          {value.calendars.map((w) => (
            <li key={w.message}>{language === 'en' ? w.message : w.zh}</li>
          ))}
        </ul>
      ),
    ],
    [t('admin.system.queue'), t(`admin.system.queue.${value.queue}`)],
    [
      t('admin.system.worker'),
      <span key="worker" className={value.worker ? undefined : styles.bad}>
        {t(value.worker ? 'admin.system.worker.yes' : 'admin.system.worker.no')}
      </span>,
    ],
    [
      t('admin.system.lag'),
      behind.length === 0
        ? t('admin.system.lag.none')
        : behind.map((r) => t('admin.system.lag.what', { name: r.name, n: r.lag })).join(' · '),
    ],
    [t('admin.system.inbox'), t('admin.system.inbox.what', { n: value.inbox })],
    [t('admin.system.seq'), t('admin.system.seq.what', { n: value.seq })],
    [t('admin.system.open'), t('admin.system.open.what', { n: value.open })],
    [t('admin.system.live'), t('admin.system.live.what', { n: value.liveClients })],
  ]
  return (
    <div className={styles.section}>
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      <HealthCards />
      <Card title={t('health.facts')}>
        <dl className={styles.facts}>
          {rows.map(([name, words]) =>
            words ? (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{name}</dt>
                <dd>{words}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </Card>
    </div>
  )
}
