import { expect, test } from 'vitest'
import { onNow, type TimedShow } from './wall-screen.ts'

const aCase = (id: string, until: number): TimedShow => ({ kind: 'case', caseId: 'c', id, until })
const words = (id: string, until: number): TimedShow => ({
  kind: 'announcement',
  text: 't',
  level: 'info',
  id,
  until,
})

test('the newest show wins until its end, then the one before it is back', () => {
  const shows = [aCase('old', 100), aCase('new', 50)]
  expect(onNow({ shows }, 49).show?.id).toBe('new')
  expect(onNow({ shows }, 50).show?.id).toBe('old')
  expect(onNow({ shows }, 100).show).toBeUndefined()
})

test('an announcement stands beside a show', () => {
  const on = onNow({ shows: [words('w', 10), aCase('c', 20)] }, 0)
  expect([on.show?.id, on.announcement?.id]).toEqual(['c', 'w'])
})

test('says when the next of them ends', () => {
  expect(onNow({ shows: [] }, 0).nextEnd).toBeUndefined()
  expect(
    onNow({ shows: [aCase('a', 30), words('w', 20)], warning: { level: 'red', text: '', until: 10 } }, 0)
      .nextEnd,
  ).toBe(10)
  expect(onNow({ shows: [aCase('a', 30), words('w', 20)] }, 25).nextEnd).toBe(30)
})

test('a warning holds until its time, or until it is lifted', () => {
  const warning = { level: 'orange', text: '暴雨橙色预警' } as const
  expect(onNow({ shows: [], warning }, 1e15).warning).toEqual(warning)
  expect(onNow({ shows: [], warning: { ...warning, until: 5 } }, 5).warning).toBeUndefined()
})
