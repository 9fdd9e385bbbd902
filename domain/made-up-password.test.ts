import { expect, test } from 'vitest'
import { madeUpPassword } from './made-up-password.ts'

test.each([0, 8, 14, 15, 64])('is readable and at least %i long', (least) => {
  const password = madeUpPassword(least)
  expect(password).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){2,}$/)
  expect(password.length).toBeGreaterThanOrEqual(least)
})

test('bytes that would favour some letters are passed over', () => {
  let n = 0
  const random = (size: number) => Uint8Array.from({ length: size }, () => (n++ < 16 ? 255 : 0))
  expect(madeUpPassword(0, random)).toBe('aaaa-aaaa-aaaa')
})
