// What stands before the wall: a screen's token in the address is exchanged for a session of this browser and taken out of
// the address; a screen that was put out of use shows that, and nothing else.
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { enterAsScreen, screenSession } from '../../../api/screens.ts'
import { type Key, useT } from '../../../i18n/translate.ts'
import { isRevoked, onRevoked, setRevoked } from '../../../live/revoked.ts'
import styles from './screen-gate.module.css'

const AGAIN_MS = 5_000

export function ScreenGate({ children }: { children: ReactNode }) {
  const [search] = useSearchParams()
  const token = search.get('screen') ?? undefined
  const revoked = useSyncExternalStore(onRevoked, isRevoked)
  useOwnSession(token)
  if (token !== undefined) return <Entering key={token} token={token} />
  if (revoked) return <Plain title="screen.gone" what="screen.gone.what" />
  return children
}

/** Asked once when the page is opened: renews the screen's session, or learns that it is one no more. */
function useOwnSession(token: string | undefined): void {
  useEffect(() => {
    if (token !== undefined) return
    // Without an answer nothing is lost: the live feed says the same when the server is back.
    void screenSession().then((answer) => answer.ok && answer.value.revoked === true && setRevoked(true))
  }, [token])
}

function Entering({ token }: { token: string }) {
  const [, navigate] = useLocation()
  const [search] = useSearchParams()
  const [state, setState] = useState<'entering' | 'away' | 'wrong'>('entering')
  const rest = new URLSearchParams(search)
  rest.delete('screen')
  const next = rest.size === 0 ? '/wall' : `/wall?${rest}`

  useEffect(() => {
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const enter = async () => {
      const answer = await enterAsScreen(token)
      if (over) return
      if (answer.ok) {
        setRevoked(false)
        return navigate(next, { replace: true })
      }
      if (answer.problem.status === 401) return setState('wrong')
      setState('away')
      timer = setTimeout(() => void enter(), AGAIN_MS)
    }
    void enter()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [token, next, navigate])

  if (state === 'wrong') return <Plain title="screen.wrong" what="screen.wrong.what" />
  return <Plain title={state === 'away' ? 'screen.away' : 'screen.entering'} />
}

function Plain({ title, what }: { title: Key; what?: Key }) {
  const t = useT() as (key: Key) => string
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.canvas = 'wall'
    return () => {
      delete dataset.canvas
    }
  }, [])
  return (
    <main className={styles.plain}>
      <h1 className={styles.title} role="status">
        {t(title)}
      </h1>
      {what && <p className={styles.what}>{t(what)}</p>}
    </main>
  )
}
