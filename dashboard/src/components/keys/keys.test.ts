import { describe, expect, it } from 'vitest'
import { bindingOf, keyName, type Press } from './keys.ts'

const none = () => {}
const BINDINGS = [
  { key: 'a', label: 'accept', run: none },
  { key: 'enter', label: 'go', run: none },
  { key: 'arrowdown', label: 'next', run: none, repeats: true },
]
const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  isComposing: false,
  on: 'page',
  ...more,
})

describe('a press', () => {
  it.each([
    ['is the binding of its key, in either case', press('A'), 'accept'],
    ['is nothing when no binding has the key', press('b'), undefined],
    ['belongs to the field that is typed in', press('a', { on: 'field' }), undefined],
    ['belongs to an open dialog', press('enter', { on: 'dialog' }), undefined],
    ['belongs to the focused button when it is Enter', press('Enter', { on: 'button' }), undefined],
    ['is ours on a focused button when it is a letter', press('a', { on: 'button' }), 'accept'],
    ['belongs to the browser with Ctrl', press('a', { ctrlKey: true }), undefined],
    ['belongs to the input method while it composes', press('a', { isComposing: true }), undefined],
    ['decides once, however long it is held', press('Enter', { repeat: true }), undefined],
    ['moves on while it is held', press('ArrowDown', { repeat: true }), 'next'],
  ])('%s', (_says, given, label) => {
    expect(bindingOf(BINDINGS, given)?.label).toBe(label)
  })

  it('is named as on the key', () => {
    expect(['enter', 'arrowup', 'x', '?'].map(keyName)).toEqual(['Enter', '↑', 'X', '?'])
  })
})
