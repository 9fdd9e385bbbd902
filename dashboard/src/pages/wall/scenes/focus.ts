// The categories that a storm is about: named by the scene, else those reported most today; and which of them are water
// on the ground. Pure.
import type { WallModel } from '../model.ts'
import type { Scene } from './choose.ts'

const MOST = 5

/** Codes of categories; `?categories=E0506,E0503` names them. */
export function focusOf(model: Pick<WallModel, 'categories'>, scene: Pick<Scene, 'params'>): string[] {
  const named = (scene.params.categories ?? '').split(',').filter((c) => c !== '')
  return named.length > 0 ? named : model.categories.slice(0, MOST).map((c) => c.code)
}

/** Packs have no mark for it, names do: 积水 standing water, 内涝 waterlogging, 淹 flooded, 倒灌 backflow. */
const WATER = /积水|涝|淹|倒灌|flood|waterlog/i

/** The categories of a focus whose cases are water on the ground; all of them where no name says so. */
export function wetOf(focus: readonly string[], nameOf: (code: string) => string | undefined): string[] {
  const wet = focus.filter((code) => WATER.test(nameOf(code) ?? ''))
  return wet.length > 0 ? wet : [...focus]
}
