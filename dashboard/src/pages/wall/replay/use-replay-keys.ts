// The keys of a replay, wherever the focus is, but not where somebody types, chooses in a dialog, or presses a button.
import { useEffect, useRef } from 'react'

const MINUTE = 60_000

interface ReplayKeys {
  toggle(): void
  faster(up: boolean): void
  /** Milliseconds of the replay, back or on. */
  by(ms: number): void
  toStart(): void
  toEnd(): void
}

function keyOf(event: KeyboardEvent): ((keys: ReplayKeys) => void) | undefined {
  const step = event.shiftKey ? 10 * MINUTE : MINUTE
  switch (event.key) {
    case ' ':
      return (k) => k.toggle()
    case '+':
    case '=':
      return (k) => k.faster(true)
    case '-':
    case '_':
      return (k) => k.faster(false)
    case 'ArrowLeft':
      return (k) => k.by(-step)
    case 'ArrowRight':
      return (k) => k.by(step)
    case 'PageUp':
      return (k) => k.by(-60 * MINUTE)
    case 'PageDown':
      return (k) => k.by(60 * MINUTE)
    case 'Home':
      return (k) => k.toStart()
    case 'End':
      return (k) => k.toEnd()
    default:
      return undefined
  }
}

function isForOthers({ target, key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey || !(target instanceof Element)) return true
  if (target.closest('dialog, [role="dialog"], textarea, select, [contenteditable]')) return true
  if (target instanceof HTMLInputElement && target.type !== 'range') return true
  return key === ' ' && target.closest('button, a') !== null
}

export function useReplayKeys(keys: ReplayKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const run = event.defaultPrevented || isForOthers(event) ? undefined : keyOf(event)
      if (!run) return
      event.preventDefault()
      run(latest.current)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
