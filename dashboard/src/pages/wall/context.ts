// What every panel of the wall shares: the model, the city's names, the scene, and how to open the list behind a figure.
import { createContext, useContext } from 'react'
import type { City } from '../../api/city.ts'
import type { Drill } from '../../components/drill/drill.ts'
import type { Live } from '../../live/connect.ts'
import type { WallModel } from './model.ts'
import type { Scene } from './scenes/choose.ts'
import type { ScreenState } from './screen/use-screen.ts'

export interface Wall {
  model: WallModel
  city: City
  live: Live | undefined
  scene: Scene
  screen: ScreenState
  /** Panels that stand somewhere on this screen; what has no place of its own may be said elsewhere. */
  isShown: (panel: string) => boolean
  open: (drill: Drill) => void
}

export const WallContext = createContext<Wall | undefined>(undefined)

export function useWall(): Wall {
  const wall = useContext(WallContext)
  if (!wall) throw new Error('useWall outside the wall')
  return wall
}
