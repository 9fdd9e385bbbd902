// One camera: its picture, its name, the time of the newest picture; or that and since when there is none.
import { useEffect, useRef, useState } from 'react'
import { formatTime } from '../../../i18n/format.ts'
import { useLanguage, useT } from '../../../i18n/translate.ts'
import styles from './camera-tile.module.css'
import { type Connection, openConnection, type View } from './connection.ts'
import { loadPlayer } from './players/player.ts'
import type { Moment } from './signal.ts'
import type { CameraRow } from './use-cameras.ts'

interface CameraTileProps {
  camera: CameraRow & { url: string }
  isLarge: boolean
  /** Plays unseen until its turn comes. */
  isWaiting: boolean
  /** Counts on about once a second: what the time and the signal are judged by. */
  second: number
  now: () => Moment
  lostAfterMs: number
  timeZone: string
  /** Where it is kept how long a camera has been silent, over the turns of a round. */
  silences: Map<string, Moment>
  isAlone: boolean
  onPress: () => void
}

export function CameraTile(props: CameraTileProps) {
  const { camera, isLarge, isWaiting, second, now, lostAfterMs, timeZone, silences, isAlone } = props
  const { code, kind, url } = camera
  const t = useT()
  const language = useLanguage()
  const stage = useRef<HTMLSpanElement>(null)
  const connection = useRef<Connection>(undefined)
  const [view, setView] = useState<View>()

  useEffect(() => {
    if (!stage.current) return
    const opened = openConnection({
      stage: stage.current,
      url,
      load: () => loadPlayer(kind),
      now,
      lostAfterMs,
      onFailure: (reason) => console.debug(`camera ${code}: ${reason}; it is tried again`),
      silentSince: silences.get(code),
    })
    connection.current = opened
    setView(opened.check())
    return () => {
      connection.current = undefined
      const silent = opened.close()
      if (silent) silences.set(code, silent)
      else silences.delete(code)
    }
  }, [code, kind, url, now, lostAfterMs, silences])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each second it is looked at again.
  useEffect(() => {
    // Nobody draws what nobody sees; being away is not held against the camera.
    if (!document.hidden && connection.current) setView(connection.current.check())
  }, [second])

  const signal = view?.signal ?? 'connecting'
  const time = (at: number) => formatTime(at, timeZone, language)
  return (
    <button
      type="button"
      className={styles.tile}
      data-camera={code}
      data-signal={signal}
      data-large={isLarge || undefined}
      data-waiting={isWaiting || undefined}
      inert={isWaiting}
      title={isAlone ? t('camera.back') : t('camera.open', { name: camera.name })}
      onClick={props.onPress}
    >
      <span className={styles.picture}>
        <span ref={stage} className={styles.stage} />
        {signal !== 'live' && (
          <span className={styles.message}>
            <strong>{t(signal === 'lost' ? 'camera.lost' : 'camera.connecting')}</strong>
            {signal === 'lost' && view && (
              <span>{t('camera.lost.since', { time: time(view.silentSince) })}</span>
            )}
          </span>
        )}
        {kind === 'generated' && signal === 'live' && (
          <span className={styles.mark}>{t('camera.generated')}</span>
        )}
        <span className={styles.caption}>
          <span className={styles.name}>{camera.name}</span>
          {signal === 'live' && view?.frameAt !== undefined && <time>{time(view.frameAt)}</time>}
        </span>
      </span>
    </button>
  )
}
