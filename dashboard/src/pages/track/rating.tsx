// Satisfied or not 满意度, on the labelled scale: for whoever reported it, from the account or the device that did. It waits in
// the queue like everything else when there is no network.
import { useEffect, useState } from 'react'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { enqueue, useQueue } from '../../offline/queue.ts'
import { receipts } from '../../offline/sender.ts'
import { Card } from '../../ui/card.tsx'
import type { Track } from './use-track.ts'
import styles from './track-page.module.css'

/** The proof that came with the report, if this device sent it without a login. */
function useToken(receiptNo: string): { token: string | undefined } | undefined {
  const [found, setFound] = useState<{ token: string | undefined }>()
  useEffect(() => {
    void receipts().then((all) => setFound({ token: all.find((r) => r.receiptNo === receiptNo)?.token }))
  }, [receiptNo])
  return found
}

export function Rating(props: {
  receiptNo: string
  rating: NonNullable<Track['rating']>
  account: string | undefined
  onRated: () => void
}) {
  const t = useT()
  const language = useLanguage()
  const { receiptNo, rating, account, onRated } = props
  const found = useToken(receiptNo)
  const { items } = useQueue()
  const path = `/track/${receiptNo}/rating`
  const last = items.filter((i) => i.path === path).at(-1)
  const isSent = last?.state === 'sent'
  useEffect(() => {
    if (isSent) onRated()
  }, [isSent, onRated])

  if (!found) return null
  if (!rating.mine && found.token === undefined)
    return <p className={styles.quiet}>{t('track.rate.elsewhere')}</p>
  const words = (code: string, name: string) =>
    language === 'zh-CN' ? name : wordFor(t, 'satisfaction', code)
  const chosen = last && last.state !== 'refused' ? String(last.body.satisfaction) : rating.given
  const choose = (code: string) =>
    void enqueue({
      kind: 'rating',
      account: rating.mine ? account : undefined,
      path,
      body: { satisfaction: code, ...(rating.mine ? {} : { token: found.token }) },
      photos: [],
      title: `${receiptNo} ${wordFor(t, 'satisfaction', code)}`,
    })
  return (
    <Card title={t('track.rate')}>
      <div className={styles.scale}>
        {rating.scale.map(({ code, name }) => (
          <button key={code} type="button" aria-pressed={chosen === code} onClick={() => choose(code)}>
            {words(code, name)}
          </button>
        ))}
      </div>
      {chosen !== undefined && (
        <p role="status" className={styles.quiet}>
          {last?.state === 'waiting'
            ? t('track.rate.waiting')
            : isSent
              ? t('track.rate.sent')
              : t('track.rate.given', { answer: wordFor(t, 'satisfaction', chosen) })}
        </p>
      )}
    </Card>
  )
}
