// What can be set in a demo beside its clock: the scene 场景, how much happens, and whether the simulated people are at
// work. Only said here and kept by the store; scripts/traffic acts on it. Pure.

import { HOUR_MS } from './days.ts'

export const SCENES = ['ordinary', 'storm', 'quiet'] as const
export type Scene = (typeof SCENES)[number]

/** Reports on a day of the storm at a multiple of 1: waterlogging, fallen trees, fallen lines. */
export const STORM_REPORTS_A_DAY = 900

/** Reports on a working day at a multiple of 1, for people to picture it; scripts/life knows days and hours. */
export const USUAL_REPORTS_A_DAY = 105

/** Hours by the log's clock after which a scene ends by itself and the ordinary day goes on. */
export const SCENE_HOURS: Readonly<Record<Exclude<Scene, 'ordinary'>, number>> = { storm: 24, quiet: 12 }

export const LEAST_MULTIPLE = 1
export const MOST_MULTIPLE = 50
/** At real volume (about a report in ten minutes) a wall looks dead. */
export const USUAL_MULTIPLE = 8

export interface DemoSettings {
  scene: Scene
  /** By the log's clock, epoch ms; absent in the ordinary scene. */
  sceneSince?: number | undefined
  sceneUntil?: number | undefined
  /** Business volume 业务量 against a real day's. */
  multiple: number
  /** The simulated people are at work. */
  traffic: boolean
}

export const USUAL_SETTINGS: DemoSettings = { scene: 'ordinary', multiple: USUAL_MULTIPLE, traffic: true }

export interface SettingsChange {
  scene?: Scene | undefined
  multiple?: number | undefined
  traffic?: boolean | undefined
}

/** Settings as they hold at `now`: a scene whose time is over is none. */
export function settingsAt(settings: DemoSettings, now: number): DemoSettings {
  const { multiple, traffic, sceneUntil } = settings
  const isOver = settings.scene === 'ordinary' || sceneUntil === undefined || sceneUntil <= now
  return isOver ? { scene: 'ordinary', multiple, traffic } : settings
}

/** A scene that already runs goes on to its end; any other begins at `now` (the log's clock, epoch ms). */
export function changed(settings: DemoSettings, change: SettingsChange, now: number): DemoSettings {
  const present = settingsAt(settings, now)
  const { scene = present.scene, multiple = present.multiple, traffic = present.traffic } = change
  if (scene === 'ordinary') return { scene, multiple, traffic }
  if (scene === present.scene) return { ...present, multiple, traffic }
  return { scene, multiple, traffic, sceneSince: now, sceneUntil: now + SCENE_HOURS[scene] * HOUR_MS }
}
