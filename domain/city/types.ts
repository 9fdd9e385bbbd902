// The city as the rules see it: a compiled city pack. Codes are the pack's own; nothing here is a constant of the code.
import type { ExceptionPolicies } from './exceptions.ts'
import type { MultiPolygon, Polygon } from 'geojson'
import type { Calendar } from '../calendar.ts'
import type { Weekday } from '../days.ts'
import type { Rung } from '../escalation.ts'
import type { Limit } from '../limit.ts'
import type { Post, Source } from '../case.ts'
import type { Register } from '../register.ts'
import type { PackIndicator, PeriodKind } from './indicators.ts'
import type { ScreeningPolicies } from './screening-policies.ts'

export interface Area {
  code: string
  name: string
  /** One of City.levels, e.g. `street`, `community`, `grid`, `micro-grid`. */
  level: string
  parent?: string | undefined
  geometry: Polygon | MultiPolygon
  /** A point inside the geometry (pole of inaccessibility), WGS-84. */
  centre: { lng: number; lat: number }
}

/** A responsibility zone 责任区: cuts across areas. A smaller priority number is asked first. */
export interface Zone {
  code: string
  name: string
  /** e.g. water, park, main-road, back-lane, construction, estate, railway. */
  kind: string
  /** Department by default; absent = not managed here 不纳管. */
  department?: string | undefined
  coDepartments: string[]
  priority: number
  /** Restrict the zone's say to these category codes or majors (prefix match, e.g. `E01`); empty = every category. */
  categories: string[]
  validFrom?: string | undefined
  validTo?: string | undefined
  geometry: Polygon | MultiPolygon
  centre: { lng: number; lat: number }
}

export interface Category {
  code: string
  name: string
  /** `C` 部件 component, `E` 事件 event, others from the pack. */
  kind: string
  /** 大类 code (2 digits) and name. */
  major: string
  majorName: string
  risk: 'low' | 'normal' | 'urgent'
  /** Condition id taken when filing by rule. */
  defaultCondition: string
  /** Department by default, before zones. */
  department?: string | undefined
  /** What people call it 俗称, for suggesting it where nobody has said what it is. */
  aliases?: string[] | undefined
  /** Share of filed cases in percent, demo traffic only. */
  share?: number | undefined
}

/** A filing condition 立案条件 fixes the limit of a case. */
export interface FilingCondition {
  id: string
  category: string
  text: string
  limit: Limit
  /** 结案条件. */
  closeCondition: string
  /** 采集要求, as people read it. */
  photoRule?: string | undefined
  /** The part of it that a rule can check (domain/photo-rule.ts), as the pack writes it. */
  photoCheck?: string | undefined
}

export interface Department {
  code: string
  name: string
  parent?: string | undefined
  /** bureau, squad, contractor, street, utility … */
  kind: string
  group?: string | undefined
  /** Calendar owner; falls back to the parent's, then to `centre`. */
  calendar: string
  dutyPhone?: string | undefined
}

/** Local wall-clock times `HH:MM`, from `start` to before `end`; `22:00` to `06:00` goes on after midnight. */
export interface RuleHours {
  start: string
  end: string
}

/** category × area → unit; first match by order. `*` or absent = any. */
export interface RoutingRule {
  id: string
  order: number
  category?: string | undefined
  area?: string | undefined
  zoneKind?: string | undefined
  source?: Source | undefined
  /** `unknown`: only for a component whose owner nobody knows, registered or not. */
  owner?: 'unknown' | undefined
  /** Hours of the day in which the rule speaks. */
  hours?: RuleHours[] | undefined
  /** ISO weekdays, 1 = Monday, on which it does. */
  weekdays?: Weekday[] | undefined
  /** Any of these in the description. */
  words?: string[] | undefined
  department: string
  coDepartments: string[]
  /** Who gets it when `department` has shown by a granted return that it isn't theirs. */
  fallBack?: string | undefined
}

export interface PackUser {
  username: string
  name: string
  posts: Post[]
  department?: string | undefined
  /** Area codes. */
  areas: string[]
  /** Demo packs only; a real pack leaves it empty and the admin sets a first password. */
  password?: string | undefined
}

/** First rule whose conditions all hold decides; see docs/architecture.md. */
export interface PolicyRule {
  when?: {
    source?: Source[]
    risk?: Category['risk'][]
    category?: string[]
    kind?: string[]
  }
  /** `rule` = automatic when certain; a post = waits on that desk. */
  decide: 'rule' | Post
  reason?: string
}

export interface Policies {
  accept: PolicyRule[]
  file: PolicyRule[]
  dispatch: PolicyRule[]
  /** Request the check task by rule after a reply. */
  requestCheck: PolicyRule[]
  close: PolicyRule[]
  /** Share of the limit after which the light is yellow. */
  warnShare: number
  /** Limits of the stages, as limit texts on the centre's calendar (30分钟 are written `0.5紧急工作时`). */
  stageLimits: {
    accept?: string
    file?: string
    dispatch?: string
    confirm?: string
    check?: string
    close?: string
    acknowledge?: string
  }
  /** Limit of a new round after rework: the condition's own limit, or a limit text. */
  reworkLimit: 'same' | string
  /**
   * What stops the handling clock 处置计时 and freezes the light: the reply (when absent), the check that passes it, or the
   * closing. Whether the unit was in time is judged by its reply in every case: waiting never counts against it.
   */
  clockStops?: 'reply' | 'pass' | 'close' | undefined
  maxExtensions: number
  maxSuspendDays: number
  /** Returns, extensions, suspensions, rework, oversight beyond what the lifecycle's table says. */
  exceptions?: ExceptionPolicies | undefined
  /** The ladder of escalation 升级阶梯; absent = nothing is done by itself about what runs long. */
  escalation?: readonly Rung[] | undefined
  /** Department that receives what nothing else routes. */
  fallBackDepartment: string
  /** How 时 / 天 without a qualifier are read in this pack's limit texts. */
  limitWords?: Record<string, string>
  /**
   * Who gets a field task 核实、核查: `area` (when absent), a supervisor whose areas cover the place; `central`, those
   * without areas of their own, who hand the tasks out.
   */
  taskAssignee?: 'central' | 'area'
  /** Likeness to earlier cases and photos, and times that devices tell; absent = the rules' own defaults. */
  screening?: ScreeningPolicies | undefined
  /** Metres from a report within which a registered component of its category is taken for the one meant; 15 when absent. */
  componentMatchM?: number
  /**
   * Metres from a border within which a report may belong to the other side, so that the desk decides between both
   * units; 0 or absent = the border counts as drawn.
   */
  borderDoubtM?: number
}

/** A week, month, quarter or year as this city counts it, e.g. a month from the 26th to the 25th. */
export interface PackPeriod {
  kind: PeriodKind
  /** Unique among the periods of its kind, e.g. `2026-10`. */
  name: string
  /** Inclusive local dates `YYYY-MM-DD`. */
  from: string
  to: string
}

export const CAMERA_KINDS = ['hls', 'flv', 'whep', 'snapshot', 'generated'] as const

/** A camera that a wall can show. */
export interface PackCamera {
  code: string
  name: string
  lng: number
  lat: number
  /** How the picture comes; `generated` is a stream that the server makes up, for demo cities. */
  kind: (typeof CAMERA_KINDS)[number]
  /** Absent for `generated` only. */
  url?: string | undefined
  /** Area it is listed under; absent = the one it stands in. */
  area?: string | undefined
}

/** A unit grid cell 单元网格 (万米网格) with its 15-digit code; grids are unions of them. */
export interface PackCell {
  code: string
  /** Code of the area that it is part of. */
  grid: string
  geometry: Polygon | MultiPolygon
}

export interface CityPack {
  code: string
  name: string
  centreName: string
  timeZone: string
  /** A made-up city: its accounts keep the passwords of users.csv, and every page says so. */
  demo?: boolean | undefined
  levels: { key: string; name: string }[]
  /** What a published map must name: whose it is, and its approval number 审图号. */
  mapNotice?: { attribution?: string | undefined; approvalNo?: string | undefined } | undefined
  policies: Policies
  areas: Area[]
  zones: Zone[]
  categories: Category[]
  conditions: FilingCondition[]
  departments: Department[]
  routing: RoutingRule[]
  calendars: Calendar[]
  users: PackUser[]
  /** Component register 部件库: code → owner; may be empty. */
  components: { code: string; category: string; owner?: string | undefined; lng: number; lat: number }[]
  /** Layers drawn on the map only: water, roads, green … each feature has `kind` and `name`. */
  mapLayers?: GeoJSON.FeatureCollection | undefined
  /** By kind, then by date. Absent in packs of before: calendar weeks and months count. */
  periods?: PackPeriod[] | undefined
  cameras?: PackCamera[] | undefined
  indicators?: PackIndicator[] | undefined
  cells?: PackCell[] | undefined
}

export interface Located {
  inCity: boolean
  /**
   * Deepest area that holds the point (the grid, not the micro-grid). Absent in a gap: inside an area that is
   * divided further, but in none of its parts.
   */
  area?: string | undefined
  /** Codes from the top level down to `area` (in a gap: down to the area that holds the point). */
  areaPath: string[]
  /** Zones holding the point, by priority. */
  zones: string[]
}

export interface City {
  version: number
  pack: CityPack
  areas: ReadonlyMap<string, Area>
  zones: ReadonlyMap<string, Zone>
  categories: ReadonlyMap<string, Category>
  conditions: ReadonlyMap<string, FilingCondition>
  departments: ReadonlyMap<string, Department>
  /** 部件库: the pack's rows, and over them what was learnt since. */
  components: Register
  /** Calendar of a department (or `centre`), following the tree upwards. */
  calendarFor(owner: string): Calendar
  locate(lng: number, lat: number): Located
}
