// Follows the feed and adds a job for every case that a rule may move on. At least once: jobs are added before the
// cursor moves, and each does nothing for a case that has moved on meanwhile.
import type { Store } from '#store/open.ts'
import { type FeedRow, readFeed } from '#store/readers.ts'
import type { StepName } from '../catalogue.ts'
import type { NewJob, Queues } from '../queues.ts'

/** Events after which a rule may have something to do, and the job that looks. */
const OPENS: Readonly<Record<string, StepName>> = {
  reported: 'screen',
  accepted: 'file',
  confirmed: 'file',
  filed: 'dispatch',
  'return-granted': 'dispatch',
  replied: 'check',
  passed: 'check',
  failed: 'check',
  'papers-completed': 'check',
}

/** The work of one version of a case: adding it twice is adding it once. */
export const stepJobId = (caseId: string, version: number) => `${caseId}.${version}`

/** The steps that these facts open and no later one among them has already settled. Facts in feed order. */
export function stepsOpened(rows: readonly FeedRow[]): NewJob<StepName>[] {
  const open = new Map<string, { version: number; job: NewJob<StepName> }>()
  for (const { caseId, version, type, no } of rows) {
    if (caseId === undefined || version === undefined || no === undefined) continue
    const name = OPENS[type]
    if (name) {
      const job = {
        name,
        payload: { caseId, version, because: type },
        jobId: stepJobId(caseId, version),
      }
      open.set(caseId, { version, job })
    } else {
      const waiting = open.get(caseId)
      // A remark leaves the version alone, and the step open.
      if (waiting && (type === 'decision-awaited' || version > waiting.version)) open.delete(caseId)
    }
  }
  return [...open.values()].map((o) => o.job)
}

/** @returns facts read. */
export const followAutomation = (store: Store, queues: Pick<Queues, 'addBulk'>): Promise<number> =>
  readFeed(store, {
    name: 'automation',
    handle: async (rows) => {
      const jobs = stepsOpened(rows)
      if (jobs.length > 0) await queues.addBulk(jobs)
    },
  })
