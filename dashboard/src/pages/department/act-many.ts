// One step for several cases, one after the other, each under the version that was seen. What could not be done is told with
// its reason; the others are done.
import type { CaseJson } from '../../api/cases.ts'
import type { Problem } from '../../api/problem.ts'
import { request } from '../../api/request.ts'

export type Acting = Pick<CaseJson, 'id' | 'version' | 'receiptNo' | 'caseNo'>

export interface Done {
  done: string[]
  failed: { c: Acting; problem: Problem }[]
}

export async function actMany(
  cases: readonly Acting[],
  action: string,
  payloadOf: (c: Acting) => Record<string, unknown> = () => ({}),
  { keepalive = false } = {},
): Promise<Done> {
  const result: Done = { done: [], failed: [] }
  const one = async (c: Acting) => {
    const body = { ...payloadOf(c), action, version: c.version }
    const answer = await request(`/cases/${c.id}/actions`, { body, keepalive })
    if (answer.ok) result.done.push(c.id)
    else result.failed.push({ c, problem: answer.problem })
  }
  // A page that goes away has no time for one after the other.
  if (keepalive) await Promise.all(cases.map(one))
  else for (const c of cases) await one(c)
  return result
}
