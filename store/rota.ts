// The rota 值班表 and handovers 交接班 as they are kept. Nothing is erased: a turn that was taken off the rota and a handover
// stay, with who did it. Instants are epoch ms by the log's clock.
import type { HandoverItem, RotaPost, RotaTurn } from '#domain/rota.ts'
import type { Store } from './open.ts'

interface TurnRow {
  id: string
  post: RotaPost
  name: string
  phone: string | null
  department: string | null
  since: Date
  until: Date
}

/** Turns that touch this span, by begin. */
export async function rotaTurns({ sql }: Store, from: number, to: number): Promise<RotaTurn[]> {
  const rows = await sql<TurnRow[]>`
    select id, post, name, phone, department, since, until from rota
    where removed_at is null and until > ${new Date(from)} and since < ${new Date(to)}
    order by since, post, name, id`
  return rows.map((r) => ({
    id: r.id,
    post: r.post,
    name: r.name,
    ...(r.phone === null ? {} : { phone: r.phone }),
    ...(r.department === null ? {} : { department: r.department }),
    since: r.since.getTime(),
    until: r.until.getTime(),
  }))
}

export async function addTurn({ sql }: Store, turn: RotaTurn, by: string): Promise<void> {
  await sql`
    insert into rota (id, post, name, phone, department, since, until, made_by)
    values (${turn.id}, ${turn.post}, ${turn.name}, ${turn.phone ?? null}, ${turn.department ?? null},
      ${new Date(turn.since)}, ${new Date(turn.until)}, ${by})`
}

/** @returns false when there is no such turn on the rota. */
export async function removeTurn({ sql }: Store, id: string, by: string): Promise<boolean> {
  const rows = await sql`
    update rota set removed_at = now(), removed_by = ${by} where id = ${id} and removed_at is null returning 1`
  return rows.length === 1
}

export interface Handover {
  id: string
  from: { id: string; name: string }
  givenAt: number
  to?: { id: string; name: string }
  takenAt?: number
  note: string
  items: HandoverItem[]
}

interface HandoverRow {
  id: string
  from_account: string
  from_name: string
  given_at: Date
  to_account: string | null
  to_name: string | null
  taken_at: Date | null
  note: string
  items: HandoverItem[]
}

/** The latest first. */
export async function handovers({ sql }: Store, most: number): Promise<Handover[]> {
  const rows = await sql<HandoverRow[]>`
    select h.id, h.from_account, f.name as from_name, h.given_at, h.to_account, t.name as to_name, h.taken_at, h.note, h.items
    from handover h join account f on f.id = h.from_account left join account t on t.id = h.to_account
    order by h.given_at desc, h.id desc limit ${most}`
  return rows.map((r) => ({
    id: r.id,
    from: { id: r.from_account, name: r.from_name },
    givenAt: r.given_at.getTime(),
    ...(r.to_account === null || r.taken_at === null
      ? {}
      : { to: { id: r.to_account, name: r.to_name ?? '' }, takenAt: r.taken_at.getTime() }),
    note: r.note,
    items: r.items,
  }))
}

/** Signed by who gives; it waits for who takes. */
export async function giveShift(
  { sql }: Store,
  shift: { id: string; from: string; at: number; note: string; items: readonly HandoverItem[] },
): Promise<void> {
  await sql`
    insert into handover (id, from_account, given_at, note, items)
    values (${shift.id}, ${shift.from}, ${new Date(shift.at)}, ${shift.note}, ${JSON.stringify(shift.items)}::text::jsonb)`
}

/** The second signature. `own`: one person cannot sign for both; `taken`: somebody was first. */
export async function takeShift(
  { sql }: Store,
  { id, to, at }: { id: string; to: string; at: number },
): Promise<'taken-over' | 'own' | 'taken' | 'unknown'> {
  const rows = await sql`
    update handover set to_account = ${to}, taken_at = greatest(given_at, ${new Date(at)})
    where id = ${id} and to_account is null and from_account <> ${to} returning 1`
  if (rows.length === 1) return 'taken-over'
  const [known] = await sql<{ from_account: string; to_account: string | null }[]>`
    select from_account, to_account from handover where id = ${id}`
  if (!known) return 'unknown'
  return known.to_account === null ? 'own' : 'taken'
}

/** Open cases as a handover lists them: the urgent first, then those past their due time, then by age. */
export async function openForHandover({ sql }: Store, at: number, most: number): Promise<HandoverItem[]> {
  const rows = await sql<
    {
      id: string
      receipt_no: string
      case_no: string | null
      category: string | null
      status: HandoverItem['status']
      urgent: boolean
      overdue: boolean
      who: string | null
      action: string | null
    }[]
  >`
    select id, receipt_no, case_no, category, status, urgent,
      (clock_runs and status in ('dispatched', 'handling') and due_at < ${new Date(at)}) is true as overdue,
      state -> 'waitsFor' ->> 'who' as who, state -> 'waitsFor' ->> 'action' as action
    from "case" where status not in ('closed', 'rejected', 'merged', 'voided')
      and (urgent or (state -> 'waitsFor' ->> 'who') in ('operator', 'dispatcher', 'duty-manager', 'head')
        or (clock_runs and status in ('dispatched', 'handling') and due_at < ${new Date(at)}))
    order by urgent desc, overdue desc, reported_at, id limit ${most}`
  return rows.map((r) => ({
    caseId: r.id,
    receiptNo: r.receipt_no,
    ...(r.case_no === null ? {} : { caseNo: r.case_no }),
    ...(r.category === null ? {} : { category: r.category }),
    status: r.status,
    urgent: r.urgent,
    overdue: r.overdue,
    ...(r.who === null || r.action === null ? {} : { waits: { who: r.who, action: r.action } }),
  }))
}
