// Follow-ups 后续案件: a case closed as made safe may name the filing condition of the lasting repair; that repair is reported
// as a case of its own, once, whatever dies in between: the closed case says that it is wanted, its external id that it is there.
import type { CaseState } from '#domain/case.ts'
import { findCase } from './cases.ts'
import type { Store } from './open.ts'
import type { Runtime } from './runtime.ts'

/** `externalSystem` of a follow-up; its `externalId` is the id of the case that it follows. */
export const FOLLOW_UP = 'follow-up'
const MOST = 100

/** Reports every follow-up that is wanted and not there. @returns how many were reported. */
export async function openFollowUps(
  store: Store,
  { commander, cityFor }: Pick<Runtime, 'commander' | 'cityFor'>,
): Promise<number> {
  const wanted = await store.sql<{ id: string; state: CaseState }[]>`
    select c.id, c.state from "case" c
    where c.state ? 'followUp'
      and not exists (
        select 1 from "case" f where f.external_system = ${FOLLOW_UP} and f.external_id = c.id::text)
    order by c.id limit ${MOST}`
  for (const { id, state } of wanted) {
    const city = await cityFor(state.cityVersion)
    const condition = city.conditions.get(state.followUp ?? '')
    const before = await findCase(store, id)
    const result = await commander.report(
      {
        facts: {
          source: 'department',
          dispatchMode: 'assign',
          category: condition?.category ?? state.category,
          position: state.position,
          accuracyM: state.accuracyM,
          component: state.component,
          photos: state.afterPhotos,
          externalSystem: FOLLOW_UP,
          externalId: id,
        },
        words: {
          description: `接续案件${state.caseNo ?? state.receiptNo}（已排除隐患）：${condition?.text ?? state.followUp}`,
          ...(before?.words?.address === undefined ? {} : { address: before.words.address }),
        },
      },
      { actor: { kind: 'rule', rule: 'follow-up' } },
    )
    if (!result.ok) throw new Error(`the follow-up of ${state.receiptNo}: ${result.refusal.detail}`)
  }
  return wanted.length
}
