// Tables as Kysely sees them. Instants are Date, jsonb is parsed; the SQL of record is in migrations/.
import type { ColumnType, Generated } from 'kysely'
import type { CaseMarks } from '#domain/board-fold.ts'
import type { BoardCase, Count, Standing } from '#domain/board.ts'
import type { CaseState } from '#domain/case.ts'
import type { PolicyValue } from '#domain/city/policy-settings.ts'
import type { ChannelKind, ChannelSettings } from '#domain/delivery/channel.ts'
import type { EventActor } from '#domain/event.ts'
import type { HandoverItem } from '#domain/rota.ts'
import type { BoardMonth } from '#domain/month.ts'
import type { NoticeParams } from '#domain/notice.ts'
import type { SecurityPolicy } from '#domain/security-policy.ts'
import type { StandingFacts } from '#domain/standing.ts'
import type { PlanStep, Show } from '#domain/wall-screen.ts'

import type { DeliveryResult } from './channels.ts'

type Json<T> = ColumnType<T, string, string>

export interface Tables {
  city: {
    version: Generated<number>
    code: string
    name: string
    pack: Json<unknown>
    loaded_at: Generated<Date>
  }
  account: {
    id: string
    username: string
    name: string
    posts: string[]
    department: string | null
    areas: string[]
    password_hash: string | null
    must_change: Generated<boolean>
    disabled_at: Date | null
    created_at: Generated<Date>
    password_set_at: Generated<Date>
    email: string | null
    mobile: string | null
  }
  session: {
    token_hash: Uint8Array
    account_id: string
    created_at: Generated<Date>
    expires_at: Date
    ends_at: Date | null
  }
  admin_audit: {
    id: Generated<string>
    at: Generated<Date>
    actor_id: string | null
    posts: Generated<string[]>
    via: string
    ip: string | null
    action: string
    target_kind: string
    target_id: string
    detail: Json<Record<string, unknown>>
  }
  security_policy: {
    only_one: Generated<boolean>
    policy: Json<Partial<SecurityPolicy>>
    changed_by: string | null
    changed_at: Generated<Date>
  }
  process: {
    id: string
    kind: string
    version: string
    host: string
    pid: number
    started_at: Generated<Date>
    heard_at: Generated<Date>
  }
  upkeep: { kind: string; at: Generated<Date>; ok: boolean; detail: Json<Record<string, unknown>> }
  policy_override: {
    path: string
    value: Json<PolicyValue>
    pack_value: Json<PolicyValue>
    reason: string
    changed_by: string | null
    changed_at: Generated<Date>
  }
  login_failure: { username: string; failures: number; last_at: Generated<Date>; locked_until: Date | null }
  api_key: {
    id: string
    name: string
    key_hash: Uint8Array
    account_id: string
    created_at: Generated<Date>
    revoked_at: Date | null
  }
  upload: {
    id: string
    account_id: string | null
    sha256: Uint8Array
    media_type: string
    bytes: number
    width: number
    height: number
    taken_at: Date | null
    lng: number | null
    lat: number | null
    request_scope: string | null
    request_key: string | null
    created_at: Generated<Date>
  }
  case: {
    id: string
    no: number
    version: number
    status: string
    receipt_no: string
    case_no: string | null
    source: string
    category: string | null
    area: string | null
    area_path: string[]
    department: string | null
    handler: string | null
    round: number
    urgent: boolean
    reported_by: string | null
    external_system: string | null
    external_id: string | null
    reported_at: Date
    closed_at: Date | null
    warn_at: Date | null
    due_at: Date | null
    clock_runs: boolean
    last_hash: Uint8Array
    state: Json<CaseState>
    updated_at: Date
  }
  case_event: {
    id: Generated<string>
    case_id: string
    no: number
    type: string
    schema: number
    at: Date
    actor: Json<EventActor>
    nth: number
    payload: Json<Record<string, unknown>>
    private_digests: Json<Record<string, string>> | null
    hash: Uint8Array
  }
  case_private: {
    case_id: string
    no: number
    part: string
    salt: Uint8Array | null
    data: Json<Record<string, unknown>> | null
    erased_at: Date | null
    erased_by: string | null
    period: number | null
  }
  event_inbox: { id: Generated<string>; event_id: string | null; fact: Json<unknown> | null }
  idempotency: {
    scope: string
    key: string
    digest: Uint8Array
    case_id: string
    no: number
    created_at: Generated<Date>
  }
  number_series: { key: string; next: string }
  field_task: {
    id: string
    case_id: string
    kind: string
    round: number
    assignee: string
    status: string
    due_at: Date
    created_at: Date
  }
  feed: {
    seq: string
    event_id: string | null
    case_id: string | null
    no: number | null
    type: string
    at: Date
    nth: number | null
    version: number | null
    category: string | null
    area: string | null
    department: string | null
    fact: Json<unknown> | null
    hash: Uint8Array
  }
  feed_head: {
    one: Generated<boolean>
    epoch: string
    seq: string
    hash: Uint8Array
    day: string | null
    at: Date | null
    fold: Generated<number>
    month: Json<BoardMonth> | null
    month_seq: Generated<string>
  }
  board_case: {
    case_id: string
    seq: string
    board: Json<BoardCase>
    no: number
    light: string
    overdue_seen: boolean
    marks: Json<CaseMarks>
    standing: Json<StandingFacts> | null
  }
  standing: {
    case_id: string
    seq: string
    dispatched_on: string
    due_on: string | null
    metrics: Standing[]
    keys: string[]
  }
  board_day: {
    day: string
    seq: string
    at: Date
    cases: string[]
    month: Json<BoardMonth> | null
    counts: Json<Count[]> | null
  }
  rollup: { day: string; key: string; metric: string; n: number; seq: string }
  screen: {
    id: string
    name: string
    width_px: number | null
    width_mm: number
    height_mm: number | null
    viewing_distance_m: number
    tile_columns: number
    tile_rows: number
    language: string | null
    sound: boolean
    scope: string | null
    plan: Json<PlanStep[]>
    token_hash: Uint8Array
    token_at: Generated<Date>
    created_by: string
    created_at: Generated<Date>
    changed_by: string | null
    changed_at: Date | null
    last_seen_at: Date | null
    revoked_by: string | null
    revoked_at: Date | null
  }
  screen_session: {
    token_hash: Uint8Array
    screen_id: string
    created_at: Generated<Date>
    expires_at: Date
    ended_at: Date | null
  }
  screen_show: {
    id: string
    screens: string[] | null
    show: Json<Show>
    shown_by: string
    shown_at: Generated<Date>
    until: Date
    stopped_by: string | null
    stopped_at: Date | null
  }
  wall_warning: {
    id: Generated<string>
    level: string
    text: string
    until: Date | null
    set_by: string
    set_at: Generated<Date>
    lifted_by: string | null
    lifted_at: Date | null
  }
  desk_seat: { case_id: string; seat: string; account_id: string; until: Date }
  rota: {
    id: string
    post: string
    name: string
    phone: string | null
    account_id: string | null
    department: string | null
    since: Date
    until: Date
    made_by: string
    made_at: Generated<Date>
    removed_by: string | null
    removed_at: Date | null
  }
  handover: {
    id: string
    from_account: string
    given_at: Date
    to_account: string | null
    taken_at: Date | null
    note: string
    items: Json<HandoverItem[]>
  }
  reader: { name: string; seq: string }
  lease: { name: string; holder: string; until: Date }
  demo: {
    one: Generated<boolean>
    anchored_at: Date
    shows: Date
    rate: number
    rate_before: number
    at_work_at: Date
    scene: string
    scene_since: Date | null
    scene_until: Date | null
    multiple: number
    traffic: boolean
  }
  notice: {
    id: Generated<string>
    key: string
    audience: string
    kind: string
    case_id: string | null
    params: Json<NoticeParams>
    at: Date
  }
  notice_read: { account_id: string; notice_id: string; read_at: Date }
  delivery_channel: {
    id: string
    kind: ChannelKind
    name: string
    settings: Json<ChannelSettings>
    sealed: Uint8Array
    target: string
    enabled: Generated<boolean>
    from_seq: string
    created_by: string
    created_at: Generated<Date>
    changed_by: string | null
    changed_at: Date | null
    off_why: string | null
    failures: Generated<number>
    failing_since: Date | null
    last_ok_at: Date | null
    quiet_until: Generated<Date>
    busy_by: string | null
    busy_until: Generated<Date>
  }
  delivery: {
    id: string
    no: Generated<string>
    channel_id: string
    source: string
    recipient: Generated<string>
    kind: string
    case_id: string | null
    body: Json<unknown>
    state: Generated<string>
    attempts: Generated<number>
    created_at: Generated<Date>
    next_at: Generated<Date>
    last_at: Date | null
    result: Json<DeliveryResult> | null
  }
  timer: {
    id: Generated<string>
    case_id: string | null
    kind: string
    round: number
    fire_at: Date
    fired_at: Date | null
  }
}
