// What every modal does: opens when it is shown, keeps the focus inside (the platform makes the rest of the page inert),
// closes by Esc or by a press outside, and gives the focus back to what opened it.
import { type ComponentProps, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

type ModalProps = Required<Pick<ComponentProps<'dialog'>, 'onClose' | 'onClick' | 'onKeyDown'>> & {
  ref: RefObject<HTMLDialogElement | null>
}

/**
 * Props of a `<dialog>` that is a modal while it is mounted.
 * @param alsoBy keys that close it besides Esc.
 */
export function useModal(onClose: () => void, alsoBy: readonly string[] = []): ModalProps {
  const ref = useRef<HTMLDialogElement>(null)
  const opener = useRef<Element>(null)
  // Before the effects of what is in it: which of its buttons has the focus is theirs to say.
  useLayoutEffect(() => {
    opener.current = document.activeElement
    ref.current?.showModal()
  }, [])
  // Only once it is gone: while it stands, nothing behind it takes the focus.
  useEffect(
    () => () => {
      if (opener.current instanceof HTMLElement) opener.current.focus()
    },
    [],
  )
  return {
    ref,
    onClose,
    onClick: (event) => event.target === ref.current && onClose(),
    onKeyDown: (event) => {
      if (event.key !== 'Escape' && !alsoBy.includes(event.key)) return
      // The page's own keys come after this one: to them the press is spent.
      event.preventDefault()
      onClose()
    },
  }
}
