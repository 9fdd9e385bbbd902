// Photos of a report or result: taken with the camera (or chosen, where that is allowed), made small and kept on the device
// at once. The value is the device's ids of them; they are uploaded when the item is sent.
import { useState } from 'react'
import { NotAPhoto, shotOf, takePhoto, type Shot } from '../../offline/prepare-photo.ts'
import { dropPhoto } from '../../offline/store.ts'
import { useT } from '../../i18n/translate.ts'
import { LocalPhoto } from './local-photo.tsx'
import { OverlayCamera } from './overlay-camera.tsx'
import styles from './capture.module.css'

/** Keeps what was shot; `undefined` while nothing is wrong, else what to say. */
function useShots(props: { value: string[]; most: number; onChange: (ids: string[]) => void }) {
  const t = useT()
  const [pending, setPending] = useState(0)
  const [fault, setFault] = useState<string>()
  const take = async (shots: Shot[]) => {
    setFault(undefined)
    let kept = props.value
    const taken = shots.slice(0, Math.max(0, props.most - kept.length))
    setPending(taken.length)
    for (const shot of taken) {
      try {
        const photo = await takePhoto(shot, Date.now())
        kept = [...kept, photo.id]
        props.onChange(kept)
      } catch (error) {
        setFault(
          error instanceof NotAPhoto
            ? t('phone.photo-fault')
            : t('phone.store-fault', { reason: error instanceof Error ? error.message : String(error) }),
        )
      }
      setPending((n) => n - 1)
    }
    setPending(0)
  }
  const remove = (id: string) => {
    props.onChange(props.value.filter((p) => p !== id))
    void dropPhoto(id)
  }
  return { take, remove, pending, fault }
}

export function PhotoTaker(props: {
  label: string
  value: string[]
  most: number
  /** Where the device is, for a photo that is taken now. */
  position: { lng: number; lat: number } | undefined
  /** Photos from the album are refused by policy. */
  cameraOnly?: boolean
  /** Address of the photo to take the same view as; offers the live overlay. */
  before?: string | undefined
  onChange: (ids: string[]) => void
}) {
  const t = useT()
  const { label, value, most, position, cameraOnly, before } = props
  const { take, remove, pending, fault } = useShots(props)
  const [isLive, setIsLive] = useState(false)
  const files = (byCamera: boolean) => (event: React.ChangeEvent<HTMLInputElement>) => {
    const now = Date.now()
    void take([...(event.target.files ?? [])].map((file) => shotOf(file, byCamera, position, now)))
    event.target.value = ''
  }
  const isFull = value.length >= most
  const busy = pending > 0
  return (
    <div className={styles.taker}>
      {value.length > 0 && (
        <div className={styles.row}>
          {value.map((id, i) => (
            <span key={id} className={styles.photo}>
              <LocalPhoto id={id} alt={t('case.photo', { n: i + 1 })} />
              <button
                type="button"
                aria-label={`${t('form.remove-photo')} ${i + 1}`}
                onClick={() => remove(id)}
              >
                ✕
              </button>
            </span>
          ))}
        </div>
      )}
      {!isFull && (
        <div className={styles.ways}>
          {before !== undefined && (
            <button
              type="button"
              className={value.length === 0 ? styles.take : styles.other}
              onClick={() => setIsLive(true)}
            >
              <CameraSign />
              {t('photo.live')}
            </button>
          )}
          <label className={before === undefined && value.length === 0 ? styles.take : styles.other}>
            <input
              className="visually-hidden"
              type="file"
              accept="image/*"
              capture="environment"
              aria-label={label}
              onChange={files(true)}
            />
            {before === undefined && <CameraSign />}
            {busy ? t('photo.preparing') : t(value.length > 0 ? 'photo.more' : 'photo.take')}
          </label>
          {!cameraOnly && (
            <label className={styles.other}>
              <input
                className="visually-hidden"
                type="file"
                accept="image/*"
                multiple
                aria-label={`${label}: ${t('photo.album')}`}
                onChange={files(false)}
              />
              {t('photo.album')}
            </label>
          )}
        </div>
      )}
      {fault !== undefined && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      {isLive && before !== undefined && (
        <OverlayCamera
          before={before}
          position={position}
          onShot={(shot) => {
            setIsLive(false)
            void take([shot])
          }}
          onClose={() => setIsLive(false)}
        />
      )}
    </div>
  )
}

const CameraSign = () => (
  <svg viewBox="0 0 24 24" className={styles.sign} aria-hidden="true">
    <path d="M4 7.5h3.2L9 5h6l1.8 2.5H20a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 20 19.5H4A1.5 1.5 0 0 1 2.5 18V9A1.5 1.5 0 0 1 4 7.5Z" />
    <circle cx="12" cy="13.2" r="3.6" />
  </svg>
)
