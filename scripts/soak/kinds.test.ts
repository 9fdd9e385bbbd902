import { expect, it } from 'vitest'
import { kindsOf } from './kinds.ts'

const MB = 2 ** 20

it('tells compiled code from what the page holds', () => {
  const types = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'native', 'object shape']
  const node = (type: string, size: number) => [types.indexOf(type), 0, 7, size]
  const nodes = [
    node('hidden', MB),
    node('array', 2 * MB),
    node('string', MB),
    node('object', 3 * MB),
    node('code', 4 * MB),
    node('closure', MB),
    node('native', 5 * MB),
    node('object shape', MB),
  ].flat()
  const meta = { node_fields: ['type', 'name', 'id', 'self_size'], node_types: [types] as [string[]] }
  expect(kindsOf({ snapshot: { meta }, nodes })).toEqual({ code: 6, data: 7, native: 5 })
})

it('refuses a snapshot that it cannot read', () => {
  expect(() => kindsOf({ snapshot: { meta: { node_fields: ['id'], node_types: [[]] } }, nodes: [] })).toThrow(
    /types/,
  )
})
