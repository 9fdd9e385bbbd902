// Every job's handler, once.
import { checkJob } from './check.ts'
import { deadlineJob } from './deadline.ts'
import { deliverJob } from './deliver.ts'
import { dispatchJob } from './dispatch.ts'
import { fileJob } from './file.ts'
import { reconcileJob } from './reconcile.ts'
import { screenJob } from './screen.ts'

export const HANDLERS = [screenJob, fileJob, dispatchJob, checkJob, deadlineJob, deliverJob, reconcileJob]
