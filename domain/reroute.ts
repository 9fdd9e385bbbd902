// Trying a changed pack on past cases 派遣规则试算: which of them another set of rules, zones or owners would have sent
// elsewhere. Asks both sets anew, so that what a person decided at the desk does not count as a difference. Pure.
import type { CaseState, RoutingStep } from './case.ts'
import type { City } from './city/types.ts'
import { route } from './route.ts'
import { wordRulesIn } from './rule-conditions.ts'

export interface Rerouted {
  caseId: string
  receiptNo: string
  caseNo?: string | undefined
  category?: string | undefined
  /** Unit codes by the rules as they are, and by the changed ones; absent = the desk decides. */
  before?: string | undefined
  after?: string | undefined
  /** The question of the changed rules that was answered. */
  step?: RoutingStep | undefined
}

/**
 * `description` decides rules for words, for either set; without it (erased by rule) what screening found does.
 * `undefined` when both sets send it to the same unit, or both leave it to the desk.
 */
export function reroute(
  state: CaseState,
  before: City,
  after: City,
  description?: string,
): Rerouted | undefined {
  const at = state.dispatchedAt ?? state.filedAt ?? state.reportedAt
  const ask = (city: City) => {
    const { area, areaPath, zones } = city.locate(state.position.lng, state.position.lat)
    // Where the case lies is asked of each set: borders may have moved as well.
    const wordRules =
      description === undefined ? state.wordRules : wordRulesIn(description, city.pack.routing)
    const facts = { ...state, area, areaPath, zone: zones[0], returnedBy: undefined, wordRules }
    return route(facts, city, at)
  }
  const was = ask(before)
  const is = ask(after)
  if (was.department === is.department) return undefined
  return {
    caseId: state.id,
    receiptNo: state.receiptNo,
    ...(state.caseNo === undefined ? {} : { caseNo: state.caseNo }),
    ...(state.category === undefined ? {} : { category: state.category }),
    ...(was.department === undefined ? {} : { before: was.department }),
    ...(is.department === undefined ? {} : { after: is.department }),
    step: is.steps.findLast((s) => s.matched),
  }
}
