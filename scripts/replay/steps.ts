// The two steps of a row: it is reported, and, when the file says it was closed, its unit answers, a supervisor checks
// and the duty manager closes. Each step looks at the case as it is, so that doing it again does only what is left.
import type { Actor, CaseState, Post, Source } from '#domain/case.ts'
import { openTask } from '#domain/apply.ts'
import type { City, Policies } from '#domain/city/types.ts'
import type { Command } from '#domain/command.ts'
import { policyDecision } from '#domain/policy.ts'
import type { Runtime } from '#store/runtime.ts'
import { categoryFor } from './pack.ts'
import type { People } from './people.ts'
import type { Rest } from './rest.ts'
import type { ServiceRequest } from './rows.ts'

/** Cases of a replay bear this as the system they come from. */
export const SYSTEM = 'nyc-311'

export interface StepContext {
  runtime: Pick<Runtime, 'commander' | 'cityFor'>
  rest: Rest
  people: People
  /** Category names of the pack → codes. */
  codeByName: ReadonlyMap<string, string>
}

/** More steps than this on one row, and something runs in a circle. */
const MOST_STEPS = 20

const SOURCES: Readonly<Record<string, Source>> = { PHONE: 'hotline', ONLINE: 'citizen', MOBILE: 'citizen' }

/** Reports the row, once: its key is the external id. Resolves when rules and desks have taken it as far as they can. */
export async function report(row: ServiceRequest, context: StepContext): Promise<string> {
  const { runtime, people, codeByName } = context
  if (!row.position) throw new Error(`row ${row.key} has no position`)
  const words = {
    description: [row.type, row.descriptor, row.locationType].filter((t) => t !== '').join(' — '),
    ...(row.address === '' ? {} : { address: row.address }),
  }
  const category = categoryFor(row, codeByName)
  for (let i = 0; i < MOST_STEPS; i++) {
    const result = await runtime.commander.report(
      {
        facts: {
          source: SOURCES[row.channel.toUpperCase()] ?? 'import',
          dispatchMode: 'assign',
          position: row.position,
          photos: [],
          externalSystem: SYSTEM,
          externalId: row.key,
          ...(category === undefined ? {} : { category }),
          ...(row.dueAt === undefined ? {} : { externalDueAt: row.dueAt }),
        },
        words,
      },
      { actor: people.intake },
    )
    if (result.ok) {
      await takeAlong(result.state.id, context)
      return result.state.id
    }
    if (result.refusal.code !== 'busy') throw new Error(`row ${row.key} is refused: ${result.refusal.detail}`)
  }
  throw new Error(`row ${row.key} could not be reported`)
}

/** Rules first, then the desks to which a policy leaves a decision; doubts of the rules stay where they are. */
export async function takeAlong(caseId: string, context: StepContext): Promise<CaseState> {
  const city = await context.runtime.cityFor()
  for (let i = 0; i < MOST_STEPS; i++) {
    const state = await context.rest.of(caseId)
    const decision = deskDecision(state, city)
    const actor = decision && context.people.byPost(decision.post)
    if (!decision || !actor) return state
    if (!(await act(state, decision.command, actor, context))) return state
  }
  throw new Error(`case ${caseId} runs in a circle between rules and desks`)
}

const POLICY_STEP: Partial<
  Record<CaseState['status'], { step: keyof Policies & PolicyStep; command: Command }>
> = {
  reported: { step: 'accept', command: { action: 'accept', payload: {} } },
  accepted: { step: 'file', command: { action: 'file', payload: {} } },
  filed: { step: 'dispatch', command: { action: 'dispatch', payload: {} } },
  replied: { step: 'requestCheck', command: { action: 'request-check', payload: {} } },
}
type PolicyStep = 'accept' | 'file' | 'dispatch' | 'requestCheck'

/** What a desk does because the policy wants a person there, and for no other reason. */
function deskDecision(state: CaseState, city: City): { command: Command; post: Post } | undefined {
  const way = POLICY_STEP[state.status]
  const { waitsFor } = state
  if (!way || !waitsFor || waitsFor.action !== way.command.action) return undefined
  const category = state.category === undefined ? undefined : city.categories.get(state.category)
  const policy = policyDecision(city.pack.policies[way.step], { source: state.source, category })
  if (policy.who === 'rule' || policy.reason !== waitsFor.reason) return undefined
  return { command: way.command, post: waitsFor.who as Post }
}

/**
 * From wherever it is to closed, as far as units and people of the pack can: acknowledge, reply, check, close.
 * @returns the case as it is then; open when something waits for a decision that a replay does not make.
 */
export async function settle(caseId: string, row: ServiceRequest, context: StepContext): Promise<CaseState> {
  const city = await context.runtime.cityFor()
  for (let i = 0; i < MOST_STEPS; i++) {
    const state = await takeAlong(caseId, context)
    const next = nextByHand(state, row, city, context.people)
    if (!next || !(await act(state, next.command, next.actor, context))) return state
  }
  throw new Error(`case ${caseId} of row ${row.key} does not come to an end`)
}

const NOT_FOUND = /\b(not found|could not (be )?(find|found|locate|located)|no (evidence|condition))\b/i

function nextByHand(
  state: CaseState,
  row: ServiceRequest,
  city: City,
  people: People,
): { command: Command; actor: Actor } | undefined {
  const by = (actor: Actor | undefined, command: Command) => actor && { command, actor }
  const officer = () =>
    state.department === undefined ? undefined : people.officerOf(state.department, city)
  switch (state.status) {
    case 'dispatched':
      return by(officer(), { action: 'acknowledge', payload: {} })
    case 'handling':
      return by(officer(), {
        action: 'reply',
        payload: {
          result: (row.resolution || 'Closed in the export without a description.').slice(0, 2_000),
          outcome: NOT_FOUND.test(row.resolution) ? 'not-found' : 'fixed',
        },
      })
    case 'replied': {
      const task = openTask(state, 'check')
      return by(task && people.byId(task.assignee), { action: 'pass', payload: {} })
    }
    case 'checked':
      return by(people.byPost('duty-manager'), {
        action: 'close',
        payload: { outcome: state.outcome ?? 'fixed' },
      })
    default:
      return undefined
  }
}

/** False when it was refused: then a person would have to decide. */
async function act(
  state: CaseState,
  command: Command,
  actor: Actor,
  { runtime }: StepContext,
): Promise<boolean> {
  const result = await runtime.commander.act(state.id, command, { actor })
  if (result.ok) return true
  // Somebody else took the step meanwhile, or the case keeps changing: look at it again.
  return result.refusal.code === 'busy' || result.refusal.code === 'stale-version'
}
