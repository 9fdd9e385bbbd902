// check 核查: after a reply the check task is requested; after a passed check the case is closed, where policy says so.
import { stepHandler } from './step.ts'

export const checkJob = stepHandler('check')
