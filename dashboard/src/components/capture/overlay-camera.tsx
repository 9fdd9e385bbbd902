// The camera's live picture with the photo of before over it, so that both are taken from the same side. Where there is no
// live picture, the photo of before is shown beside the phone's own camera.
import { useEffect, useRef, useState } from 'react'
import { shotOf, type Shot } from '../../offline/prepare-photo.ts'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { useModal } from '../../ui/use-modal.ts'
import styles from './capture.module.css'

const IDEAL = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1440 } }

type Live = { stream: MediaStream } | { refused: string } | undefined

function useLive(): Live {
  const t = useT()
  const words = useRef(t)
  words.current = t
  const [live, setLive] = useState<Live>()
  useEffect(() => {
    let stream: MediaStream | undefined
    let isGone = false
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) {
      setLive({ refused: words.current('photo.no-live.insecure') })
      return
    }
    navigator.mediaDevices.getUserMedia({ video: IDEAL, audio: false }).then(
      (got) => {
        stream = got
        if (isGone) stop()
        else setLive({ stream: got })
      },
      (error: unknown) => {
        const isDenied = error instanceof DOMException && error.name === 'NotAllowedError'
        const reason = error instanceof Error ? error.message : String(error)
        if (!isGone) setLive({ refused: isDenied ? words.current('photo.no-live.refused') : reason })
      },
    )
    return () => {
      isGone = true
      stop()
    }
  }, [])
  return live
}

const framed = (video: HTMLVideoElement): Promise<Blob | null> => {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92))
}

export function OverlayCamera(props: {
  before: string
  position: Shot['position']
  onShot: (shot: Shot) => void
  onClose: () => void
}) {
  const t = useT()
  const { before, position, onShot, onClose } = props
  const modal = useModal(onClose)
  const video = useRef<HTMLVideoElement>(null)
  const [strength, setStrength] = useState(40)
  const live = useLive()
  const stream = live && 'stream' in live ? live.stream : undefined

  useEffect(() => {
    if (video.current && stream) video.current.srcObject = stream
  }, [stream])

  const shoot = async () => {
    if (!video.current) return
    const blob = await framed(video.current)
    if (blob) onShot({ blob, isFresh: true, position })
  }
  return (
    <dialog {...modal} className={styles.camera} aria-label={t('photo.live')}>
      {stream && (
        <div className={styles.finder}>
          <video ref={video} autoPlay playsInline muted />
          <img src={before} alt={t('photo.before')} style={{ opacity: strength / 100 }} />
        </div>
      )}
      {live && 'refused' in live && (
        <div className={styles.beside}>
          <p>{t('photo.no-live', { reason: live.refused })}</p>
          <figure>
            <img src={before} alt={t('photo.before')} />
            <figcaption>{t('photo.before')}</figcaption>
          </figure>
        </div>
      )}
      <div className={styles.controls}>
        {stream && (
          <label className={styles.strength}>
            <span>{t('photo.ghost')}</span>
            <input
              type="range"
              min="0"
              max="80"
              value={strength}
              onChange={(e) => setStrength(Number(e.target.value))}
            />
          </label>
        )}
        <div className={styles.shutters}>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          {stream ? (
            <Button kind="primary" onClick={() => void shoot()}>
              {t('photo.shutter')}
            </Button>
          ) : (
            <label className={styles.take}>
              <input
                className="visually-hidden"
                type="file"
                accept="image/*"
                capture="environment"
                aria-label={t('photo.take')}
                onChange={(event) => {
                  const [file] = event.target.files ?? []
                  if (file) onShot(shotOf(file, true, position, Date.now()))
                }}
              />
              {t('photo.take')}
            </label>
          )}
        </div>
      </div>
    </dialog>
  )
}
