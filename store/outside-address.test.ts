// Which addresses deliveries may go to, in every way to write them.
import { describe, expect, test } from 'vitest'
import { addressIn, parseAllowed, USUAL_ALLOWED } from './outside-address.ts'

const allowing = (text: string) => {
  const parsed = parseAllowed(text)
  if (!parsed.ok) throw new Error(parsed.wrong.join())
  return parsed.allowed
}

describe('without a setting', () => {
  test.each([
    '10.1.2.3',
    '192.168.0.9',
    '172.16.4.4',
    '100.64.0.1',
    '8.8.8.8',
    'fd12:3456::1',
    '2001:db8::1',
  ])('%s may be reached: the intranet is what deliveries are for', (address) =>
    expect(USUAL_ALLOWED.refusal(address)).toBeUndefined(),
  )

  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['::7f00:1', 'loopback'],
    ['64:ff9b::7f00:1', 'loopback'],
    ['2002:7f00:1::', 'loopback'],
    ['2002:a9fe:a9fe::', 'linklocal'],
    ['0.0.0.0', 'unspecified'],
    ['::', 'unspecified'],
    ['169.254.169.254', 'linklocal'],
    ['::ffff:169.254.169.254', 'linklocal'],
    ['fe80::1', 'linklocal'],
    ['fe80::1%eth0', 'linklocal'],
    ['100.100.100.200', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['not an address', 'no-address'],
  ])('%s may not: %s', (address, why) => expect(USUAL_ALLOWED.refusal(address)).toBe(why))
})

test('a setting opens what it names, and nothing beside it', () => {
  expect(allowing('127.0.0.1').refusal('127.0.0.1')).toBeUndefined()
  expect(allowing('127.0.0.1').refusal('::ffff:127.0.0.1')).toBeUndefined()
  expect(allowing('127.0.0.1').refusal('127.0.0.2')).toBe('loopback')
  expect(allowing('169.254.7.0/24, ::1').refusal('169.254.7.9')).toBeUndefined()
  expect(allowing('169.254.7.0/24, ::1').refusal('::1')).toBeUndefined()
  expect(allowing('loopback').refusal('169.254.169.254')).toBe('linklocal')
  expect(allowing('linklocal').refusal('169.254.1.1')).toBeUndefined()
})

test('what is none of these is named', () => {
  expect(parseAllowed('loopback, mail.example, 10.0.0.0/99')).toEqual({
    ok: false,
    wrong: ['mail.example', '10.0.0.0/99'],
  })
})

test('the address in a host, however a URL writes it', () => {
  expect(addressIn(new URL('http://2130706433/').hostname)).toBe('127.0.0.1')
  expect(addressIn(new URL('http://0x7f.1/').hostname)).toBe('127.0.0.1')
  expect(addressIn(new URL('http://[::1]:80/').hostname)).toBe('::1')
  expect(addressIn('mail.example')).toBeUndefined()
})
