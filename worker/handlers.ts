// From the catalogue to the code: every declared job has exactly one handler, or the worker does not boot.
import { BadJob, isDeclared, JOB_NAMES, type JobName, type Payload } from './catalogue.ts'
import type { JobContext } from './context.ts'

/** Done, or: ring again in so many ms (an alarm that came too early). */
export type Outcome = undefined | { againInMs: number }

export interface Handler<N extends JobName = JobName> {
  name: N
  /** Must be idempotent: it may run twice, late, or for a case that has moved on. */
  run(payload: Payload<N>, context: JobContext): Promise<Outcome>
}

/** Erases the payload's type, which checkJob has verified before `run` is called. */
export interface AnyHandler {
  name: JobName
  run(payload: never, context: JobContext): Promise<Outcome>
}

export type Handlers = ReadonlyMap<JobName, AnyHandler>

/** @throws BadJob naming every job without a handler, with two, or handled but never declared. */
export function assemble(handlers: readonly AnyHandler[]): Handlers {
  const faults = [
    ...JOB_NAMES.map((name) => ({ name, n: handlers.filter((h) => h.name === name).length }))
      .filter(({ n }) => n !== 1)
      .map(({ name, n }) => `job ${name} has ${n === 0 ? 'no handler' : `${n} handlers`}`),
    ...handlers.filter((h) => !isDeclared(h.name)).map((h) => `job ${h.name} is not in the catalogue`),
  ]
  if (faults.length > 0) throw new BadJob(faults.join('; '))
  return new Map(handlers.map((h) => [h.name, h]))
}
