// Erasing words by rule: a part of what the side table keeps of a case is emptied for ever, and the log says so. The
// chain stays whole, because it holds salted digests only; with the salt gone they tell nothing.
import { stamp } from '#domain/automate.ts'
import { FINAL_STATUSES } from '#domain/case.ts'
import { PRIVATE_PARTS, type PrivatePart } from '#domain/event.ts'
import { appendWith } from './append.ts'
import { findCase } from './cases.ts'
import type { Store } from './open.ts'
import type { Signals } from './signal.ts'

export interface EraseOptions {
  /** Name of the rule that asks for it, e.g. `retention-2-years` or `request-of-the-reporter`; it stays in the log. */
  rule: string
  /** `person` erases the reporter and leaves the matter; default: everything. */
  parts?: readonly PrivatePart[] | undefined
  /** Epoch ms. */
  now: number
  /** Wakes the readers of the log at once; they poll otherwise. */
  signals?: Signals | undefined
}

export type Erased =
  | { ok: true; caseId: string; receiptNo: string; erased: number }
  | { ok: false; code: 'not-found' | 'busy' }

const MOST_TRIES = 5
const BATCH = 200

/**
 * Empties the words of one case (id, receipt or case number) and logs an `erased` event, both or neither. Nothing left
 * to erase logs nothing. @returns how many parts of events were emptied.
 */
export async function eraseWords(store: Store, ref: string, options: EraseOptions): Promise<Erased> {
  const { rule, parts = PRIVATE_PARTS, now, signals } = options
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const found = await findCase(store, ref)
    if (!found) return { ok: false, code: 'not-found' }
    const { id, receiptNo } = found.state
    const outcome = await store.sql
      .begin(async (tx) => {
        const erased = await tx<{ no: number; part: string }[]>`
        update case_private set data = null, salt = null, erased_at = ${new Date(now)}, erased_by = ${rule}
        where case_id = ${id} and part = any(${[...parts]}::text[]) and data is not null
        returning no, part`
        if (erased.length === 0) return 0
        const events = [...new Set(erased.map((e) => e.no))].sort((a, b) => a - b)
        const payload = { rule, parts: [...new Set(erased.map((e) => e.part))].sort(), events }
        const actor = { kind: 'rule', id: rule } as const
        const made = stamp(found.state, id, [{ type: 'erased', payload }], actor, now)
        const [appended] = await appendWith(tx, [{ before: found, state: made.state, events: made.events }])
        // The case moved on between reading and here: undo the erasure and look again.
        if (appended?.result !== 'appended') throw new MovedOn()
        return erased.length
      })
      .catch((error: unknown) => {
        if (error instanceof MovedOn) return undefined
        throw error
      })
    if (outcome === undefined) continue
    if (outcome > 0) signals?.raise('inbox')
    return { ok: true, caseId: id, receiptNo, erased: outcome }
  }
  return { ok: false, code: 'busy' }
}

class MovedOn extends Error {}

export interface RetentionOptions extends EraseOptions {
  /** Cases that ended before this instant, epoch ms. */
  closedBefore: number
  onProgress?: ((cases: number) => void) | undefined
}

/**
 * Retention: erases the words of every case that ended before an instant. Interrupted, it goes on where it stopped.
 * @returns cases erased now, parts emptied, and cases that kept changing and wait for the next run.
 */
export async function eraseByRule(
  store: Store,
  options: RetentionOptions,
): Promise<{ cases: number; parts: number; busy: number }> {
  const { closedBefore, parts = PRIVATE_PARTS, onProgress } = options
  const done = { cases: 0, parts: 0, busy: 0 }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await store.sql<{ id: string }[]>`
      select c.id from "case" c
      where c.id > ${after} and c.status = any(${[...FINAL_STATUSES]}::text[]) and c.closed_at < ${new Date(closedBefore)}
        and exists (select 1 from case_private p
          where p.case_id = c.id and p.part = any(${[...parts]}::text[]) and p.data is not null)
      order by c.id limit ${BATCH}`
    for (const { id } of rows) {
      const result = await eraseWords(store, id, options)
      if (result.ok && result.erased > 0) {
        done.cases += 1
        done.parts += result.erased
      } else if (!result.ok) done.busy += 1
      onProgress?.(done.cases)
    }
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return done
    after = last.id
  }
}
