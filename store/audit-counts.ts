// The counts of all days as the audit compares them, from four sides. Years of a large city do not fit into memory: beyond a
// number of counts they are kept in a file for each month, and come back month by month.
import { appendFileSync, createReadStream, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { STANDINGS } from '#domain/board.ts'

/** `stored` in the table; `folded` from the log; added up from what each of the `cases` counts in; and of `events` alone. */
export type Side = 'stored' | 'folded' | 'cases' | 'events'

interface Count {
  n: number
  /** The last fact that changed it; 0 where nobody asks. */
  seq: number
}

/** By `day|key|metric`. */
export type MonthOfCounts = Readonly<Record<Side, Map<string, Count>>>

export class CountBook {
  readonly #most: number
  #months = new Map<string, MonthOfCounts>()
  #held = 0
  #folder: string | undefined
  readonly #filed = new Set<string>()

  /** @param most counts that are held in memory before they go into files. */
  constructor(most = 200_000) {
    this.#most = most
  }

  /** Adds `n` to the count of `day|key|metric`; `seq` if it is later than what is known. */
  add(side: Side, key: string, n: number, seq = 0): void {
    const name = /^\d{4}-\d\d/.exec(key)?.[0] ?? 'no-month'
    const month = this.#months.get(name) ?? emptyMonth()
    this.#months.set(name, month)
    if (addTo(month, side, key, n, seq)) this.#held += 1
    if (this.#held >= this.#most) this.#file()
  }

  #file(): void {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'huiyin-audit-'))
    for (const [name, month] of this.#months) {
      let lines = ''
      for (const [side, counts] of Object.entries(month))
        for (const [key, { n, seq }] of counts) lines += `${JSON.stringify([side, key, n, seq])}\n`
      appendFileSync(join(this.#folder, name), lines)
      this.#filed.add(name)
    }
    this.#months = new Map()
    this.#held = 0
  }

  /** Every month, the first one first. Nothing may be added any more. */
  async *months(): AsyncGenerator<MonthOfCounts> {
    for (const name of [...new Set([...this.#filed, ...this.#months.keys()])].sort()) {
      const month = this.#months.get(name) ?? emptyMonth()
      if (this.#folder !== undefined && this.#filed.has(name))
        for await (const line of createInterface({ input: createReadStream(join(this.#folder, name)) })) {
          const [side, key, n, seq]: [Side, string, number, number] = JSON.parse(line)
          addTo(month, side, key, n, seq)
        }
      this.#months.delete(name)
      yield month
    }
  }

  /** Takes the files away. */
  async close(): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true })
    this.#folder = undefined
  }
}

const emptyMonth = (): MonthOfCounts => ({
  stored: new Map(),
  folded: new Map(),
  cases: new Map(),
  events: new Map(),
})

/** @returns whether it is the first of that key. */
function addTo(month: MonthOfCounts, side: Side, key: string, n: number, seq: number): boolean {
  const known = month[side].get(key)
  if (!known) {
    month[side].set(key, { n, seq })
    return true
  }
  known.n += n
  known.seq = Math.max(known.seq, seq)
  return false
}

const STANDING: ReadonlySet<string> = new Set(STANDINGS)
const metricOf = (key: string) => key.slice(key.lastIndexOf('|') + 1)

/** What is stored must be what the fold, the cases and the events say. */
export function auditCounts(
  { stored, folded, cases, events }: MonthOfCounts,
  differ: (what: string, detail: string) => void,
): void {
  for (const [key, f] of folded) {
    const s = stored.get(key)
    if (!s || s.n !== f.n || s.seq !== f.seq)
      differ(
        'counts',
        `${key}: stored ${s ? `${s.n} at seq ${s.seq}` : 'nothing'}, folded ${f.n} at seq ${f.seq}`,
      )
  }
  for (const [key, { n }] of cases)
    if (stored.get(key)?.n !== n)
      differ('recount', `${key}: stored ${stored.get(key)?.n ?? 0}, the cases say ${n}`)
  for (const [key, { n }] of events)
    if (stored.get(key)?.n !== n)
      differ('recount', `${key}: stored ${stored.get(key)?.n ?? 0}, the events say ${n}`)
  for (const [key, { n }] of stored) {
    if (!folded.has(key)) differ('counts', `${key}: stored ${n}, folded nothing`)
    const isStanding = STANDING.has(metricOf(key))
    if (isStanding && n !== 0 && !cases.has(key)) differ('recount', `${key}: stored ${n}, the cases say 0`)
    // `overdue` rests on facts of time and is the fold's.
    if (!isStanding && /\|city\|(?!overdue$)/.test(key) && !events.has(key))
      differ('recount', `${key}: stored ${n}, the events say 0`)
  }
}
