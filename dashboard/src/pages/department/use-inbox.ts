// The open cases of a unit, as the one that has them and as a co-unit, with what may be done with each; read again when the
// unit's feed moves. Co-units are not in that feed: theirs are looked at now and then as well.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CaseJson } from '../../api/cases.ts'
import type { Problem } from '../../api/problem.ts'
import { request, type Answer } from '../../api/request.ts'
import { useCalm } from '../../ui/use-calm.ts'

const OPEN = 'dispatched,handling,suspended,replied,checked'
const PAGE = 200
/** More open cases than this are not shown: nobody works through them in a list. */
const MOST_PAGES = 5
const CALM_MS = 1_000
const CO_EVERY_MS = 30_000

interface Page {
  items: CaseJson[]
  nextCursor?: string
}

export interface Inbox {
  /** Undefined until both lists are there. */
  lists: { lead: CaseJson[]; co: CaseJson[] } | undefined
  problem: Problem | undefined
  reload: () => void
}

async function readAll(department: string, role: 'lead' | 'co'): Promise<Answer<CaseJson[]>> {
  const items: CaseJson[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const search = new URLSearchParams({ desk: '1', status: OPEN, department, limit: String(PAGE) })
    if (role === 'co') search.set('role', role)
    if (cursor !== undefined) search.set('cursor', cursor)
    const answer = await request<Page>(`/cases?${search}`)
    if (!answer.ok) return answer
    items.push(...answer.value.items)
    cursor = answer.value.nextCursor
    if (cursor === undefined) break
  }
  return { ok: true, value: items }
}

/** @param revision rises with every change of the unit's feed */
export function useInbox(department: string, revision: number): Inbox {
  const [state, setState] = useState<Pick<Inbox, 'lists' | 'problem'>>({
    lists: undefined,
    problem: undefined,
  })
  const moved = useCalm(revision, CALM_MS)
  const asked = useRef(0)

  const reload = useCallback(() => {
    asked.current += 1
    const mine = asked.current
    void Promise.all([readAll(department, 'lead'), readAll(department, 'co')]).then(([lead, co]) => {
      if (mine !== asked.current) return
      if (lead.ok && co.ok) return setState({ lists: { lead: lead.value, co: co.value }, problem: undefined })
      const problem = lead.ok ? (co.ok ? undefined : co.problem) : lead.problem
      setState((s) => ({ ...s, problem }))
    })
  }, [department])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what moved is what is read again.
  useEffect(reload, [reload, moved])
  useEffect(() => {
    const timer = setInterval(reload, CO_EVERY_MS)
    return () => clearInterval(timer)
  }, [reload])
  return { ...state, reload }
}
