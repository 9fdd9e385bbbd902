// Which case each seat 坐席 of the centre has in hand, so that two people on one queue do not take up the same case. A
// courtesy, not a lock: what decides is the case's version. One row a case makes "who was first" one atomic statement, in
// however many processes; it runs out by itself, in real time, when a page is gone.
import type { Store } from './open.ts'

/** Seconds that a seat holds a case without renewing it. */
export const SEAT_SECONDS = 60

export interface HeldCase {
  caseId: string
  seat: string
  account: string
  name: string
}

/**
 * From now on the seat holds these cases and no others, as far as no other seat holds them.
 * @returns what it holds, and whether that is another set than before
 */
export async function holdCases(
  { sql }: Store,
  { seat, account, cases }: { seat: string; account: string; cases: readonly string[] },
): Promise<{ mine: string[]; changed: boolean }> {
  return sql.begin(async (tx) => {
    const before = await tx<{ case_id: string }[]>`
      select case_id from desk_seat where seat = ${seat} and until > now()`
    await tx`delete from desk_seat where seat = ${seat} and case_id <> all(${[...cases]}::uuid[])`
    // In one order for all, so that two seats that want the same ones never wait for each other in a ring.
    const held = await tx<{ case_id: string }[]>`
      insert into desk_seat (case_id, seat, account_id, until)
      select id, ${seat}, ${account}, now() + ${SEAT_SECONDS} * interval '1 second'
      from "case" where id = any(${[...cases]}::uuid[]) order by id
      on conflict (case_id) do update set seat = excluded.seat, account_id = excluded.account_id, until = excluded.until
        where desk_seat.until <= now() or (desk_seat.seat = excluded.seat and desk_seat.account_id = excluded.account_id)
      returning case_id`
    const mine = held.map((r) => r.case_id).sort()
    const was = before.map((r) => r.case_id).sort()
    return { mine, changed: mine.join() !== was.join() }
  })
}

/** Everything that is in somebody's hand now, by case. */
export async function heldCases({ sql }: Store): Promise<HeldCase[]> {
  const rows = await sql<{ case_id: string; seat: string; account_id: string; name: string }[]>`
    select s.case_id, s.seat, s.account_id, a.name
    from desk_seat s join account a on a.id = s.account_id
    where s.until > now() order by s.case_id`
  return rows.map((r) => ({ caseId: r.case_id, seat: r.seat, account: r.account_id, name: r.name }))
}
