// One job from the queue to its handler: payload checked again, time bounded, and told apart whether a retry can help.
import { UnrecoverableError } from 'bullmq'
import { BadJob, CATALOGUE, checkJob } from './catalogue.ts'
import type { JobContext } from './context.ts'
import type { Handlers } from './handlers.ts'
import type { Process } from './queues.ts'
import { within } from '#store/within.ts'

/** The engine's own words for a mistake in the program. */
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError, BadJob]

const isBug = (error: unknown) => BUGS.some((kind) => error instanceof kind)

export function runJobs(handlers: Handlers, context: JobContext): Process {
  return async ({ name, payload }) => {
    try {
      const known = checkJob(name, payload)
      const handler = handlers.get(known)
      if (!handler) throw new BadJob(`job ${name} has no handler`)
      const outcome = await within(
        CATALOGUE[known].timeoutMs,
        // Appends are guarded, so what a late handler still does is harmless.
        handler.run(payload as never, context),
        `job ${name} was not done`,
      )
      context.tally.jobs += 1
      return outcome
    } catch (error) {
      context.tally.failed += 1
      if (!isBug(error)) throw error
      const bug = new UnrecoverableError(error instanceof Error ? error.message : String(error))
      bug.cause = error
      throw bug
    }
  }
}
