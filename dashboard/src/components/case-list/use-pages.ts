// The pages of a list that were read so far, read again when the live feed says that something moved. A list that was
// scrolled far is not pulled away under the reader: then `behind` says that it has changed.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { BoardCase } from '#domain/board.ts'
import type { CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import type { Problem } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import { useCalm } from '../../ui/use-calm.ts'
import { queryOf, type ListFilters } from './filters.ts'
import { rowOfBoard, rowOfCase, type ListRow } from './row.ts'

const PAGE = 50
/** The API’s largest page: as much is read again at once. */
const LARGEST = 200
/** Asked again at most this often while events pour in. */
const CALM_MS = 2_000

interface Page {
  items: (CaseJson | BoardCase)[]
  nextCursor?: string
}
interface Read {
  key: string
  items: Page['items']
  nextCursor?: string | undefined
  problem?: Problem | undefined
}

export interface Pages {
  /** Undefined until the first page is there. */
  rows: ListRow[] | undefined
  hasMore: boolean
  loading: boolean
  problem: Problem | undefined
  /** More changed than can be shown without losing the place. */
  behind: boolean
  more: () => void
  reload: () => void
}

/** @param revision rises with every change of the feed */
export function usePages(filters: ListFilters, city: City | undefined, revision: number): Pages {
  const key = queryOf(filters, { limit: PAGE })
  const [read, setRead] = useState<Read>()
  const [loading, setLoading] = useState(true)
  const [behind, setBehind] = useState(false)
  const asked = useRef(0)
  const current = read?.key === key ? read : undefined
  const length = useRef(0)
  length.current = current?.items.length ?? 0
  const wanted = useRef(filters)
  wanted.current = filters
  const moved = useCalm(revision, CALM_MS)

  const ask = useCallback(
    async (limit: number, after?: { items: Page['items']; cursor: string | undefined }) => {
      asked.current += 1
      const mine = asked.current
      setLoading(true)
      const answer = await request<Page>(queryOf(wanted.current, { limit, cursor: after?.cursor }))
      if (mine !== asked.current) return
      setLoading(false)
      if (!answer.ok) {
        setRead((r) => ({ items: [], ...(r?.key === key ? r : {}), key, problem: answer.problem }))
        return
      }
      if (!after) setBehind(false)
      const { items, nextCursor } = answer.value
      setRead({ key, items: [...(after?.items ?? []), ...items], nextCursor })
    },
    [key],
  )
  const reload = useCallback(() => void ask(Math.min(LARGEST, Math.max(PAGE, length.current))), [ask])

  useEffect(() => void ask(PAGE), [ask])
  const seen = useRef(moved)
  useEffect(() => {
    if (seen.current === moved) return
    seen.current = moved
    if (length.current > LARGEST) setBehind(true)
    else reload()
  }, [moved, reload])

  return {
    rows:
      current && city
        ? current.items.map((c) => ('areaPath' in c ? rowOfBoard(c, city) : rowOfCase(c, city)))
        : undefined,
    hasMore: current?.nextCursor !== undefined,
    loading,
    problem: current?.problem,
    behind,
    more: () => {
      if (!loading && current?.nextCursor !== undefined)
        void ask(PAGE, { items: current.items, cursor: current.nextCursor })
    },
    reload,
  }
}
