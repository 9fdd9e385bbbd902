import { expect, it } from 'vitest'
import { framesOf } from './frames.ts'

const on = { pid: 1, tid: 1 }
const begin = (ms: number) => ({ ...on, name: 'BeginMainThreadFrame', ph: 'I', ts: ms * 1000 })
const ran = (name: string, ms: number, forMs: number, thread = on) => ({
  ...thread,
  name,
  ph: 'X',
  ts: ms * 1000,
  dur: forMs * 1000,
})

it('counts nested scripts once, in the frame that they began in, and other threads never', () => {
  const frames = framesOf([
    begin(0),
    begin(16),
    begin(48),
    ran('FunctionCall', 2, 6),
    ran('V8.RunMicrotasks', 3, 2),
    ran('TimerFire', 20, 4),
    ran('FunctionCall', 30, 1),
    ran('Layout', 25, 9),
    ran('FunctionCall', 5, 40, { pid: 1, tid: 9 }),
  ])
  expect(frames).toMatchObject({ frames: 2, mean: 5.5, most: 6, seconds: 0.048 })
  expect(frames.share).toBeCloseTo(11 / 48)
})

it('counts processor time where the trace has it, not the wait for a processor', () => {
  const waited = { ...ran('FunctionCall', 2, 12), tdur: 3000 }
  expect(framesOf([begin(0), begin(16), waited])).toMatchObject({ frames: 1, mean: 3 })
})

it('counts long tasks by the processor time that they took', () => {
  const waited = { ...ran('RunTask', 100, 90), tdur: 20_000 }
  const trace = [begin(0), begin(300), ran('RunTask', 1, 60), ran('RunTask', 2, 55), waited]
  expect(framesOf(trace)).toMatchObject({ longTasks: 1, longestTask: 60 })
})

it('refuses a trace without frames', () => {
  expect(() => framesOf([ran('FunctionCall', 0, 1)])).toThrow(/no frames/)
})
