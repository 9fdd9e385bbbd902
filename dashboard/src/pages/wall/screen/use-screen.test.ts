import { expect, test } from 'vitest'
import type { ScreenMessage } from '#domain/wall-screen.ts'
import { createScreenFeed } from '../../../live/screen-feed.ts'
import { screenState } from './use-screen.ts'

const MESSAGE: ScreenMessage = {
  at: 1_000_000,
  record: {
    id: 's',
    name: '一号',
    widthMm: 4800,
    viewingDistanceM: 8,
    tiles: { columns: 1, rows: 1 },
    sound: false,
  },
  plan: [{ scene: 'ranking', seconds: 60 }],
  shows: [{ kind: 'scene', scene: 'storm', id: 'x', until: 1_060_000 }],
  duty: { onDuty: 3, supervisors: 12, people: [{ post: 'duty-manager', name: '甲班' }] },
}

function feedAt(start: number) {
  const clock = { tick: start }
  return { clock, feed: createScreenFeed(() => clock.tick) }
}

test('a show ends by the server’s clock, however wrong the page’s own is', () => {
  const { feed, clock } = feedAt(77)
  feed.message(MESSAGE)
  const now = () => screenState(feed.view(), feed.now() ?? 0)
  expect(now()).toMatchObject({
    show: { id: 'x' },
    plan: MESSAGE.plan,
    duty: MESSAGE.duty,
    nextEnd: 1_060_000,
  })
  clock.tick += 59_999
  expect(now().show?.id).toBe('x')
  clock.tick += 1
  expect(now().show).toBeUndefined()
  expect(now().record?.name).toBe('一号')
})

test('a revoked screen knows nothing any more, until it is told again', () => {
  const { feed } = feedAt(0)
  feed.message(MESSAGE)
  feed.revoke()
  expect(screenState(feed.view(), 0)).toEqual({ plan: [], revoked: true })
  feed.message(MESSAGE)
  expect(screenState(feed.view(), MESSAGE.at).revoked).toBe(false)
})

test('the duty is the last one told: who is off the rota is named no more', () => {
  const { feed } = feedAt(0)
  feed.message(MESSAGE)
  expect(screenState(feed.view(), 0).duty?.people).toEqual([{ post: 'duty-manager', name: '甲班' }])
  feed.message({ ...MESSAGE, duty: { onDuty: 3, supervisors: 12 } })
  expect(screenState(feed.view(), 0).duty).toEqual({ onDuty: 3, supervisors: 12 })
})

test('listeners hear of each change, until they leave', () => {
  const { feed } = feedAt(0)
  let told = 0
  const leave = feed.subscribe(() => {
    told += 1
  })
  feed.message(MESSAGE)
  feed.revoke()
  leave()
  feed.message(MESSAGE)
  expect(told).toBe(2)
})
