// screen 预审: a new report is verified by rule, and goes on as far as the rules are certain.
import { stepHandler } from './step.ts'

export const screenJob = stepHandler('screen')
