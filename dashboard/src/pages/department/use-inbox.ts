// The open cases of a unit, as the one that has them and as a co-unit, with what may be done with each; read again when the
// unit's feed moves. Co-units are not in that feed: theirs are looked at now and then as well.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CaseJson } from '../../api/cases.ts'
import type { Problem } from '../../api/problem.ts'
import { request, type Answer } from '../../api/request.ts'
import { keep, keptOf } from '../../offline/store.ts'
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

interface Inbox {
  /** Undefined until both lists are there. */
  lists: { lead: CaseJson[]; co: CaseJson[] } | undefined
  problem: Problem | undefined
  /** The lists are those that this phone read last, at this time (epoch ms): the server does not answer. */
  keptAt: number | undefined
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

interface Kept {
  lists: NonNullable<Inbox['lists']>
  at: number
}

/**
 * @param revision rises with every change of the unit's feed
 * @param isPhone the lists are kept on the device, for when there is no network
 */
export function useInbox(department: string, revision: number, isPhone: boolean): Inbox {
  const [state, setState] = useState<Omit<Inbox, 'reload'>>({
    lists: undefined,
    problem: undefined,
    keptAt: undefined,
  })
  const moved = useCalm(revision, CALM_MS)
  const asked = useRef(0)

  const reload = useCallback(() => {
    asked.current += 1
    const mine = asked.current
    void Promise.all([readAll(department, 'lead'), readAll(department, 'co')]).then(async ([lead, co]) => {
      if (mine !== asked.current) return
      const key = `inbox ${department}`
      if (lead.ok && co.ok) {
        const lists = { lead: lead.value, co: co.value }
        setState({ lists, problem: undefined, keptAt: undefined })
        if (isPhone) await keep(key, { lists, at: Date.now() } satisfies Kept)
        return
      }
      const problem = lead.ok ? (co.ok ? undefined : co.problem) : lead.problem
      const kept = isPhone && problem?.status === 0 ? await keptOf<Kept>(key) : undefined
      if (mine !== asked.current) return
      setState((s) => (kept ? { lists: kept.lists, problem: undefined, keptAt: kept.at } : { ...s, problem }))
    })
  }, [department, isPhone])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what moved is what is read again.
  useEffect(reload, [reload, moved])
  useEffect(() => {
    const timer = setInterval(reload, CO_EVERY_MS)
    window.addEventListener('online', reload)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', reload)
    }
  }, [reload])
  return { ...state, reload }
}
