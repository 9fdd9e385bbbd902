// Cameras in a space of any size: as many pictures as the split has, going round through the list, the nearest to a place
// first. A press shows one alone; Esc, another press or a minute without a hand on it brings the others back.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { LngLat } from '#domain/geo/geometry.ts'
import { useCityInfo } from '../../../api/city.ts'
import { useT } from '../../../i18n/translate.ts'
import { CameraTile } from './camera-tile.tsx'
import styles from './camera-wall.module.css'
import { madeReady, onShow, orderCameras, splitFor, turnAt } from './order.ts'
import { shapeFor } from './shape.ts'
import { LOST_MS, type Moment } from './signal.ts'
import { type CameraRow, useCameras } from './use-cameras.ts'
import { useAspect } from './use-aspect.ts'
import { useSecond } from './use-second.ts'

const IDLE_MS = 60_000

export interface CameraWallProps {
  /** These cameras in this order; all of the city without it. */
  codes?: readonly string[] | undefined
  /** WGS-84; the nearest cameras come first. */
  near?: LngLat | undefined
  /** Pictures at once: 1, 4, 6 or 9; another number counts as the next of these. */
  split: number
  /** Length of a turn; the pictures stand still without it, or with 0. */
  rotateSeconds?: number | undefined
  /** The wall's clock, epoch ms: what times on pictures are shown by. The device's when absent. */
  clock?: (() => number) | undefined
  /** 信号中断 after this long without a picture. */
  lostAfterMs?: number | undefined
}

const isPlayable = (camera: CameraRow): camera is CameraRow & { url: string } => camera.url !== undefined

export function CameraWall(props: CameraWallProps) {
  const { codes, near, split, rotateSeconds, clock = Date.now, lostAfterMs = LOST_MS } = props
  const t = useT()
  const cameras = useCameras()
  const timeZone = useCityInfo()?.timeZone
  const second = useSecond()
  const [space, aspect] = useAspect()
  const silences = useRef(new Map<string, Moment>()).current
  const newestClock = useRef(clock)
  newestClock.current = clock
  const now = useCallback((): Moment => ({ tick: performance.now(), at: newestClock.current() }), [])

  const [asked, place] = [codes?.join(), near && `${near.lng},${near.lat}`]
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` and `place` are what `codes` and `near` say.
  const list = useMemo(
    () => orderCameras((cameras ?? []).filter(isPlayable), { codes, near }),
    [cameras, asked, place],
  )
  // Another list begins with its first turn.
  const round = useRef({ list, from: second })
  if (round.current.list !== list) round.current = { list, from: second }

  const [aloneCode, setAlone] = useState<string>()
  const alone = list.find((c) => c.code === aloneCode)
  const back = useCallback(() => setAlone(undefined), [])
  useBack(alone !== undefined, back)

  if (!cameras || timeZone === undefined) return <div className={styles.space} />
  if (list.length === 0) {
    const isForbidden = cameras.some((c) => !isPlayable(c))
    const why =
      cameras.length === 0 ? 'camera.none' : isForbidden ? 'camera.not-allowed' : 'camera.none-chosen'
    return <p className={styles.empty}>{t(why)}</p>
  }
  const size = alone ? 1 : splitFor(split, list.length)
  const { turn, isEnding } = turnAt(second - round.current.from, rotateSeconds)
  const shown = alone ? [alone] : onShow(list, size, turn)
  const waiting = alone || !isEnding ? [] : madeReady(list, size, turn)
  const shape = shapeFor(size, aspect)
  return (
    <section
      ref={space}
      className={styles.space}
      aria-label={t('camera.title')}
      data-split={size}
      style={{
        // No wider than a picture of 16:9, so that pictures in a wide space stand side by side.
        gridTemplateColumns: `repeat(${shape.columns}, minmax(0, calc(100cqh / ${shape.rows} * 16 / 9)))`,
        gridTemplateRows: `repeat(${shape.rows}, minmax(0, 1fr))`,
      }}
    >
      {[...shown, ...waiting].map((camera, i) => (
        <CameraTile
          key={camera.code}
          camera={camera}
          isLarge={shape.isFirstLarge && i === 0}
          isWaiting={i >= shown.length}
          second={second}
          now={now}
          lostAfterMs={lostAfterMs}
          timeZone={timeZone}
          silences={silences}
          isAlone={camera === alone}
          onPress={() => (alone ? back() : setAlone(camera.code))}
        />
      ))}
    </section>
  )
}

/** Esc, before anything around hears of it, or a minute without a hand on it. */
function useBack(isAlone: boolean, back: () => void): void {
  useEffect(() => {
    if (!isAlone) return
    let timer = setTimeout(back, IDLE_MS)
    const busy = () => {
      clearTimeout(timer)
      timer = setTimeout(back, IDLE_MS)
    }
    const onKey = (event: KeyboardEvent) => {
      busy()
      if (event.key !== 'Escape') return
      event.stopPropagation()
      event.preventDefault()
      back()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    window.addEventListener('pointermove', busy)
    window.addEventListener('pointerdown', busy)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', onKey, { capture: true })
      window.removeEventListener('pointermove', busy)
      window.removeEventListener('pointerdown', busy)
    }
  }, [isAlone, back])
}
