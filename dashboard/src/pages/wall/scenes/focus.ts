// The categories that a storm is about: named by the scene, else those reported most today. Pure.
import type { WallModel } from '../model.ts'
import type { Scene } from './choose.ts'

const MOST = 6

/** Codes of categories; `?categories=E0506,E0503` names them. */
export function focusOf(model: Pick<WallModel, 'categories'>, scene: Pick<Scene, 'params'>): string[] {
  const named = (scene.params.categories ?? '').split(',').filter((c) => c !== '')
  return named.length > 0 ? named : model.categories.slice(0, MOST).map((c) => c.code)
}
