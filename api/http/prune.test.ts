import Type from 'typebox'
import { expect, it } from 'vitest'
import { pruner } from './prune.ts'

it('drops what is not declared, deeply, and leaves open objects and unions alone', () => {
  const prune = pruner(
    Type.Object({
      a: Type.Object({ b: Type.Number() }),
      list: Type.Array(Type.Object({ c: Type.String() })),
      words: Type.Array(Type.String()),
      open: Type.Record(Type.String(), Type.String()),
      either: Type.Union([Type.Object({ x: Type.String() }), Type.Null()]),
    }),
  )
  const given = {
    a: { b: 1, extra: 2 },
    list: [{ c: 'x', extra: 1 }],
    words: ['w'],
    open: { any: 'thing' },
    either: { x: 'x', y: 'y' },
    extra: 1,
  }
  expect(prune(given)).toEqual({
    a: { b: 1 },
    list: [{ c: 'x' }],
    words: ['w'],
    open: { any: 'thing' },
    either: { x: 'x', y: 'y' },
  })
  expect(prune('text')).toBe('text')
  expect(prune({ a: [1], list: 'no' })).toEqual({ a: [1], list: 'no' })
})
