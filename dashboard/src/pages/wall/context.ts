// What every card of the wall shares: the model, the city's names, and how to open the list behind a figure.
import { createContext, useContext } from 'react'
import type { City } from '../../api/city.ts'
import type { Drill } from '../../components/drill/drill.ts'
import type { WallModel } from './model.ts'

export interface Wall {
  model: WallModel
  city: City
  open: (drill: Drill) => void
}

export const WallContext = createContext<Wall | undefined>(undefined)

export function useWall(): Wall {
  const wall = useContext(WallContext)
  if (!wall) throw new Error('useWall outside the wall')
  return wall
}
