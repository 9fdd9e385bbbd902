// The case that is looked at alone: the one that the desk chose, else the most pressing one; with what a wall may tell of it.
import type { BoardCase } from '#domain/board.ts'
import { useResource } from '../../../api/use-resource.ts'
import { useWall } from '../context.ts'
import { pressing } from '../model.ts'

/** As `GET /wall/cases/{id}` says: nobody's words, photos only of checked parts-and-events cases. */
export interface OnWall {
  case: BoardCase
  steps: { type: string; at: string }[]
  before: { id: string; url: string }[]
  after: { id: string; url: string }[]
}

interface ShownCase {
  /** Undefined while it is asked for, and where there is none to show. */
  c: BoardCase | undefined
  told: OnWall | undefined
  /** It may not be shown on a wall. */
  isHidden: boolean
}

/** @param isWanted asks only then. */
export function useShownCase(isWanted: boolean): ShownCase {
  const { model, scene } = useWall()
  const id = isWanted ? (scene.caseId ?? pressing(model)?.id) : undefined
  const open = id === undefined ? undefined : model.cases.find((c) => c.id === id)
  // Asked again whenever the case has moved.
  const asked = useResource<OnWall>(id === undefined ? undefined : `/wall/cases/${id}?at=${open?.since ?? 0}`)
  return { c: open ?? asked.value?.case, told: asked.value, isHidden: asked.problem !== undefined }
}
