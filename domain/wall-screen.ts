// A screen 大屏 of the command centre as the system knows it, and what the desk shows on it: shapes that api and pages
// share, and the pure questions about them. No instants of the log here: a show lasts real minutes, whatever a demo's
// clock does.

export const WALL_SCENES = [
  'normal',
  'storm',
  'brief',
  'ranking',
  'area',
  'department',
  'night',
  'spotlight',
] as const
export type WallScene = (typeof WALL_SCENES)[number]

/** Scenes that need to know which area or unit, and the parameter that says so. */
export const SCENE_PARAMS: Partial<Record<WallScene, string>> = { area: 'area', department: 'department' }

/** What a scene is told, e.g. `{ area: '101' }`. */
export type SceneParams = Record<string, string>

export const ANNOUNCEMENT_LEVELS = ['info', 'warning', 'urgent'] as const
export type AnnouncementLevel = (typeof ANNOUNCEMENT_LEVELS)[number]

/** 预警等级: blue 蓝, yellow 黄, orange 橙, red 红; set by hand, as an intranet has no weather. */
export const WARNING_LEVELS = ['blue', 'yellow', 'orange', 'red'] as const
export type WarningLevel = (typeof WARNING_LEVELS)[number]

/** Pictures at once. */
export const CAMERA_SPLITS = [1, 4, 6, 9] as const
export type CameraSplit = (typeof CAMERA_SPLITS)[number]

/** One turn of a screen's rotation. */
export interface PlanStep {
  scene: WallScene
  params?: SceneParams
  seconds: number
}

/** Panels that make up the canvas: nothing but the map's ground may cross from one to the next. */
export interface Tiles {
  columns: number
  rows: number
}

export interface ScreenRecord {
  id: string
  name: string
  /** CSS pixels across the whole canvas; absent = as the browser says. */
  widthPx?: number
  /** Of the lit surface, millimetres. */
  widthMm: number
  heightMm?: number
  viewingDistanceM: number
  tiles: Tiles
  /** Absent = as the browser was set. */
  language?: 'zh-CN' | 'en'
  sound: boolean
  /** `city`, `area:CODE` or `department:CODE`; absent = `city`. */
  scope?: string
}

export type Show =
  | { kind: 'case'; caseId: string }
  | { kind: 'camera'; codes: string[]; split: CameraSplit }
  | { kind: 'scene'; scene: WallScene; params?: SceneParams }
  | { kind: 'announcement'; text: string; level: AnnouncementLevel }

/** A show that is on. `until` is epoch ms by the server's real clock. */
export type TimedShow = Show & { id: string; until: number }

export interface WallWarning {
  level: WarningLevel
  text: string
  /** Epoch ms by the server's real clock; absent = until it is lifted. */
  until?: number | undefined
}

/** Supervisors 监督员 on duty now, of how many there are, and who answers for the centre. */
export interface DutyCount {
  onDuty: number
  supervisors: number
  /** Absent while the rota says nobody. */
  people?: DutyPerson[]
}

/** 值班长 or 带班领导 whose turn it is on the rota; never a phone. */
export interface DutyPerson {
  post: 'duty-manager' | 'lead'
  name: string
}

/** The event `screen` of `/live`: everything anew, on joining and on each change. */
export interface ScreenMessage {
  /** The server's real clock when it was sent, epoch ms: what `until` is measured by. */
  at: number
  /** Name of the page's build that the server hands out; absent where none is built. */
  build?: string | undefined
  /** Absent for a wall that is no registered screen: it gets what is shown on all of them. */
  record?: ScreenRecord | undefined
  /** Empty = the normal scene, always. */
  plan: PlanStep[]
  /** Oldest first. */
  shows: TimedShow[]
  warning?: WallWarning | undefined
  duty?: DutyCount | undefined
}

/** What is on at an instant: the newest announcement, beside the newest of everything else. */
export interface OnNow {
  show?: Exclude<TimedShow, { kind: 'announcement' }> | undefined
  announcement?: Extract<TimedShow, { kind: 'announcement' }> | undefined
  warning?: WallWarning | undefined
  /** When one of these ends, epoch ms; absent = by itself never. */
  nextEnd?: number | undefined
}

/** @param now epoch ms by the clock of `at`. */
export function onNow({ shows, warning }: Pick<ScreenMessage, 'shows' | 'warning'>, now: number): OnNow {
  const on = shows.filter((s) => s.until > now)
  const holds = warning !== undefined && (warning.until === undefined || warning.until > now)
  const ends = [...on.map((s) => s.until), ...(holds && warning.until !== undefined ? [warning.until] : [])]
  return {
    show: on.findLast((s) => s.kind !== 'announcement'),
    announcement: on.findLast((s) => s.kind === 'announcement'),
    warning: holds ? warning : undefined,
    nextEnd: ends.length === 0 ? undefined : Math.min(...ends),
  }
}
