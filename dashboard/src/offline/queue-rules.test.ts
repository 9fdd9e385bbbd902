import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UNREACHABLE, type Problem } from '../api/problem.ts'
import {
  afterProblem,
  afterTaken,
  needsLogin,
  nextLook,
  nextToSend,
  outlived,
  pauseAfter,
  triedAgain,
  verdictOn,
  type Sender,
  type Waiting,
  withUploads,
} from './queue-rules.ts'

const ANNA: Sender = { kind: 'account', id: 'anna' }
const NOBODY: Sender = { kind: 'nobody' }
const problem = (status: number, code = `http-${status}`): Problem => ({ ...UNREACHABLE, status, code })

const item = (seq: number, part: Partial<Waiting> = {}): Waiting => ({
  id: `i${seq}`,
  seq,
  kind: 'report',
  account: 'anna',
  path: '/cases',
  body: {},
  photos: [],
  title: '',
  takenAt: 0,
  state: 'waiting',
  attempts: 0,
  nextAt: 0,
  ...part,
})

describe('what a problem means', () => {
  it.each([
    [0, 'network', 'again'],
    [408, 'http-408', 'again'],
    [429, 'too-many-requests', 'again'],
    [500, 'internal', 'again'],
    [502, 'http-502', 'again'],
    [409, 'busy', 'again'],
    [409, 'stale-version', 'again'],
    [401, 'unauthorized', 'login'],
    [403, 'password-change-required', 'login'],
    [403, 'forbidden', 'refused'],
    [409, 'illegal-step', 'refused'],
    [400, 'invalid', 'refused'],
    [415, 'undecodable-image', 'refused'],
    [422, 'key-reused', 'refused'],
  ] as const)('%d %s: %s', (status, code, verdict) => {
    expect(verdictOn({ status, code })).toBe(verdict)
  })
})

describe('the next to send', () => {
  it('is the oldest of who is logged in, and what needs no login', () => {
    const items = [item(3), item(1, { account: 'ben' }), item(2), item(4, { account: undefined })]
    expect(nextToSend(items, ANNA, 0)?.seq).toBe(2)
    expect(nextToSend(items, NOBODY, 0)?.seq).toBe(4)
    expect(nextToSend(items, { kind: 'unreachable' }, 0)).toBeUndefined()
  })

  it('waits with its followers when it is to wait', () => {
    const items = [item(1, { nextAt: 50 }), item(2)]
    expect(nextToSend(items, ANNA, 49)).toBeUndefined()
    expect(nextToSend(items, ANNA, 50)?.seq).toBe(1)
    expect(nextLook(items, ANNA)).toBe(50)
    expect(nextLook(items, NOBODY)).toBeUndefined()
  })

  it('passes by what was refused or sent', () => {
    const items = [item(1, { state: 'refused' }), item(2, { state: 'sent' }), item(3)]
    expect(nextToSend(items, ANNA, 0)?.seq).toBe(3)
  })

  it('asks for the login of whose items wait, not of those whose are over', () => {
    expect(needsLogin([item(1)], NOBODY)).toBe(true)
    expect(needsLogin([item(1)], ANNA)).toBe(false)
    expect(needsLogin([item(1, { account: undefined })], NOBODY)).toBe(false)
    expect(needsLogin([item(1, { state: 'sent' })], NOBODY)).toBe(false)
    expect(needsLogin([item(1)], { kind: 'unreachable' })).toBe(false)
  })
})

describe('after an attempt', () => {
  it('a lost network waits longer each time, with an end', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 99].map(pauseAfter)
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300].map((s) => s * 1000))
    const once = afterProblem(item(1), UNREACHABLE, 100)
    expect(once).toMatchObject({ state: 'waiting', attempts: 1, nextAt: 5_100 })
    expect(afterProblem(once, UNREACHABLE, 5_100)).toMatchObject({ attempts: 2, nextAt: 15_100 })
  })

  it('a refusal waits for a person, who may have it tried again', () => {
    const refused = afterProblem(item(1), problem(400, 'invalid'), 7)
    expect(refused).toMatchObject({ state: 'refused', problem: { code: 'invalid' } })
    expect(triedAgain(refused)).toMatchObject({ id: 'i1', state: 'waiting', nextAt: 0 })
  })

  it('what was taken is never sent again', () => {
    const sent = afterTaken(afterProblem(item(1), UNREACHABLE, 0), { receiptNo: 'R1' }, 9)
    expect(sent).toMatchObject({ state: 'sent', sentAt: 9, answer: { receiptNo: 'R1' } })
    expect(sent.problem).toBeUndefined()
    expect(triedAgain(sent)).toBe(sent)
  })

  it('only the oldest of what was sent are forgotten', () => {
    const items = [1, 2, 3].map((n) => item(n, { state: 'sent' }))
    expect(outlived([...items, item(0)], 2).map((i) => i.seq)).toEqual([1])
  })
})

describe('a body', () => {
  it('names the server’s photos wherever it named the device’s', () => {
    const uploads = new Map([
      ['a', 'A'],
      ['b', 'B'],
    ])
    const body = { description: 'a', photos: ['a'], selfHandle: { result: 'b', photos: ['b', 'a'] } }
    expect(withUploads(body, uploads)).toEqual({
      description: 'a',
      photos: ['A'],
      selfHandle: { result: 'b', photos: ['B', 'A'] },
    })
    expect(() => withUploads({ photos: ['c'] }, uploads)).toThrow('photo c')
  })
})

/** A server that keeps to its keys, behind a network that loses questions or answers, and a page that dies anywhere. */
describe('whatever the network does', () => {
  type Luck = 'taken' | 'question-lost' | 'answer-lost' | 'refused' | 'session-over' | 'killed-after'
  const luck = fc.constantFrom<Luck>(
    'taken',
    'question-lost',
    'answer-lost',
    'refused',
    'session-over',
    'killed-after',
  )
  const lane = fc.constantFrom<string | undefined>('anna', 'ben', undefined)

  it('each item arrives at most once and in its person’s order, and nothing vanishes', () => {
    fc.assert(
      fc.property(fc.array(lane, { maxLength: 8 }), fc.array(luck, { maxLength: 60 }), (lanes, course) => {
        let items = lanes.map((account, seq) => item(seq, { account }))
        const arrived: { id: string; lane: string; seq: number }[] = []
        let now = 0
        let login: Sender = ANNA
        const step = (how: Luck) => {
          now += 400_000
          login = login.kind === 'account' && login.id === 'anna' ? { kind: 'account', id: 'ben' } : ANNA
          const next = nextToSend(items, login, now)
          if (!next) return
          const reaches = how === 'taken' || how === 'answer-lost' || how === 'killed-after'
          if (reaches && !arrived.some((a) => a.id === next.id))
            arrived.push({ id: next.id, lane: next.account ?? '', seq: next.seq })
          if (how === 'killed-after') return
          const wasThere = arrived.some((a) => a.id === next.id)
          const after =
            how === 'taken' || (how === 'refused' && wasThere)
              ? afterTaken(next, {}, now)
              : afterProblem(
                  next,
                  how === 'refused' ? problem(400) : how === 'session-over' ? problem(401) : UNREACHABLE,
                  now,
                )
          items = items.map((i) => (i.id === next.id ? after : i))
        }
        for (const how of course) step(how)
        expect(items).toHaveLength(lanes.length)
        for (let i = 0; i < 2 * lanes.length; i++) step('taken')
        for (const of of ['anna', 'ben', '']) {
          const order = arrived.filter((a) => a.lane === of).map((a) => a.seq)
          expect(order).toEqual([...order].sort((a, b) => a - b))
        }
        expect(new Set(arrived.map((a) => a.id)).size).toBe(arrived.length)
        for (const i of items) {
          expect(i.state).not.toBe('waiting')
          expect(arrived.some((a) => a.id === i.id)).toBe(i.state === 'sent')
        }
      }),
    )
  })
})
