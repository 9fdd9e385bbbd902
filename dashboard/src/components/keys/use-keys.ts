// The keys of a page: one listener, read by keys.ts.
import { useEffect, useRef } from 'react'
import { bindingOf, type KeyBinding, type Press } from './keys.ts'

const TYPED_IN =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"]'

function focusOf(target: EventTarget | null): Press['on'] {
  if (document.querySelector('dialog[open]')) return 'dialog'
  if (!(target instanceof Element)) return 'page'
  if (target.closest(TYPED_IN)) return 'field'
  return target.closest('button, a[href], summary') ? 'button' : 'page'
}

type Bindings = readonly KeyBinding[]

/** What a mouse has pressed does not keep Enter to itself: the page's keys are shown, and meant. */
function letGo({ detail }: MouseEvent): void {
  const { activeElement } = document
  if (detail > 0 && activeElement instanceof HTMLElement && focusOf(activeElement) === 'button')
    activeElement.blur()
}

/** Bindings may change with every drawing, or are asked for at each press. */
export function useKeys(bindings: Bindings | (() => Bindings)): void {
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const now = typeof latest.current === 'function' ? latest.current() : latest.current
      const { key, ctrlKey, altKey, metaKey, repeat, isComposing } = event
      const on = focusOf(event.target)
      const found = bindingOf(now, { key, ctrlKey, altKey, metaKey, repeat, isComposing, on })
      if (!found) return
      event.preventDefault()
      found.run()
    }
    window.addEventListener('keydown', press)
    window.addEventListener('click', letGo)
    return () => {
      window.removeEventListener('keydown', press)
      window.removeEventListener('click', letGo)
    }
  }, [])
}
