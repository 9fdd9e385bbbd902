import { beforeEach, describe, expect, it } from 'vitest'
import { createOutbox, type Outbox } from './outbox.ts'

let sent: [string, boolean][]
let waiting: readonly string[]
let timers: (() => void)[]
let outbox: Outbox<string>

beforeEach(() => {
  sent = []
  waiting = []
  timers = []
  outbox = createOutbox<string>({
    delayMs: 5_000,
    send: (step, leaving) => sent.push([step, leaving]),
    schedule: (run) => {
      timers.push(run)
      return () => {
        timers = timers.filter((t) => t !== run)
      }
    },
    onChange: (now) => {
      waiting = now
    },
  })
})

describe('steps that can be undone', () => {
  it('wait, and are sent when their time is over', () => {
    outbox.add('a')
    outbox.add('b')
    expect([sent, waiting]).toEqual([[], ['a', 'b']])
    timers[0]?.()
    expect([sent, waiting]).toEqual([[['a', false]], ['b']])
  })

  it('are undone newest first, and then never sent', () => {
    outbox.add('a')
    outbox.add('b')
    expect(outbox.undo()).toBe('b')
    expect(timers).toHaveLength(1)
    expect(outbox.undo()).toBe('a')
    expect(outbox.undo()).toBeUndefined()
    outbox.flush(true)
    expect([sent, waiting]).toEqual([[], []])
  })

  it('are sent once, in order, by whoever leaves', () => {
    outbox.add('a')
    outbox.add('b')
    outbox.flush(true)
    outbox.flush(true)
    expect(timers).toHaveLength(0)
    expect(sent).toEqual([
      ['a', true],
      ['b', true],
    ])
  })
})
