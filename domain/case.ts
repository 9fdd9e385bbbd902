// The case as the log leaves it: what `apply` builds and `decide` reads. Carries ids and facts only;
// words that may hold personal data live in the erasable side table case_private.
import type { DeviceTime } from './device-time.ts'
import type { Finding } from './finding.ts'
import type { Limit } from './limit.ts'
import type { FieldTask } from './task.ts'

/** Where a case stands. The Chinese terms are in docs/glossary.md and in STATUS_NAMES. */
export const STATUSES = [
  'reported',
  'accepted',
  'filed',
  'dispatched',
  'handling',
  'suspended',
  'replied',
  'checked',
  'closed',
  'rejected',
  'merged',
  'voided',
] as const
export type Status = (typeof STATUSES)[number]

/** Nobody waits for anything in these; only appeal, rate and reopen can follow. */
export const FINAL_STATUSES = ['closed', 'rejected', 'merged', 'voided'] as const satisfies Status[]
export const OPEN_STATUSES = STATUSES.filter((s) => !(FINAL_STATUSES as readonly Status[]).includes(s))
export const isFinal = (s: Status) => (FINAL_STATUSES as readonly Status[]).includes(s)

export const STATUS_NAMES: Record<Status, string> = {
  reported: '已上报',
  accepted: '已受理',
  filed: '已立案',
  dispatched: '已派遣',
  handling: '处置中',
  suspended: '挂账',
  replied: '已回告',
  checked: '核查通过',
  closed: '已结案',
  rejected: '不予受理',
  merged: '已并案',
  voided: '作废',
}

export const SOURCES = [
  'grid',
  'citizen',
  'hotline',
  'camera',
  'sensor',
  'leader',
  'media',
  'department',
  'open311',
  'import',
] as const
export type Source = (typeof SOURCES)[number]

export const DISPATCH_MODES = ['assign', 'summon', 'claim'] as const
export type DispatchMode = (typeof DISPATCH_MODES)[number]

/** Posts 岗位 that a user can hold; one person may hold several. */
export const POSTS = [
  'admin', // 系统管理员, in a small town the next three too
  'system-admin', // 系统管理员 of the three 三员
  'security-admin', // 安全管理员
  'auditor', // 审计管理员
  'duty-manager', // 值班长
  'operator', // 受理员
  'dispatcher', // 派遣员
  'supervisor', // 网格监督员
  'grid-member', // 网格员
  'evaluator', // 考核员
  'head', // 中心主任
  'leader', // 分管领导
  'department-officer', // 部门经办
  'handler', // 处置人员
  'display', // a screen
] as const
export type Post = (typeof POSTS)[number]

/** `fixed` 修复, `made-safe` 排除隐患, `notified` 告知性结案, `not-found` 未发现, `forced` 强制结案. */
export const OUTCOMES = ['fixed', 'made-safe', 'notified', 'not-found', 'forced'] as const
export type Outcome = (typeof OUTCOMES)[number]

export type Light = 'green' | 'yellow' | 'red' | 'none'

/** Who did it, in which capacity. `user` ids are account ids, never names. */
export type Actor =
  | {
      kind: 'user'
      id: string
      posts: readonly Post[]
      department?: string | undefined
      /** Area codes that bound what a grid member or supervisor answers for; empty = whole city. */
      areas?: readonly string[] | undefined
    }
  | { kind: 'rule'; rule: string }
  /** Without a login; `reporterOf` is the case that they have proved to have reported. */
  | { kind: 'anonymous'; reporterOf?: string | undefined }

/** WGS-84 degrees. */
export interface Position {
  lng: number
  lat: number
}

/** A running, paused or stopped handling clock 处置计时. All instants are epoch milliseconds. */
export interface HandleClock {
  limit: Limit
  /** How often the limit counts: 1, plus one for each extension granted by a whole limit. */
  times: number
  /** Extensions by another amount, in order; each runs on from the due moment before it. */
  added?: Limit[] | undefined
  /** Owner of the calendar it runs on (department code, or `centre`). */
  calendar: string
  startedAt: number
  /** Whole pauses, and an open one when suspended. */
  pauses: { from: number; to?: number | undefined }[]
  dueAt: number
  /** 80 % of the limit: yellow from here on. */
  warnAt: number
  stoppedAt?: number | undefined
}

/** Facts of a finished round of handling; a later round never changes them. */
export interface RoundFacts {
  round: number
  /** Absent when a person without a unit had claimed it. */
  department?: string | undefined
  /** When this round's clock started. */
  dispatchedAt: number
  dueAt: number
  repliedAt: number
  /** By which `late` was judged, where that is not the receipt. */
  countedAt?: number | undefined
  late: boolean
}

export interface WaitsFor {
  /** Who must act: a post of the centre, `department` (the lead unit), `assignee` of the open task, or `reporter`. */
  who: Post | 'department' | 'assignee'
  /** The lifecycle action expected of them. */
  action: string
  /** A reason code with its explanation in docs/glossary.md, e.g. `policy`, `outside-city`, `no-category`. */
  reason: string
  since: number
}

/** 督办: somebody above wants an answer. Answered once, by the lead unit. */
export interface Oversight {
  at: number
  /** Post of who issued it, or `rule`. */
  by: string
  /** When the answer is due; absent = no limit was set. */
  dueAt?: number | undefined
  answeredAt?: number | undefined
}

/** A rung of the city's ladder 升级阶梯 that was climbed, as the case remembers it. */
export interface Climbed {
  rung: string
  /** What it was about: `handle:1`, `check:ID`, `oversight:2`. */
  of: string
  round: number
  /** Each dispatch, rework and reopening begins a go: the ladder is climbed anew. */
  turn: number
  at: number
}

/** What a co-unit 协办单位 has done about a case so far, each at its first time. */
export interface CoAnswer {
  department: string
  signedAt?: number | undefined
  arrivedAt?: number | undefined
  answeredAt?: number | undefined
}
export const CO_STEPS = ['signed', 'arrived', 'answered'] as const
export type CoStep = (typeof CO_STEPS)[number]

/** The way of a request through its approval chain 审批: who must agree, in order, and how many have. */
export interface Approval {
  /** Absent = one decision by anybody whom the lifecycle names. */
  chain?: Post[] | undefined
  approved?: number | undefined
}

/** An earlier case that a report may be about too: why, in codes (domain/duplicate-reasons.ts), and how far off. */
export interface PossibleDuplicate {
  caseId: string
  verdict: 'certain' | 'possible'
  reasons: string[]
  metres: number
  hours: number
}

/** What screening 预审 found. */
export interface Screening {
  verdict: 'certain' | 'uncertain'
  /** Reason codes, e.g. `outside-city`, `no-grid`, `no-category`, `unknown-category`, `no-text`, `not-managed-here`. */
  reasons: string[]
  /** The registered component nearest to the position, of the report's category, and how far away it is. */
  component?: { code: string; distanceM: number } | undefined
  /** Components of different owners between which the position cannot tell, nearest first. */
  components?: { code: string; owner?: string | undefined; distanceM: number }[] | undefined
  /** Places on the other side of a border that is too near to be sure of. */
  border?: BorderCandidate[] | undefined
  /** With `possible-duplicate`: earlier cases, the likeliest first. */
  duplicates?: PossibleDuplicate[] | undefined
  /** What was found about photos, accuracy and time, in sentences; not all of it is a doubt. */
  findings?: Finding[] | undefined
}

/** A unit that answers where the report says, or next to it; `share` of the circle of accuracy lies there, 0 to 1. */
export interface BorderCandidate {
  department: string
  /** Zone, or grid. */
  ref: string
  share: number
}

/** One line of the routing explanation 派遣说明: a rule that was asked, and what it answered. */
export interface RoutingStep {
  rule: 'component' | 'zone' | 'category-area' | 'category' | 'area' | 'unit-tree' | 'border' | 'fall-back'
  matched: boolean
  /** Code of the zone, rule, area … that answered. */
  ref?: string | undefined
  department?: string | undefined
  /** Who gets it should that unit show that it isn't theirs. */
  fallBack?: string | undefined
  /** One plain sentence, English; `zh` beside it. */
  because: string
  zh: string
}

export interface CaseState {
  id: string
  /** Ordinal of the last event (1 = report). Every append guards on it. */
  no: number
  /** Rises only when the set of legal actions or a deadline changes. Jobs and clients guard on it. */
  version: number
  receiptNo: string
  caseNo?: string | undefined
  status: Status
  source: Source
  dispatchMode: DispatchMode
  /** Account that reported; absent when anonymous. */
  reportedBy?: string | undefined
  category?: string | undefined
  condition?: string | undefined
  /** City-pack version the case was filed under (reported under, until filed). */
  cityVersion: number
  position: Position
  accuracyM?: number | undefined
  /** Grid code. */
  area?: string | undefined
  /** Codes from the top level down to `area`. */
  areaPath: string[]
  zone?: string | undefined
  component?: string | undefined
  photos: string[]
  afterPhotos: string[]
  /** What the photos of the present round's reply lack, or say of their place. */
  replyFindings?: Finding[] | undefined
  checkPhotos: string[]
  urgent: boolean
  screening?: Screening | undefined
  /** Ids of the routing rules of which a word occurred in the description when it was screened. */
  wordRules?: string[] | undefined
  routing?: RoutingStep[] | undefined
  department?: string | undefined
  coDepartments: string[]
  pool?: string | undefined
  handler?: string | undefined
  /** Second-level unit 二级单位 the lead passed it to. */
  unit?: string | undefined
  /** The lead's own limit for the unit or person it was passed to 二级时限; never after the case's. */
  unitDueAt?: number | undefined
  round: number
  rounds: RoundFacts[]
  /** Its clock was past due at some step; stays when the unit or the round changes. */
  wasOverdue: boolean
  reportedAt: number
  occurredAt?: number | undefined
  /** The case that the reporter takes for the same matter. */
  sameAs?: string | undefined
  /** What the reporter's device said of its own time. */
  device?: DeviceTime | undefined
  acceptedAt?: number | undefined
  filedAt?: number | undefined
  dispatchedAt?: number | undefined
  acknowledgedAt?: number | undefined
  repliedAt?: number | undefined
  checkedAt?: number | undefined
  closedAt?: number | undefined
  /** When the present status was entered. */
  since: number
  clock?: HandleClock | undefined
  outcome?: Outcome | undefined
  rejection?: { stage: 'accept' | 'file'; reason: string } | undefined
  duplicateOf?: string | undefined
  waitsFor?: WaitsFor | undefined
  request?:
    | {
        kind: 'return'
        reason: string
        suggested?: string | undefined
        at: number
        photos?: string[] | undefined
      }
    | ({ kind: 'extension'; reason: string; at: number } & Approval)
    | ({
        kind: 'suspension'
        reason: string
        until: number
        at: number
        photos?: string[] | undefined
      } & Approval)
    | undefined
  returns: number
  /** Units that gave it back with agreement, each once, in order: routing does not name them again. */
  returnedBy?: string[] | undefined
  /** The latest return 退单 that was granted: who gave it back, and whom they named instead. */
  lastReturn?: { from?: string | undefined; suggested?: string | undefined; at: number } | undefined
  extensions: number
  suspensions: number
  suspendedUntil?: number | undefined
  overseen: number
  /** One for each 督办, oldest first. */
  oversights?: Oversight[] | undefined
  /** One for each rung climbed, oldest first. */
  escalations?: readonly Climbed[] | undefined
  urged: number
  /** Rounds whose reply was found false 虚假回复 on site. */
  falseReplies?: number[] | undefined
  /** Dispatched before it was filed in form 先派后补: the papers are still owed. */
  papersOwed?: boolean | undefined
  coAnswers?: CoAnswer[] | undefined
  /** Closed as made safe: the filing condition under which the lasting repair follows as a case of its own. */
  followUp?: string | undefined
  appeals: { about: string; at: number; granted?: boolean | undefined }[]
  satisfaction?: string | undefined
  tasks: FieldTask[]
  selfHandled: boolean
  externalSystem?: string | undefined
  externalId?: string | undefined
  externalDueAt?: number | undefined
  /** How often each event type has happened in this case. */
  seen: Record<string, number>
  /** The log's clock at the last event; the next is never earlier. */
  lastAt: number
}
