// The write side in one place: load, decide, append, and again when the case moved on meanwhile. api and worker both
// go through here, so that a rule and a person obey the same table.
import { v7 as uuidv7 } from 'uuid'
import { advance, stamp } from '#domain/automate.ts'
import type { Actor, CaseState, PossibleDuplicate } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { cityDay } from '#domain/city-time.ts'
import type { Clock } from '#domain/clock.ts'
import type { Command } from '#domain/command.ts'
import { decide } from '#domain/decide.ts'
import { type DeviceTimes, deviceFacts } from '#domain/device-time.ts'
import type { DecideContext, Refusal } from '#domain/decision.ts'
import { onDuplicate, possibleDuplicates } from '#domain/duplicate-screening.ts'
import { capacity } from '#domain/permission.ts'
import { asEventActor, type NewEvent } from '#domain/event.ts'
import type { TaskKind } from '#domain/task.ts'
import { fold } from '#domain/apply.ts'
import type { Appender, IdempotencyKey } from './append.ts'
import { type CaseWithWords, caseLog, findCase, reportParts, reportWords } from './cases.ts'
import { cityOfCase } from './cities.ts'
import type { Directory } from './directory.ts'
import { duplicatesOf } from './duplicates.ts'
import { sha256 } from './hash.ts'
import { openCaseLoader } from './load-batch.ts'
import { caseNo, caseSeries, type Numbers, receiptNo, receiptSeries } from './numbers.ts'
import type { Store } from './open.ts'
import { photoFacts } from './uploads.ts'

export interface CommanderOptions {
  store: Store
  appender: Appender
  numbers: Numbers
  clock: Clock
  directory: Directory
  /** City of a pack version; the newest when undefined. */
  cityFor(version?: number): Promise<City>
}

/** Facts of a report, already validated; words go to the side table. */
export interface Report {
  facts: Omit<
    Pick<
      CaseState,
      | 'source'
      | 'dispatchMode'
      | 'category'
      | 'position'
      | 'accuracyM'
      | 'photos'
      | 'occurredAt'
      | 'component'
      | 'sameAs'
      | 'externalSystem'
      | 'externalId'
      | 'externalDueAt'
    >,
    never
  >
  words: {
    description?: string
    address?: string
    sourceDetail?: string
    reporter?: { name?: string; phone?: string }
  }
  /** What the reporter's device says of its own time. */
  device?: DeviceTimes | undefined
  /** Fixed on the spot 自行处置: closes with the report. */
  selfHandled?: { result: string; photos: string[] }
}

export interface ActOptions {
  actor: Actor
  expectVersion?: number | undefined
  resolved?: DecideContext['resolved']
  idempotency?: IdempotencyKey | undefined
}

export type CommandResult =
  | { ok: true; state: CaseState; words: CaseWithWords['words']; replayed: boolean }
  | { ok: false; refusal: Refusal | { code: 'not-found' | 'key-reused' | 'busy'; detail: string } }

export interface Commander {
  report(
    report: Report,
    options: { actor: Actor; idempotency?: IdempotencyKey | undefined },
  ): Promise<CommandResult>
  act(ref: string, command: Command, options: ActOptions): Promise<CommandResult>
  /** Runs the automatic steps due at this version; does nothing when the case has moved on. @returns steps appended. */
  advance(caseId: string, version?: number): Promise<number>
}

/** A case that changes under us more often than this is reported as busy. */
const MOST_TRIES = 5

type Made = ReturnType<typeof stamp>

/** To be screened yet. */
const isNew = (state: CaseState) => state.status === 'reported' && state.screening === undefined

/** Fixed on the spot: located by screening and closed by the same table, all in the report's own append. */
function selfHandle(
  born: Made,
  payload: { result: string; photos: string[] },
  actor: Actor,
  city: City,
  now: number,
  description: string | undefined,
): Made | { refusal: Refusal } {
  const rule = { kind: 'rule', rule: 'screen' } as const
  const ctx = {
    now,
    city,
    newId: uuidv7,
    hasText: true,
    description,
    assigneeFor: () => undefined,
    takeCaseNo: () => {
      throw new Error('a report closed on the spot is not filed')
    },
  }
  let made = born
  for (const [who, command] of [
    [rule, { action: 'screen', payload: {} }],
    [actor, { action: 'self-handle', payload }],
  ] as const) {
    const decision = decide(made.state, command, { ...ctx, actor: who })
    if (!decision.ok) return { refusal: decision.refusal }
    const post = capacity(command.action, who, made.state, city)
    const next = stamp(made.state, made.state.id, decision.events, asEventActor(who, post), now)
    made = { state: next.state, events: [...made.events, ...next.events] }
  }
  return made
}

/** What the device said, and when the matter was seen where that counts and nobody said otherwise. */
function seenAt({ device: times, facts }: Report, city: City, now: number) {
  const { device, countedAt } = deviceFacts('report', times ?? {}, { now, city })
  const occurredAt = facts.occurredAt ?? countedAt
  return { ...(occurredAt === undefined ? {} : { occurredAt }), ...(device ? { device } : {}) }
}

export function openCommander({
  store,
  appender,
  numbers,
  clock,
  directory,
  cityFor,
}: CommanderOptions): Commander {
  const loadCase = openCaseLoader(store)

  async function context(state: CaseState | undefined, description?: string) {
    await directory.refresh()
    const city = await cityOfCase(state, cityFor)
    const now = Math.max(clock.now(), state?.lastAt ?? 0)
    const day = cityDay(now, city.pack.timeZone)
    const needsNumber = state !== undefined && state.caseNo === undefined
    const reserved = needsNumber ? await numbers.take(caseSeries(day)) : undefined
    let used = false
    const ctx = {
      now,
      city,
      newId: uuidv7,
      takeCaseNo(category: string) {
        if (reserved === undefined) throw new Error('a case number was taken for a case that has one')
        used = true
        return caseNo(category, day, reserved)
      },
      hasText: description !== '',
      description,
      assigneeFor: (kind: TaskKind, of: CaseState) =>
        directory.assigneeFor(kind, of, city.pack.policies.taskAssignee, now),
    }
    /** Gives the number back unless it stands in the log now. */
    const settle = (appended: boolean) => {
      if (reserved !== undefined && !(used && appended)) numbers.giveBack(caseSeries(day), reserved)
    }
    return { ctx, settle }
  }

  async function replayed(key: IdempotencyKey): Promise<CommandResult | undefined> {
    const [row] = await store.sql<{ digest: Uint8Array; case_id: string; no: number }[]>`
      select digest, case_id, no from idempotency where scope = ${key.scope} and key = ${key.key}`
    if (!row) return undefined
    if (!Buffer.from(row.digest).equals(Buffer.from(key.digest)))
      return {
        ok: false,
        refusal: {
          code: 'key-reused',
          detail: 'this Idempotency-Key was used with another request; use a new one',
        },
      }
    const log = await caseLog(store, row.case_id)
    const state = fold(
      log.slice(0, row.no).map((e) => ({ ...e, caseId: row.case_id, type: e.type as NewEvent['type'] })),
    )
    if (!state) throw new Error(`idempotency key ${key.key} names case ${row.case_id}, which has no log`)
    return { ok: true, state, words: reportWords(log[0]?.words, log[0]?.person), replayed: true }
  }

  return {
    async report(report, { actor, idempotency }) {
      const city = await cityFor()
      const now = clock.now()
      const day = cityDay(now, city.pack.timeZone)
      const number = await numbers.take(receiptSeries(day))
      const id = uuidv7()
      const reported: NewEvent = {
        type: 'reported',
        payload: {
          receiptNo: receiptNo(day, number),
          cityVersion: city.version,
          ...report.facts,
          ...seenAt(report, city, now),
          ...(actor.kind === 'user' ? { reportedBy: actor.id } : {}),
          ...(report.selfHandled ? { selfHandled: true } : {}),
        },
        private: reportParts(report.words),
      }
      const post = actor.kind === 'user' ? actor.posts[0] : undefined
      const born = stamp(undefined, id, [reported], asEventActor(actor, post), now)
      const made = report.selfHandled
        ? selfHandle(born, report.selfHandled, actor, city, now, report.words.description)
        : born
      if ('refusal' in made) {
        numbers.giveBack(receiptSeries(day), number)
        return { ok: false, refusal: made.refusal }
      }
      const outcome = await appender.append({
        before: undefined,
        state: made.state,
        events: made.events,
        idempotency,
      })
      if (outcome.result === 'appended')
        return { ok: true, state: made.state, words: report.words, replayed: false }
      numbers.giveBack(receiptSeries(day), number)
      if (outcome.result === 'replayed' && idempotency) {
        const answer = await replayed(idempotency)
        if (answer) return answer
      }
      const external = await byExternalId(report.facts.externalSystem, report.facts.externalId)
      if (external) return { ok: true, state: external.state, words: external.words, replayed: true }
      return {
        ok: false,
        refusal: { code: 'busy', detail: 'the report could not be numbered; send it again' },
      }
    },

    async act(ref, command, { actor, expectVersion, resolved, idempotency }) {
      if (idempotency) {
        const answer = await replayed(idempotency)
        if (answer) return answer
      }
      for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
        const found = await findCase(store, ref)
        if (!found) return { ok: false, refusal: { code: 'not-found', detail: `no case ${ref}` } }
        const { ctx, settle } = await context(found.state)
        const photos =
          command.action === 'reply' ? await photoFacts(store, command.payload.photos ?? []) : undefined
        const decision = decide(found.state, command, {
          ...ctx,
          actor,
          photos,
          expectVersion,
          ...(resolved ? { resolved } : {}),
        })
        if (!decision.ok) {
          settle(false)
          return decision
        }
        const post = capacity(command.action, actor, found.state, ctx.city)
        const made = stamp(found.state, found.state.id, decision.events, asEventActor(actor, post), ctx.now)
        const outcome = await appender.append({
          before: found,
          state: made.state,
          events: made.events,
          idempotency,
        })
        settle(outcome.result === 'appended')
        if (outcome.result === 'appended')
          return { ok: true, state: made.state, words: found.words, replayed: false }
        if (outcome.result === 'replayed' && idempotency) {
          const answer = await replayed(idempotency)
          if (answer) return answer
        }
      }
      return { ok: false, refusal: { code: 'busy', detail: 'the case keeps changing; look again and retry' } }
    },

    async advance(caseId, version) {
      for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
        const found = await loadCase(caseId)
        if (!found) return 0
        if (version !== undefined && found.state.version !== version) return 0
        const duplicates = await earlierThan(found, await cityOfCase(found.state, cityFor))
        const { ctx, settle } = await context(found.state, found.words?.description ?? '')
        const photos = isNew(found.state) ? await photoFacts(store, found.state.photos) : undefined
        const { state, events } = advance(found.state, { ...ctx, duplicates, photos })
        if (events.length === 0) {
          settle(false)
          return 0
        }
        const outcome = await appender.append({ before: found, state, events })
        settle(outcome.result === 'appended')
        if (outcome.result === 'appended') return events.length
      }
      throw new Error(`case ${caseId} keeps changing while rules advance it`)
    },
  }

  /** Looked up only where the policy or the reporter asks for it, and only for what is being screened. */
  async function earlierThan(found: CaseWithWords, city: City): Promise<PossibleDuplicate[] | undefined> {
    const { state } = found
    if (!isNew(state) || (onDuplicate(city) === undefined && state.sameAs === undefined)) return undefined
    const all = await duplicatesOf(store, found, city)
    // Of two reports the later one is the duplicate, whichever is screened first: they never merge into each other.
    const isEarlier = (c: CaseState) =>
      c.reportedAt < state.reportedAt || (c.reportedAt === state.reportedAt && c.id < state.id)
    const isAsked = (c: CaseState) => onDuplicate(city) !== undefined || c.id === state.sameAs
    return possibleDuplicates(
      all.filter((d) => isEarlier(d.state) && isAsked(d.state)).map((d) => d.candidate),
    )
  }

  async function byExternalId(system: string | undefined, id: string | undefined) {
    if (id === undefined) return undefined
    const [row] = await store.sql<{ id: string }[]>`
      select id from "case" where external_system is not distinct from ${system ?? null} and external_id = ${id}`
    return row ? findCase(store, row.id) : undefined
  }
}

/** Digest of a request for its idempotency key: method, path and body. */
export const requestDigest = (...parts: string[]) => sha256(parts.map((p) => `${p}\0`).join(''))
