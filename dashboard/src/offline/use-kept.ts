// A GET whose last answer is kept on the device: shown at once, and when there is no network, with when it was read.
import { useCallback, useEffect, useState } from 'react'
import type { Problem } from '../api/problem.ts'
import { request } from '../api/request.ts'
import { keep, keptOf } from './store.ts'

interface Kept<T> {
  value: T
  /** Epoch ms by the device's clock. */
  at: number
}

interface KeptResource<T> {
  value: T | undefined
  at: number | undefined
  /** The value is the kept one: the server was asked and did not answer. */
  isOld: boolean
  problem: Problem | undefined
  loading: boolean
  reload: () => void
}

/** @param path below `/api/v1`, undefined = nothing to ask; also what it is kept under */
export function useKept<T>(path: string | undefined): KeptResource<T> {
  const [asked, setAsked] = useState(0)
  const [state, setState] = useState<{ path?: string; kept?: Kept<T>; problem?: Problem; loading: boolean }>({
    loading: path !== undefined,
  })
  const reload = useCallback(() => setAsked((n) => n + 1), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is what asks again.
  useEffect(() => {
    if (path === undefined) return
    const abort = new AbortController()
    const key = `get ${path}`
    void (async () => {
      const kept = await keptOf<Kept<T>>(key)
      if (abort.signal.aborted) return
      setState((s) => ({ ...(s.path === path ? s : { path, ...(kept ? { kept } : {}) }), loading: true }))
      const answer = await request<T>(path, { signal: abort.signal })
      if (abort.signal.aborted) return
      if (!answer.ok) return setState((s) => ({ ...s, problem: answer.problem, loading: false }))
      const fresh = { value: answer.value, at: Date.now() }
      setState({ path, kept: fresh, loading: false })
      await keep(key, fresh)
    })()
    return () => abort.abort()
  }, [path, asked])

  useEffect(() => {
    window.addEventListener('online', reload)
    return () => window.removeEventListener('online', reload)
  }, [reload])

  const here = state.path === path ? state : undefined
  return {
    value: here?.kept?.value,
    at: here?.kept?.at,
    isOld: here?.problem !== undefined && here.kept !== undefined,
    problem: here?.problem,
    loading: state.loading,
    reload,
  }
}
