// Learning owners of components from the log: the reader's step, and learning all of it again. What is learnt when is
// domain/register-lesson.ts; what stands, store/register.ts.
import type postgres from 'postgres'
import { fold } from '#domain/apply.ts'
import type { CaseState } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { isOfComponents } from '#domain/component-match.ts'
import { type Lesson, withLessons } from '#domain/register.ts'
import { lessonOf, TEACHING } from '#domain/register-lesson.ts'
import { caseLogs } from './case-logs.ts'
import type { Store } from './open.ts'
import { readFeed } from './readers.ts'
import {
  keep,
  type LessonRow,
  type LessonSource,
  lockReader,
  presentLessons,
  READER,
  toLesson,
} from './register.ts'

/** The pack of a version as it was loaded, without lessons. */
export type PackFor = (version: number) => Promise<City>

interface Fact {
  seq: number
  caseId: string
  no: number
}

const isTeaching = (type: string) => (TEACHING as readonly string[]).includes(type)

/** Follows the feed and learns; lessons and cursor commit together. @returns facts read; `learnt` is told how many lessons. */
export const followRegister = (
  store: Store,
  packFor: PackFor,
  learnt: (lessons: number) => void = () => {},
): Promise<number> => {
  let n = 0
  return readFeed(store, {
    name: READER,
    async handle(rows, tx) {
      const facts = rows.flatMap(({ seq, caseId, no, type }): Fact[] =>
        caseId !== undefined && no !== undefined && isTeaching(type) ? [{ seq, caseId, no }] : [],
      )
      if (facts.length > 0) n = await openLearner(tx, packFor).learn(facts)
    },
  }).then((read) => {
    if (n > 0) learnt(n)
    return read
  })
}

/**
 * Forgets what rules have learnt and learns it again from the log, with what persons said in its place. One transaction;
 * afterwards the rows say the same, or a mistake in them is gone. @returns lessons by rule and by persons.
 */
export function rebuildRegister(
  store: Store,
  packFor: PackFor,
): Promise<{ byRule: number; byPerson: number }> {
  return store.sql.begin(async (tx) => {
    const until = Number(await lockReader(tx))
    const persons = await tx<
      (LessonRow & { request_scope: string; request_key: string; request_digest: Uint8Array })[]
    >`
      select * from component_owner where how = 'person' order by id`
    await tx`delete from component_owner`
    const learner = openLearner(tx, packFor)
    let byRule = 0
    let spoken = 0
    /** What persons said when the reader had read up to `seq`, but no further. */
    const speak = async (seq: number) => {
      for (let row = persons[spoken]; row && Number(row.seq) < seq; row = persons[++spoken]) {
        await learner.told(toLesson(row), {
          seq: row.seq,
          accountId: row.account_id ?? undefined,
          reason: row.reason ?? undefined,
          request:
            row.request_key === null
              ? undefined
              : { scope: row.request_scope, key: row.request_key, digest: row.request_digest },
        })
      }
    }
    for (let after = 0; ; ) {
      const facts = await tx<{ seq: string; case_id: string; no: number }[]>`
        select seq, case_id, no from feed
        where seq > ${after} and seq <= ${until} and type = any(${[...TEACHING]}::text[]) and case_id is not null
        order by seq limit 500`
      for (const { seq, case_id, no } of facts) {
        await speak(Number(seq))
        byRule += await learner.learn([{ seq: Number(seq), caseId: case_id, no }])
      }
      const last = facts.at(-1)
      if (!last) break
      after = Number(last.seq)
    }
    await speak(Number.POSITIVE_INFINITY)
    return { byRule, byPerson: persons.length }
  })
}

/** Learns fact by fact inside a transaction, each with all that was learnt before it. */
function openLearner(tx: postgres.ISql, packFor: PackFor) {
  let present: Map<string, Lesson> | undefined
  let overlaid = new Map<number, City>()

  async function lessons(): Promise<Map<string, Lesson>> {
    present ??= new Map((await presentLessons(tx)).map((l) => [l.component, l]))
    return present
  }

  async function cityOf(version: number): Promise<City> {
    const known = overlaid.get(version)
    if (known) return known
    const city = withLessons(await packFor(version), [...(await lessons()).values()], 0)
    overlaid.set(version, city)
    return city
  }

  async function told(lesson: Lesson, source: LessonSource): Promise<void> {
    const before = await lessons()
    before.delete(lesson.component)
    before.set(lesson.component, lesson)
    overlaid = new Map()
    await keep(tx, lesson, source)
  }

  return {
    told,
    /** @returns lessons learnt. */
    async learn(facts: readonly Fact[]): Promise<number> {
      const cases = await tx<{ id: string; state: CaseState }[]>`
        select id, state from "case" where id = any(${[...new Set(facts.map((f) => f.caseId))]}::uuid[])`
      const about = new Set<string>()
      // A look at the present case first: most are no components, and their logs need not be read.
      for (const { id, state } of cases)
        if (isOfComponents(state.category, await packFor(state.cityVersion))) about.add(id)
      if (about.size === 0) return 0
      const logs = await caseLogs(tx, [...about])
      let n = 0
      for (const { seq, caseId, no } of facts) {
        const log = logs.get(caseId)
        const event = log?.[no - 1]
        const before = log && fold(log.slice(0, no - 1))
        if (!event || !before) continue
        const lesson = lessonOf(before, event, await cityOf(before.cityVersion))
        if (!lesson) continue
        await told(lesson, { seq, eventNo: no })
        n += 1
      }
      return n
    },
  }
}
