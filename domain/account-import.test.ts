// What a list of accounts would do, row by row.
import { expect, test } from 'vitest'
import { type ImportRow, planImport, type PresentAccount } from './account-import.ts'

const row = (username: string, more: Partial<ImportRow> = {}): ImportRow => ({
  row: 2,
  username,
  name: '某人',
  posts: ['operator'],
  department: null,
  areas: [],
  mobile: null,
  email: null,
  ...more,
})
const account = (username: string, more: Partial<PresentAccount> = {}): PresentAccount => {
  const { row: _, ...rest } = row(username)
  const { mobile = null, email = null } = rest
  return { ...rest, mobile, email, id: username, isDisabled: false, hasPassword: true, ...more }
}
const PRESENT = [
  account('boss', { posts: ['admin'] }),
  account('anna'),
  account('gone', { isDisabled: true }),
  account('unset', { hasPassword: false }),
]
const plan = (...rows: ImportRow[]) =>
  planImport(rows, PRESENT, 'boss').map(({ username, what, refusal, password, changes }) => ({
    username,
    what,
    ...(refusal ? { refusal } : {}),
    password,
    fields: changes.map((c) => c.field),
  }))

test('new ones are made, known ones changed where they differ', () => {
  expect(
    plan(row('new'), row('anna'), row('unset'), row('anna', { posts: ['dispatcher'], mobile: '123456' })),
  ).toEqual([
    { username: 'new', what: 'create', password: true, fields: [] },
    { username: 'anna', what: 'same', password: false, fields: [] },
    { username: 'unset', what: 'change', password: true, fields: [] },
    { username: 'anna', what: 'change', password: false, fields: ['posts', 'mobile'] },
  ])
})

test('a list that says nothing of phones leaves them as they are', () => {
  const present = [account('anna', { mobile: '123456', email: 'a@example.org' })]
  const of = (more: Partial<ImportRow>) => planImport([row('anna', more)], present, 'boss')
  expect(of({ mobile: undefined, email: undefined })).toMatchObject([{ what: 'same', mobile: '123456' }])
  expect(of({ name: '新名', mobile: undefined, email: null })).toMatchObject([
    { mobile: '123456', email: null, changes: [{ field: 'name' }, { field: 'email' }] },
  ])
})

test('the order of areas is no change', () => {
  const [done] = planImport([row('x', { areas: ['2', '1'] })], [account('x', { areas: ['1', '2'] })], 'boss')
  expect(done?.what).toBe('same')
})

test.each([
  ['one’s own posts', row('boss', { posts: ['operator'] }), 'own-posts'],
  ['a disabled account', row('gone'), 'disabled'],
  ['a name that differs in capitals', row('Anna'), 'case'],
])('%s is refused', (_, one, refusal) => {
  expect(plan(one)).toMatchObject([{ what: 'refuse', refusal, password: false }])
})

test('one’s own name may be changed', () => {
  expect(plan(row('boss', { posts: ['admin'], name: '新名' }))).toMatchObject([{ what: 'change' }])
})

test('the last who administrates accounts keeps the post', () => {
  const present = [account('a', { posts: ['admin'] }), account('b', { posts: ['security-admin'] })]
  const rows = ['a', 'b'].map((username) => row(username, { posts: ['operator'] }))
  expect(planImport(rows, present, 'machine').map((r) => r.refusal)).toEqual(['last-admin', 'last-admin'])
  expect(planImport(rows.slice(1), present, 'machine').map((r) => r.what)).toEqual(['change'])
})
