// The wall of a past day: the same screen as live, fed by a replay, with the bar that steers it below. Its own piece of the
// program, loaded when somebody replays.
import { type ReactNode, useLayoutEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useCityInfo } from '../../../api/city.ts'
import { useT } from '../../../i18n/translate.ts'
import type { Live } from '../../../live/connect.ts'
import { tilesIn } from '../layout/use-canvas.ts'
import { barPlace } from './bar-place.ts'
import { ReplayBar } from './replay-bar.tsx'
import styles from './replay-bar.module.css'
import { useReplay } from './use-replay.ts'

/** Height of the bar: a share of the window, so that it grows with the screen; CSS px. */
const barHeight = () => Math.max(56, Math.round(window.innerHeight * 0.064))

interface ReplayWallProps {
  day: string
  scope: string
  /** Draws the screen. */
  children: (live: Live | undefined) => ReactNode
}

/** Leaves room for the bar below the wall's canvas. @returns whether a seam parts the bar in two halves. */
function useRoomBelow(): boolean {
  const [isHalved, setHalved] = useState(false)
  const [search] = useSearchParams()
  const asked = search.get('tiles')
  useLayoutEffect(() => {
    const tiles = tilesIn(new URLSearchParams({ tiles: asked ?? '' })) ?? { columns: 1, rows: 1 }
    const { style } = document.documentElement
    let height = 0
    const make = () => {
      const place = barPlace({ width: window.innerWidth, height: window.innerHeight, tiles })
      style.setProperty('--bar-left', `${place.left * 100}%`)
      style.setProperty('--bar-right', `${place.right * 100}%`)
      setHalved(place.isHalved)
      if (barHeight() === height) return
      height = barHeight()
      style.setProperty('--below', `${height}px`)
      window.dispatchEvent(new Event('resize'))
    }
    make()
    window.addEventListener('resize', make)
    return () => {
      window.removeEventListener('resize', make)
      for (const name of ['--below', '--bar-left', '--bar-right']) style.removeProperty(name)
    }
  }, [asked])
  return isHalved
}

export function ReplayWall({ day, scope, children }: ReplayWallProps) {
  const info = useCityInfo()
  const isHalved = useRoomBelow()
  return info ? (
    <Replay day={day} scope={scope} timeZone={info.timeZone} isHalved={isHalved}>
      {children}
    </Replay>
  ) : (
    children(undefined)
  )
}

function Replay(props: ReplayWallProps & { timeZone: string; isHalved: boolean }) {
  const { day, scope, timeZone, isHalved, children } = props
  const t = useT()
  const player = useReplay({ day, scope, timeZone })
  return (
    <>
      {children(player)}
      {player ? (
        <ReplayBar player={player} day={day} scope={scope} timeZone={timeZone} isHalved={isHalved} />
      ) : (
        <section className={styles.bar} aria-label={t('replay.bar')} />
      )}
    </>
  )
}
