// A GET in React: its value, its problem, and a way to ask again. Keeps the last value while asking again.
import { useCallback, useEffect, useState } from 'react'
import type { Problem } from './problem.ts'
import { request } from './request.ts'

export interface Resource<T> {
  value: T | undefined
  problem: Problem | undefined
  loading: boolean
  reload: () => void
}

/** @param path undefined = nothing to ask. @param everyMs asks again by itself, for what no live update tells of. */
export function useResource<T>(
  path: string | undefined,
  { everyMs }: { everyMs?: number } = {},
): Resource<T> {
  const [asked, setAsked] = useState(0)
  const [state, setState] = useState<{
    path?: string | undefined
    value?: T
    problem?: Problem
    loading: boolean
  }>({ loading: path !== undefined })
  const reload = useCallback(() => setAsked((n) => n + 1), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is what asks again.
  useEffect(() => {
    if (path === undefined) return
    const abort = new AbortController()
    setState((s) => (s.path === path ? { ...s, loading: true } : { path, loading: true }))
    void request<T>(path, { signal: abort.signal }).then((answer) => {
      if (abort.signal.aborted) return
      if (answer.ok) return setState({ path, value: answer.value, loading: false })
      setState((s) => ({ ...s, problem: answer.problem, loading: false }))
    })
    return () => abort.abort()
  }, [path, asked])

  useEffect(() => {
    if (everyMs === undefined) return
    const timer = setInterval(reload, everyMs)
    return () => clearInterval(timer)
  }, [everyMs, reload])

  return {
    value: state.path === path ? state.value : undefined,
    problem: state.problem,
    loading: state.loading,
    reload,
  }
}
