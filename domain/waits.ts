// Who must act next on a case when it isn't a machine, where the case's own state says so.
import type { CaseState, WaitsFor } from './case.ts'
import { approver } from './approval.ts'
import { openTask } from './task.ts'

/** The wait that follows from the state at an instant (epoch ms); undefined when a rule must look first, or nobody waits. */
export function settled(state: CaseState, at: number): WaitsFor | undefined {
  const wait = (who: WaitsFor['who'], action: string, reason: string): WaitsFor => {
    const same = state.waitsFor
    return same && same.who === who && same.action === action && same.reason === reason
      ? same
      : { who, action, reason, since: at }
  }
  switch (state.status) {
    case 'reported':
    case 'accepted':
      return openTask(state, 'confirm') ? wait('assignee', 'confirm', 'confirm-task') : state.waitsFor
    case 'filed':
      return state.waitsFor
    case 'dispatched':
    case 'handling':
      if (state.request?.kind === 'return')
        return wait(state.returns > 0 ? 'head' : 'dispatcher', 'grant-return', 'return-requested')
      if (state.request?.kind === 'extension')
        return wait(approver(state.request) ?? 'duty-manager', 'grant-extension', 'extension-requested')
      if (state.request?.kind === 'suspension')
        return wait(approver(state.request) ?? 'duty-manager', 'suspend', 'suspension-requested')
      return state.status === 'dispatched'
        ? wait('department', state.pool === undefined ? 'acknowledge' : 'claim', 'dispatched')
        : wait(state.department === undefined ? 'handler' : 'department', 'reply', 'handling')
    case 'replied': {
      if (openTask(state, 'check')) return wait('assignee', 'pass', 'check-task')
      const last = state.tasks.findLast((t) => t.kind === 'check' && t.round === state.round)
      if (last?.result === false) return wait('duty-manager', 'rework', 'check-failed')
      return state.waitsFor
    }
    case 'checked':
      if (state.papersOwed) return wait('duty-manager', 'complete-papers', 'papers-owed')
      return state.waitsFor?.action === 'close' ? state.waitsFor : wait('duty-manager', 'close', 'checked')
    default:
      return undefined
  }
}
