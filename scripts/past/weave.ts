// Past cases woven into one log in order of time: each day begins as a city day does, the items of all cases that are under
// way follow by their instants, and every item goes on its case's hash chain and on the feed's.
import { hash as digestOf, randomBytes } from 'node:crypto'
import { dayStart } from '#domain/city-time.ts'
import { DAY_MS, dayText } from '#domain/days.ts'
import { boardMonth } from '#domain/month.ts'
import type { PackPeriod } from '#domain/city/types.ts'
import { canonicalJson, feedHash, GENESIS } from '#store/hash.ts'
import { caseNo, receiptNo } from '#store/numbers.ts'
import { privatePeriod } from '#store/search-period.ts'
import type { Sink } from './sink.ts'
import type { Item, Slots, Template } from './template.ts'
import { copyLine, fill, type Values } from './text.ts'

export type PastTable =
  | 'case'
  | 'case_event'
  | 'case_private'
  | 'field_task'
  | 'feed'
  | 'timer'
  | 'standing'
  | 'rollup'
  | 'board_day'

/** Columns of the lines, but for those of `case`: see CASE_COLUMNS. */
export const PAST_COLUMNS: Readonly<Record<Exclude<PastTable, 'case'>, readonly string[]>> = {
  case_event: 'id case_id no type schema at actor nth payload private_digests hash'.split(' '),
  case_private: 'case_id no part salt data period'.split(' '),
  field_task: 'id case_id kind round assignee status due_at created_at'.split(' '),
  feed: 'seq event_id case_id no type at nth version category area department fact hash'.split(' '),
  timer: 'case_id kind round fire_at fired_at'.split(' '),
  standing: 'case_id seq dispatched_on due_on metrics keys'.split(' '),
  rollup: 'day key metric n seq'.split(' '),
  board_day: 'day seq at cases month'.split(' '),
}

export interface WeaveOptions {
  sink: Sink<PastTable>
  slots: Slots
  timeZone: string
  periods: readonly PackPeriod[] | undefined
}

/** Where the feed ends. */
export interface WovenHead {
  seq: number
  hash: Uint8Array
  day: string
  /** Epoch ms. */
  at: number
  events: number
  cases: number
}

interface Running extends Values {
  template: Template
  ids: string[]
  /** Whole days, in ms and in days. */
  days: number
  hash: Uint8Array
  standingSeq: number
}

interface Due {
  at: number
  running: Running
  item: Item
  last: boolean
  /** Cases in the order of their reports, for items of one instant. */
  order: number
}

/** 32 bytes and a text, hashed together without making a new buffer of both. */
const scratch = Buffer.allocUnsafe(1 << 16)
function chained(previous: Uint8Array, text: string): Buffer {
  if (previous.length + text.length * 3 > scratch.length) throw new Error('an event is too long')
  scratch.set(previous)
  const end = previous.length + scratch.write(text, previous.length)
  return digestOf('sha256', scratch.subarray(0, end), 'buffer')
}

const BYTE = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))

export class Weave {
  readonly #options: WeaveOptions
  readonly #due = new Map<number, Due[]>()
  readonly #counts = new Map<number, { n: Int32Array; seq: Float64Array }>()
  readonly #open = new Set<string>()
  #random = randomBytes(1 << 16)
  #used = 0
  #seq = 0
  #events = 0
  #cases = 0
  #hash: Uint8Array = GENESIS
  #at = 0
  #day = 0
  #receipts = 0
  #filed = 0

  constructor(options: WeaveOptions) {
    this.#options = options
  }

  /** A case that begins on a day (day number) of its template's weekday. `chance`: 0 ≤ x < 1. */
  begin(template: Template, day: number, chance: number): void {
    const days = day - template.day
    const shift = days * DAY_MS + Math.floor(chance * template.rest)
    const at = (template.items[0]?.at ?? 0) + shift
    const place = template.places[Math.floor(chance * 7919 * template.places.length) % template.places.length]
    const running: Running = {
      template,
      days,
      shift,
      ids: template.ids.map((made, i) => this.#id(i === 0 ? at : made + shift)),
      digests: ['', ''],
      receiptNo: '',
      caseNo: '',
      lng: place?.lng ?? '',
      lat: place?.lat ?? '',
      house: `${1 + Math.floor(chance * 899)}号`,
      phone: `1200${String(Math.floor(chance * 1e7)).padStart(7, '0')}`,
      hash: GENESIS,
      standingSeq: 0,
    }
    this.#cases += 1
    const order = this.#cases
    const last = template.items.length - 1
    for (const [i, item] of template.items.entries()) {
      const on = day + item.day
      const list = this.#due.get(on)
      const due = { at: item.at + shift, running, item, last: i === last, order }
      if (list) list.push(due)
      else this.#due.set(on, [due])
    }
  }

  /** Everything of a day, once all cases that begin on it or before have begun. */
  async day(day: number): Promise<void> {
    const { sink } = this.#options
    this.#day = day
    this.#receipts = 0
    this.#filed = 0
    this.#begin(day)
    const due = this.#due.get(day) ?? []
    this.#due.delete(day)
    // The order of pushing keeps the items of a case in theirs.
    due.sort((a, b) => a.at - b.at || a.order - b.order)
    for (const one of due) this.#take(one)
    this.#flushCounts(day - MOST_DAYS)
    await sink.drained()
  }

  get head(): WovenHead {
    return {
      seq: this.#seq,
      hash: this.#hash,
      day: dayText(this.#day),
      at: this.#at,
      events: this.#events,
      cases: this.#cases,
    }
  }

  /** The counts that are still held. */
  end(): WovenHead {
    if (this.#due.size > 0) throw new Error('cases are under way still')
    this.#flushCounts(Number.POSITIVE_INFINITY)
    return this.head
  }

  #startOf(day: number): number {
    return dayStart(dayText(day), this.#options.timeZone)
  }

  #begin(day: number): void {
    const { sink, periods } = this.#options
    const at = this.#startOf(day)
    const text = dayText(day)
    const iso = new Date(at).toISOString()
    const fact = { kind: 'day', day: text, at }
    this.#at = Math.max(this.#at, at)
    sink.add(
      'board_day',
      copyLine([
        text,
        this.#seq,
        new Date(this.#at).toISOString(),
        [...this.#open].sort(),
        boardMonth(text, periods),
      ]),
    )
    this.#next(canonicalJson(fact))
    sink.add(
      'feed',
      copyLine([
        this.#seq,
        null,
        null,
        null,
        'day',
        iso,
        null,
        null,
        null,
        null,
        null,
        fact,
        `\\x${hex(this.#hash)}`,
      ]),
    )
    sink.add('timer', copyLine([null, 'day', 0, iso, iso]))
  }

  #next(content: Uint8Array | string): void {
    this.#seq += 1
    this.#hash = feedHash(this.#hash, this.#seq, content)
  }

  #take({ at, running, item, last }: Due): void {
    const { sink } = this.#options
    const id = running.ids[0] ?? ''
    const iso = new Date(at).toISOString()
    this.#at = Math.max(this.#at, at)
    let eventId = '\\N'
    if (item.event) {
      this.#event(running, item.event, at)
      eventId = String(this.#events)
      this.#next(running.hash)
    } else this.#next(fill(item.fact ?? [], running))
    sink.add(
      'feed',
      `${this.#seq}\t${eventId}\t${id}\t${item.head}${iso}${fill(item.tail, running)}\\\\x${hex(this.#hash)}\n`,
    )
    for (const { day, slot, n } of item.changes)
      this.#count(running.template.day + running.days + day, slot, n)
    if (item.open) this.#open.add(id)
    else this.#open.delete(id)
    if (item.stands) running.standingSeq = this.#seq
    if (last) this.#end(running)
  }

  #event(running: Running, event: NonNullable<Item['event']>, at: number): void {
    const { sink } = this.#options
    const iso = new Date(at).toISOString()
    const id = running.ids[0] ?? ''
    if (event.no === 1) {
      this.#receipts += 1
      running.receiptNo = receiptNo(dayText(this.#day), this.#receipts)
    }
    if (event.filedAs !== undefined) {
      this.#filed += 1
      running.caseNo = caseNo(event.filedAs, dayText(this.#day), this.#filed)
    }
    for (const { part, n, canonical, copied } of event.parts) {
      const salt = this.#bytes(16)
      const digests = [...running.digests]
      digests[n] = hex(chained(salt, fill(canonical, running)))
      running.digests = digests
      const period = privatePeriod(event.no, part, at) ?? '\\N'
      sink.add(
        'case_private',
        `${id}\t${event.no}\t${part}\t\\\\x${hex(salt)}\t${fill(copied, running)}\t${period}\n`,
      )
    }
    running.hash = chained(running.hash, fill(event.canonical, running))
    this.#events += 1
    sink.add(
      'case_event',
      `${this.#events}\t${id}\t${event.head}${iso}${fill(event.tail, running)}\\\\x${hex(running.hash)}\n`,
    )
  }

  #end(running: Running): void {
    const { sink } = this.#options
    const { template, days } = running
    const id = running.ids[0] ?? ''
    sink.add(
      'case',
      `${fill(template.row, running)}\\\\x${hex(running.hash)}\t${fill(template.state, running)}${fill(template.rowEnd, running)}`,
    )
    for (const task of template.tasks) sink.add('field_task', fill(task, running))
    for (const timer of template.timers) sink.add('timer', fill(timer, running))
    if (template.standing) {
      const { dispatchedOn, dueOn, rest } = template.standing
      const due = dueOn === undefined ? '\\N' : dayText(dueOn + days)
      sink.add('standing', `${id}\t${running.standingSeq}\t${dayText(dispatchedOn + days)}\t${due}\t${rest}`)
    }
  }

  #count(day: number, slot: number, n: number): void {
    let counts = this.#counts.get(day)
    if (!counts) {
      const { length } = this.#options.slots.names
      counts = { n: new Int32Array(length), seq: new Float64Array(length) }
      this.#counts.set(day, counts)
    }
    counts.n[slot] = (counts.n[slot] ?? 0) + n
    counts.seq[slot] = this.#seq
  }

  /** Days so long ago are counted in no more. */
  #flushCounts(before: number): void {
    const { sink, slots } = this.#options
    for (const [day, { n, seq }] of this.#counts) {
      if (day >= before) continue
      this.#counts.delete(day)
      for (const [slot, { key, metric }] of slots.names.entries())
        if (seq[slot]) sink.add('rollup', copyLine([dayText(day), key, metric, n[slot], seq[slot]]))
    }
  }

  #bytes(n: number): Buffer {
    if (this.#used + n > this.#random.length) {
      this.#random = randomBytes(1 << 16)
      this.#used = 0
    }
    this.#used += n
    return this.#random.subarray(this.#used - n, this.#used)
  }

  /** Version 7: the instant, then chance. */
  #id(at: number): string {
    const time = at.toString(16).padStart(12, '0')
    const b = hex(this.#bytes(10))
    const variant = BYTE[0x80 | (Number.parseInt(b.slice(3, 5), 16) & 0x3f)]
    return `${time.slice(0, 8)}-${time.slice(8)}-7${b.slice(0, 3)}-${variant}${b.slice(5, 7)}-${b.slice(8, 20)}`
  }
}

/** A case that runs longer than this is no template. */
export const MOST_DAYS = 130

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}
