import { describe, expect, it } from 'vitest'
import { handlingOf, outdated } from './routes.ts'

describe('a request of a phone page', () => {
  it.each([
    ['GET', 'navigate', '/report', 'shell'],
    ['GET', 'navigate', '/report/mine', 'shell'],
    ['GET', 'navigate', '/track/R201909290001', 'shell'],
    ['GET', 'navigate', '/check', 'shell'],
    ['GET', 'navigate', '/department', 'shell'],
    // Nothing of theirs: the wall must always get the newest page.
    ['GET', 'navigate', '/wall', 'network'],
    ['GET', 'navigate', '/reports-of-another-page', 'network'],
    ['GET', 'navigate', '/duty', 'network'],
    ['GET', 'cors', '/assets/index-abc.js', 'asset'],
    ['GET', 'cors', '/api/v1/areas', 'city'],
    ['GET', 'no-cors', '/api/v1/uploads/0190-ab', 'photo'],
    // Of persons, of the day, or written: never from the phone.
    ['GET', 'cors', '/api/v1/auth/me', 'network'],
    ['GET', 'cors', '/api/v1/tasks', 'network'],
    ['GET', 'cors', '/api/v1/board', 'network'],
    ['GET', 'cors', '/api/v1/cases/nearby', 'network'],
    ['POST', 'cors', '/api/v1/uploads', 'network'],
    ['POST', 'cors', '/api/v1/cases', 'network'],
  ] as const)('%s %s %s: %s', (method, mode, path, handling) => {
    expect(handlingOf({ method, mode, path })).toBe(handling)
  })
})

it('the last build before this one stays for pages still open', () => {
  expect(outdated(['x', 'p-1', 'p-2', 'p-3', 'p-4'], 'p-', 'p-4')).toEqual(['p-1', 'p-2'])
  expect(outdated(['p-4'], 'p-', 'p-4')).toEqual([])
  expect(outdated(['p-3', 'p-4'], 'p-', 'p-4')).toEqual([])
})
