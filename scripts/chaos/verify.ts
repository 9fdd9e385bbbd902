// After a chaos run: is in the log what people were told, once; has every deadline rung, once; is what is stored what the
// log says. Every line is a fault of the system.
import { audit } from '#store/audit.ts'
import type { Store } from '#store/open.ts'
import { LIGHT_KINDS } from '#domain/timer.ts'
import { COUNTED, type Counted, type Ledger } from './ledger.ts'

/** Faults that are listed one by one; the rest is counted. */
const SHOWN = 10

export interface Finding {
  what: string
  count: number
  examples: string[]
}

/**
 * @param now by the log's clock, epoch ms
 * @param slackMs how late a timer may be without being lost, by the log's clock
 */
export async function verify(
  store: Store,
  ledger: Ledger,
  { now, slackMs, hasPhoto }: { now: number; slackMs: number; hasPhoto: (id: string) => Promise<boolean> },
): Promise<Finding[]> {
  const late = new Date(now - slackMs)
  const found: [what: string, examples: string[]][] = [
    ['reports that were accepted and are not in the log once', await reportsNotOnce(store, ledger)],
    ['cases that nobody was told of', await casesFromNowhere(store, ledger)],
    ['steps that were accepted and are not in the log as often', await stepsNotAsOften(store, ledger)],
    ['photos that were accepted and cannot be read', await unreadable(ledger, hasPhoto)],
    [
      'timers that should have rung',
      await texts(store.sql`
      select case_id || ' ' || kind || ' ' || fire_at as text from timer where fired_at is null and fire_at < ${late}`),
    ],
    [
      'deadlines that rang twice',
      await texts(store.sql`
      select case_id || ' ' || type || ' round ' || (fact ->> 'round') || ': ' || count(*) as text from feed
      where type = any(${[...LIGHT_KINDS]}::text[])
      group by case_id, type, fact ->> 'round', fact ->> 'fireAt' having count(*) > 1`),
    ],
    [
      'running clocks past their due time without a red light',
      await texts(store.sql`
      select c.id || ' due ' || c.due_at as text from "case" c where c.clock_runs and c.due_at < ${late}
        and not exists (select 1 from feed f where f.case_id = c.id and f.type = 'red'
          and (f.fact ->> 'round')::int = c.round)`),
    ],
    ['answers that nobody should get', ledger.surprises],
    ['differences in the audit', await audited(store)],
  ]
  return found
    .filter(([, examples]) => examples.length > 0)
    .map(([what, examples]) => ({ what, count: examples.length, examples: examples.slice(0, SHOWN) }))
}

const texts = async (query: PromiseLike<readonly unknown[]>) =>
  ((await query) as readonly { text: string }[]).map((r) => r.text)

async function reportsNotOnce({ sql }: Store, { reports }: Ledger): Promise<string[]> {
  const ids = [...reports.values()]
  const rows = await sql<{ id: string; n: number }[]>`
    select i.id, count(e.id)::int as n from unnest(${ids}::uuid[]) i (id)
    left join case_event e on e.case_id = i.id and e.type = 'reported' group by i.id having count(e.id) <> 1`
  return [
    ...rows.map((r) => `${r.id}: ${r.n}`),
    ...(new Set(ids).size === ids.length ? [] : ['two keys, one case']),
  ]
}

async function casesFromNowhere({ sql }: Store, { reports }: Ledger): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from "case" where not id = any(${[...reports.values()]}::uuid[])`
  return rows.map((r) => r.id)
}

async function stepsNotAsOften({ sql }: Store, { steps }: Ledger): Promise<string[]> {
  const rows = await sql<{ case_id: string; type: string; n: number }[]>`
    select case_id, type, count(*)::int as n from case_event
    where type = any(${Object.values(COUNTED)}::text[]) group by case_id, type`
  const inLog = new Map(rows.map((r) => [`${r.case_id} ${r.type}`, r.n]))
  const faults: string[] = []
  for (const [caseId, taken] of steps)
    for (const [action, n] of taken) {
      const key = `${caseId} ${COUNTED[action as Counted]}`
      if (inLog.get(key) !== n) faults.push(`${key}: told ${n}, in the log ${inLog.get(key) ?? 0}`)
      inLog.delete(key)
    }
  return [...faults, ...[...inLog.keys()].map((key) => `${key}: in the log, nobody was told`)]
}

async function unreadable({ photos }: Ledger, hasPhoto: (id: string) => Promise<boolean>): Promise<string[]> {
  const missing: string[] = []
  for (const id of photos) if (!(await hasPhoto(id))) missing.push(id)
  return missing
}

async function audited(store: Store): Promise<string[]> {
  const { differences } = await audit(store)
  return differences.map((d) => `${d.what} ${d.caseId ?? ''} ${d.detail}`)
}
