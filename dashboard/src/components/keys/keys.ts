// Which key means what, without a page: how a press is read, and when it belongs to something else (a field that is typed
// in, a button that has the focus, an open dialog).

export interface KeyBinding {
  /** As `event.key` in lower case: `a`, `enter`, `arrowdown`, `?`. */
  key: string
  label: string
  run: () => void
  /** Also while it is held down; others once a press, so that a resting hand decides nothing. */
  repeats?: boolean
}

export interface Press {
  key: string
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
  repeat: boolean
  isComposing: boolean
  /** What has the focus. */
  on: 'page' | 'field' | 'button' | 'dialog'
}

/** The binding that a press means; undefined when it means none or is somebody else's. */
export function bindingOf(bindings: readonly KeyBinding[], press: Press): KeyBinding | undefined {
  const { ctrlKey, altKey, metaKey, isComposing, on, repeat } = press
  if (ctrlKey || altKey || metaKey || isComposing || on === 'field' || on === 'dialog') return undefined
  const key = press.key.toLowerCase()
  // The button that has the focus is what Enter and Space press.
  if (on === 'button' && (key === 'enter' || key === ' ')) return undefined
  const found = bindings.find((b) => b.key === key)
  return found && (!repeat || found.repeats) ? found : undefined
}

const NAMES: Record<string, string> = {
  enter: 'Enter',
  escape: 'Esc',
  arrowdown: '↓',
  arrowup: '↑',
  arrowleft: '←',
  arrowright: '→',
  ' ': 'Space',
}

/** As it is written on the key. */
export const keyName = (key: string) => NAMES[key] ?? key.toUpperCase()
