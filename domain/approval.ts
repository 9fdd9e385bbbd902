// Approval chains 审批: who must agree to a request for more time or a suspension, one after the other. The chain is fixed
// when the request is made, so that a later policy does not change who was asked.
import type { Approval, CaseState, Post } from './case.ts'
import type { ExceptionPolicies } from './city/exceptions.ts'

/** The chain for the next request of a kind; undefined = one decision by anybody whom the lifecycle names. */
export function chainFor(
  kind: 'extension' | 'suspension',
  state: Pick<CaseState, 'extensions'>,
  policies: ExceptionPolicies | undefined,
): Post[] | undefined {
  if (kind === 'suspension') return policies?.suspension?.approvals
  const chains = policies?.extension?.approvals
  return chains?.[state.extensions] ?? chains?.at(-1)
}

/** Whose decision is next; undefined when no chain says. */
export const approver = ({ chain, approved = 0 }: Approval): Post | undefined => chain?.[approved]

/** Would one more yes leave others still to be asked? */
export const isPartial = ({ chain, approved = 0 }: Approval): boolean =>
  chain !== undefined && approved + 1 < chain.length
