// Before and after side by side: how far from the place and when each was taken, what speaks against them, and the picture
// in full on a press.
import { useState } from 'react'
import { photoUrl } from '../../api/cases.ts'
import { useT } from '../../i18n/translate.ts'
import { useModal } from '../../ui/use-modal.ts'
import styles from './photo-pair.module.css'

export interface PairPhoto {
  id: string
  /** Under the picture, e.g. `14:05 · 12 米`. */
  facts?: string | undefined
  /** Reasons to look twice. */
  warnings?: readonly string[] | undefined
}

export interface PairSide {
  title: string
  photos: readonly PairPhoto[]
}

export function PhotoPair({ sides, none }: { sides: readonly PairSide[]; none?: string }) {
  const t = useT()
  const [open, setOpen] = useState<string>()
  return (
    <div className={styles.pair}>
      {sides.map((side) => (
        <section key={side.title} className={styles.side} aria-label={side.title}>
          <h3 className={styles.title}>
            {side.title}
            {side.photos.length > 1 && <span>{t('photos.count', { n: side.photos.length })}</span>}
          </h3>
          {side.photos.length === 0 && <p className={styles.none}>{none ?? t('photos.none')}</p>}
          {side.photos.map((photo, i) => (
            <figure key={photo.id} className={i === 0 ? styles.first : styles.further}>
              <button type="button" className={styles.picture} onClick={() => setOpen(photo.id)}>
                <img
                  src={photoUrl(photo.id)}
                  alt={`${side.title} ${t('case.photo', { n: i + 1 })}`}
                  loading="lazy"
                />
              </button>
              {(photo.facts || (photo.warnings?.length ?? 0) > 0) && (
                <figcaption>
                  {photo.facts}
                  {photo.warnings?.map((w) => (
                    <strong key={w} className={styles.warning}>
                      {w}
                    </strong>
                  ))}
                </figcaption>
              )}
            </figure>
          ))}
        </section>
      ))}
      {open !== undefined && <PhotoZoom id={open} onClose={() => setOpen(undefined)} />}
    </div>
  )
}

function PhotoZoom({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT()
  const modal = useModal(onClose)
  return (
    <dialog {...modal} className={styles.zoom} aria-label={t('photos.zoom')}>
      <button type="button" onClick={onClose} aria-label={t('action.close')}>
        <img src={photoUrl(id)} alt={t('photos.zoom')} />
      </button>
    </dialog>
  )
}
