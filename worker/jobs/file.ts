// file 立案: an accepted or confirmed case gets its condition and number, or waits for the duty manager.
import { stepHandler } from './step.ts'

export const fileJob = stepHandler('file')
