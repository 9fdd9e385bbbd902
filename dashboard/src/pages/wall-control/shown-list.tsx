// What is on the screens now: what, where, until when, by whom; each can be stopped.
import { useState } from 'react'
import type { Show } from '#domain/wall-screen.ts'
import { useCity, useCityInfo } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { type ShownRow, stopShow, type WallNow } from '../../api/screens.ts'
import { useShared } from '../../api/use-shared.ts'
import { formatMinutes } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './control-page.module.css'

export function ShownList({ now, onChange }: { now: WallNow; onChange: () => void }) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const whatOf = useWhat()
  const [busy, setBusy] = useState<string>()
  const [fault, setFault] = useState<string>()
  const names = new Map(now.screens.map((s) => [s.id, s.name]))
  const stop = async (id: string) => {
    setBusy(id)
    const answer = await stopShow(id)
    setBusy(undefined)
    setFault(answer.ok ? undefined : problemText(answer.problem, t))
    onChange()
  }
  const where = ({ screens }: ShownRow) =>
    screens === 'all'
      ? t('control.screens.all')
      : screens.map((id) => names.get(id) ?? '—').join(t('sign.list'))
  return (
    <Card title={t('control.now')}>
      {fault !== undefined && <Notice kind="fault">{fault}</Notice>}
      {now.items.length === 0 && <p className={styles.none}>{t('control.now.none')}</p>}
      <ul className={styles.shown}>
        {now.items.toReversed().map((s) => (
          <li key={s.id} className={styles.item}>
            <div>
              <p>
                <b>{t(`control.kind.${s.show.kind}`)}</b> {whatOf(s.show, s.receiptNo)}
              </p>
              <p className={styles.hint}>
                {where(s)} ·{' '}
                {t('control.until', { time: formatMinutes(Date.parse(s.until), zone, language) })} ·{' '}
                {s.by.name}
              </p>
            </div>
            <Button disabled={busy === s.id} onClick={() => void stop(s.id)}>
              {t('control.stop')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** A show in a few words. */
function useWhat() {
  const t = useT()
  const city = useCity()
  const cameras = useShared<{ items: { code: string; name: string }[] }>('/cameras')?.items ?? []
  return (show: Show, receiptNo: string | undefined): string => {
    switch (show.kind) {
      case 'case':
        return receiptNo ?? show.caseId
      case 'camera':
        return show.codes
          .map((code) => cameras.find((c) => c.code === code)?.name ?? code)
          .join(t('sign.list'))
      case 'scene': {
        const { area, department } = show.params ?? {}
        const place = city?.area(area) ?? city?.department(department)
        return [t(`wall.scene.${show.scene}`), place].filter(Boolean).join(' · ')
      }
      case 'announcement':
        return show.text
    }
  }
}
