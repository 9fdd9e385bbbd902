// What waits on this device, oldest first: how each stands, why one was not accepted and what can be done about it.
import { useState } from 'react'
import { useCityInfo } from '../../api/city.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { throwAway, tryAgain, useQueue } from '../../offline/queue.ts'
import type { Waiting } from '../../offline/queue-rules.ts'
import { Button } from '../../ui/button.tsx'
import { LocalPhoto } from '../capture/local-photo.tsx'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { adviceOf, reasonOf } from './waiting-words.ts'
import styles from './waiting.module.css'

export function WaitingList(props: {
  account: string | undefined
  onEdit?: ((id: string) => void) | undefined
}) {
  const t = useT()
  const { items, sending } = useQueue()
  const [toDiscard, setToDiscard] = useState<Waiting>()
  const open = items.filter((i) => i.state !== 'sent')
  return (
    <section className={styles.list} aria-label={t('queue.title')}>
      <ol>
        {open.map((item) => (
          <Row
            key={item.id}
            item={item}
            isSending={item.id === sending}
            isOthers={item.account !== undefined && item.account !== props.account}
            onEdit={props.onEdit}
            onDiscard={() => setToDiscard(item)}
          />
        ))}
      </ol>
      {toDiscard && (
        <ConfirmDialog
          title={t('sign.is', { name: t('queue.discard'), value: toDiscard.title })}
          go={t('queue.discard')}
          onGo={() => {
            void throwAway(toDiscard)
            setToDiscard(undefined)
          }}
          onClose={() => setToDiscard(undefined)}
        >
          <p>{t('queue.discard.sure')}</p>
        </ConfirmDialog>
      )}
    </section>
  )
}

function Row(props: {
  item: Waiting
  isSending: boolean
  isOthers: boolean
  onEdit: ((id: string) => void) | undefined
  onDiscard: () => void
}) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const { item, isSending, isOthers, onEdit, onDiscard } = props
  const [photo] = item.photos
  const isRefused = item.state === 'refused'
  const reason = reasonOf(item, t)
  return (
    <li className={styles.item}>
      {photo !== undefined && <LocalPhoto id={photo} alt="" className={styles.thumb} />}
      <div className={styles.words}>
        <p>
          <b>{t(`queue.kind.${item.kind}`)}</b> {item.title}
        </p>
        <p className={styles.quiet}>
          {t('queue.taken', { time: formatMoment(item.takenAt, zone, language) })}
          {item.photos.length > 0 && ` · ${t('queue.photos', { n: item.photos.length })}`}
          {' · '}
          <span className={isRefused ? styles.red : undefined}>
            {t(`queue.state.${isSending ? 'sending' : item.state}`)}
          </span>
        </p>
        {isOthers && <p className={styles.quiet}>{t('queue.other-account')}</p>}
        {isRefused && (
          <>
            <p className={styles.red}>{reason}</p>
            <p className={styles.quiet}>{adviceOf(item, t)}</p>
          </>
        )}
        {!isRefused && !isSending && item.attempts > 0 && (
          <p className={styles.quiet}>
            {reason} {t('queue.tried', { n: item.attempts })}
          </p>
        )}
        {!isSending && (isRefused || item.attempts > 0) && !isOthers && (
          <div className={styles.buttons}>
            <Button onClick={() => void tryAgain(item)}>{t('queue.again')}</Button>
            {isRefused && item.kind === 'report' && onEdit && (
              <Button onClick={() => onEdit(item.id)}>{t('queue.edit')}</Button>
            )}
            {isRefused && <Button onClick={onDiscard}>{t('queue.discard')}</Button>}
          </div>
        )}
      </div>
    </li>
  )
}
