// Sealed secrets open for their own row and key, and for nothing else.
import { expect, test } from 'vitest'
import { openSeal } from './sealed.ts'

const seal = openSeal('a secret that is long enough for this', 'test')

test('what was sealed opens again, and is different each time', () => {
  const one = seal.close('row', { password: '密码' })
  expect(seal.open('row', one)).toEqual({ password: '密码' })
  expect(seal.close('row', { password: '密码' })).not.toEqual(one)
  expect(one.includes('密码')).toBe(false)
})

test('it does not open for another row, use or secret, nor when a byte of it is another', () => {
  const one = seal.close('row', 'x')
  expect(seal.open('other', one)).toBeUndefined()
  expect(openSeal('a secret that is long enough for this', 'other').open('row', one)).toBeUndefined()
  expect(openSeal('another secret that is long enough', 'test').open('row', one)).toBeUndefined()
  for (let i = 0; i < one.length; i++) {
    const other = Buffer.from(one)
    other[i] = (other[i] ?? 0) ^ 1
    expect(seal.open('row', other)).toBeUndefined()
  }
  expect(seal.open('row', Buffer.alloc(3))).toBeUndefined()
})
