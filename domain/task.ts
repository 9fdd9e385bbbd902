// Field tasks 现场任务: a person goes and looks, before filing (confirm 核实) or after the reply (check 核查).

export const TASK_KINDS = ['confirm', 'check'] as const
export type TaskKind = (typeof TASK_KINDS)[number]

export interface FieldTask {
  id: string
  kind: TaskKind
  round: number
  /** Account id of the person it is assigned to. */
  assignee: string
  status: 'assigned' | 'accepted' | 'reported' | 'cancelled'
  createdAt: number
  dueAt: number
  acceptedAt?: number | undefined
  reportedAt?: number | undefined
  /** When it was seen on site, where that counts and is not the receipt. */
  countedAt?: number | undefined
  /** confirm: true/false; check: true = pass. */
  result?: boolean | undefined
  /** Earlier assignees, oldest first. */
  handedOver: { from: string; to: string; at: number }[]
}

/** Not reported and not cancelled. */
export const isOpenTask = (t: FieldTask) => t.status === 'assigned' || t.status === 'accepted'
/** The one open task of a case, of a kind or of any. */
export const openTask = (state: { tasks: readonly FieldTask[] }, kind?: TaskKind) =>
  state.tasks.find((t) => isOpenTask(t) && (kind === undefined || t.kind === kind))
