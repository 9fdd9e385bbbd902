// Which scene a screen shows: what the desk shows wins until its time is over, then the address, then the screen's own
// plan, whose turns follow the world's clock so that screens side by side turn together. Pure.
import {
  type CameraSplit,
  type PlanStep,
  type SceneParams,
  WALL_SCENES,
  type WallScene,
} from '#domain/wall-screen.ts'
import type { ScreenState } from '../screen/use-screen.ts'

/** `cameras` only comes from the desk. */
export type SceneName = WallScene | 'cameras'

export interface Scene {
  name: SceneName
  params: SceneParams
  /** Of the scene `spotlight`. */
  caseId?: string | undefined
  /** Of the scene `cameras`. */
  cameras?: { codes: string[]; split: CameraSplit } | undefined
}

const NORMAL: Scene = { name: 'normal', params: {} }
const isScene = (name: string | null): name is WallScene =>
  (WALL_SCENES as readonly string[]).includes(name ?? '')

/** @param now the world's clock, epoch ms. */
export function stepAt(plan: readonly PlanStep[], now: number): PlanStep | undefined {
  const whole = plan.reduce((sum, s) => sum + s.seconds, 0)
  if (whole <= 0) return undefined
  let at = (now / 1000) % whole
  for (const step of plan) {
    if (at < step.seconds) return step
    at -= step.seconds
  }
  return plan.at(-1)
}

/** `?scene=area&area=101`, `?scene=spotlight&case=ID`; an unknown name is the normal scene. */
function sceneIn(search: URLSearchParams): Scene | undefined {
  const name = search.get('scene')
  if (!isScene(name)) return undefined
  const params = Object.fromEntries([...search].filter(([key]) => key !== 'scene' && key !== 'case'))
  return { name, params, caseId: search.get('case') ?? undefined }
}

export function chooseScene(
  { show, plan }: Pick<ScreenState, 'show' | 'plan'>,
  search: URLSearchParams,
  now: number,
): Scene {
  if (show?.kind === 'case') return { name: 'spotlight', params: {}, caseId: show.caseId }
  if (show?.kind === 'camera')
    return { name: 'cameras', params: {}, cameras: { codes: show.codes, split: show.split } }
  if (show?.kind === 'scene') return { name: show.scene, params: show.params ?? {} }
  const asked = sceneIn(search)
  if (asked) return asked
  const step = stepAt(plan, now)
  return step ? { name: step.scene, params: step.params ?? {} } : NORMAL
}

/** Whose figures a scene shows; `base` is the screen's own scope. */
export function scopeOf(scene: Scene, base: string): string {
  const code = scene.name === 'area' || scene.name === 'department' ? scene.params[scene.name] : undefined
  return code === undefined ? base : `${scene.name}:${code}`
}
