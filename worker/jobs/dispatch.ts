// dispatch 派遣: a filed case goes to the unit that the rules name; a returned one to the dispatcher's desk.
import { stepHandler } from './step.ts'

export const dispatchJob = stepHandler('dispatch')
