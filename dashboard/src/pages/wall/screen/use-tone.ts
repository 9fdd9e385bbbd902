// The tone in React. Browsers hold sound back until somebody has touched the page, unless they were started as a kiosk that
// may play: the wall says so instead of keeping silent unnoticed.
import { useEffect, useRef, useState } from 'react'
import type { BoardCase } from '#domain/board.ts'
import { hasNew, playTone } from './tone.ts'

export type Sound = 'off' | 'on' | 'held-back'

/**
 * @param urgent open urgent cases; undefined before the first board
 * @param scope other cases of another scope are no news
 */
export function useTone(isOn: boolean, urgent: readonly BoardCase[] | undefined, scope: string): Sound {
  const [context, setContext] = useState<AudioContext>()
  const [state, setState] = useState<AudioContextState>('suspended')
  const known = useRef<{ scope: string; ids: ReadonlySet<string> }>(undefined)

  useEffect(() => {
    if (!isOn || typeof AudioContext === 'undefined') return
    const made = new AudioContext()
    const look = () => setState(made.state)
    const wake = () => void made.resume()
    made.addEventListener('statechange', look)
    for (const sign of ['pointerdown', 'keydown'] as const) window.addEventListener(sign, wake)
    look()
    setContext(made)
    return () => {
      made.removeEventListener('statechange', look)
      for (const sign of ['pointerdown', 'keydown'] as const) window.removeEventListener(sign, wake)
      setContext(undefined)
      void made.close()
    }
  }, [isOn])

  useEffect(() => {
    if (!urgent) return
    const ids = urgent.map((c) => c.id)
    const before = known.current?.scope === scope ? known.current.ids : undefined
    known.current = { scope, ids: new Set(ids) }
    if (context && hasNew(before, ids)) playTone(context)
  }, [urgent, scope, context])

  if (!isOn) return 'off'
  return context && state === 'running' ? 'on' : 'held-back'
}
