// A replay in React: one player for a day and scope, begun as the address says.
import { useEffect, useState, useSyncExternalStore } from 'react'
import { paced } from '../../../live/pace.ts'
import { createDayPages } from './pages.ts'
import { createPlayer, type Player, type PlayerView } from './player.ts'
import { instantOf } from './replay-day.ts'
import { speedIn } from './virtual-clock.ts'

export interface ReplayOptions {
  day: string
  scope: string
  timeZone: string
}

/** Plays for as long as the component lives. Speed and place are taken from the address at the beginning. */
export function useReplay({ day, scope, timeZone }: ReplayOptions): Player | undefined {
  const [player, setPlayer] = useState<Player>()
  useEffect(() => {
    const search = new URLSearchParams(window.location.search)
    const at = instantOf(search.get('at'), day, timeZone)
    const made = createPlayer({
      pages: createDayPages(day, scope),
      speed: speedIn(search.get('speed')),
      at,
      paused: at !== undefined,
      tick: () => performance.now(),
      defer: paced(() => performance.now()),
      every(ms, run) {
        const timer = setInterval(run, ms)
        return () => clearInterval(timer)
      },
    })
    setPlayer(made)
    return () => {
      made.close()
      setPlayer(undefined)
    }
  }, [day, scope, timeZone])
  return player
}

export const useControls = (player: Player): PlayerView =>
  useSyncExternalStore(player.onControls, player.controls)
