// Cases with what their decision rests on, read in one request for all that are missing, and again when the board says
// that one has moved.
import { useCallback, useEffect, useRef, useState } from 'react'
import { type DeskItemJson, deskItems } from '../../api/desk.ts'

/** A case, and what tells its present state from an earlier one. */
export interface Asked {
  id: string
  print: string
}

const MOST = 30

export interface Items {
  of(id: string): DeskItemJson | undefined
  /** Reads one again, e.g. after a refusal. */
  renew(id: string): void
}

export function useItems(asked: readonly Asked[]): Items {
  const known = useRef(new Map<string, { print: string; item: DeskItemJson }>())
  const pending = useRef(new Set<string>())
  const [revision, setRevision] = useState(0)
  const wanted = asked.slice(0, MOST)
  const key = wanted.map((a) => `${a.id} ${a.print}`).join('|')

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked for counts, not the list that names it.
  useEffect(() => {
    const missing = wanted.filter(
      (a) => known.current.get(a.id)?.print !== a.print && !pending.current.has(`${a.id} ${a.print}`),
    )
    if (missing.length === 0) return
    for (const a of missing) pending.current.add(`${a.id} ${a.print}`)
    void deskItems(missing.map((a) => a.id)).then((answer) => {
      for (const a of missing) pending.current.delete(`${a.id} ${a.print}`)
      if (!answer.ok) {
        // Asked again with the next drawing that wants it; the feed draws every few seconds.
        setTimeout(() => setRevision((n) => n + 1), 2_000)
        return
      }
      const prints = new Map(missing.map((a) => [a.id, a.print]))
      for (const item of answer.value.items)
        known.current.set(item.case.id, { print: prints.get(item.case.id) ?? '', item })
      setRevision((n) => n + 1)
    })
  }, [key, revision])

  const of = useCallback((id: string) => known.current.get(id)?.item, [])
  const renew = useCallback((id: string) => {
    known.current.delete(id)
    setRevision((n) => n + 1)
  }, [])
  return { of, renew }
}
