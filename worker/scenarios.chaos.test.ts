// The scenarios once more, on the whole machine, side by side on one clock: at every step the worker is stopped or the
// queue is lost, in turn, and each case must end as the rules alone say it does.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nextAutomatic } from '#domain/automate.ts'
import type { Actor, CaseState } from '#domain/case.ts'
import type { CityPack } from '#domain/city/types.ts'
import type { Command } from '#domain/command.ts'
import { openTask } from '#domain/task.ts'
import { at as instant } from '#domain/testing/calendars.ts'
import { cityPack, DEMO_POLICIES, PLACES } from '#domain/testing/city.ts'
import { validCommand } from '#domain/testing/payloads.ts'
import { PEOPLE, type PersonName } from '#domain/testing/people.ts'
import { play, type Scenario, type ScenarioStep } from '#domain/testing/scenario.ts'
import { SCENARIOS } from '#domain/testing/scenarios/index.ts'
import { audit } from '#store/audit.ts'
import { findCases } from '#store/cases.ts'
import { dueTimers } from '#store/timers.ts'
import type { Directory } from '#store/directory.ts'
import type { RunningWorker } from './worker.ts'
import { reconcile } from './reconcile.ts'
import {
  BACKENDS,
  type Disposable,
  eventually,
  openQueueServer,
  openStage,
  type Stage,
} from './testing/stage.ts'
import { fireDueTimers } from './timers/due.ts'

const START = '2019-09-29T08:00+08:00'
const AT_ONCE = { stuckForMs: -1, overdueForMs: 0, retryAfterMs: 0 }

/** The small city of the rules with an account for everybody in it. */
const packOf = (scenario: Scenario): CityPack => ({
  ...cityPack({ ...DEMO_POLICIES, ...scenario.policies }),
  users: Object.values(PEOPLE).flatMap((p) =>
    p.kind === 'user'
      ? [
          {
            username: p.id,
            name: p.id,
            posts: [...p.posts],
            areas: [],
            ...('department' in p ? { department: p.department } : {}),
          },
        ]
      : [],
  ),
})

interface Move {
  at: number
  scenario: Scenario
  step: Exclude<ScenarioStep, readonly ['wait', string | number]> | 'report' | 'end'
}

/** Every step of the scenarios at its instant, earliest first. */
function movesOf(scenarios: readonly Scenario[]): Move[] {
  const moves = scenarios.flatMap((scenario) => {
    const made: Move[] = [{ at: instant(scenario.start ?? START), scenario, step: 'report' }]
    play(scenario, (story, step) => {
      if (step && step[0] !== 'wait') made.push({ at: story.clock.now(), scenario, step })
    })
    made.push({ at: play(scenario).clock.now(), scenario, step: 'end' })
    return made
  })
  return moves.sort((a, b) => a.at - b.at)
}

/** A case without what differs by nature: ids and numbers given by the machine. Accounts go by their names. */
function plain(state: CaseState, names: ReadonlyMap<string, string>): unknown {
  const { receiptNo: _, caseNo, cityVersion: __, ...rest } = state
  let text = JSON.stringify({ ...rest, numbered: caseNo !== undefined })
  for (const [i, task] of state.tasks.entries()) text = text.replaceAll(task.id, `task ${i}`)
  text = text.replaceAll(state.id, 'case')
  for (const [id, name] of names) text = text.replaceAll(id, name)
  return JSON.parse(text)
}

/** Gives tasks to whom the rules' own stories give them. */
const directoryFor = (people: () => ReadonlyMap<string, Actor>, onDuty: string[]): Directory => ({
  refresh: async () => {},
  assigneeFor(_kind, state) {
    const ids = onDuty.map((name) => idOf(people().get(name)))
    const last = state.tasks.at(-1)?.assignee
    return ids.find((id) => id !== last) ?? ids[0]
  },
})
const idOf = (actor: Actor | undefined): string => (actor?.kind === 'user' ? actor.id : '')

/** Of PostgreSQL's ids: none comes after it. */
const MOST_ID = '9223372036854775807'

/** Scenarios that share a city share a stage, this many at a time. */
const MOST_ON_STAGE = 20

const groups = [
  ...Map.groupBy(SCENARIOS, (s) => JSON.stringify([s.policies ?? {}, s.onDuty ?? null])).values(),
].flatMap((group) =>
  Array.from({ length: Math.ceil(group.length / MOST_ON_STAGE) }, (_, i) =>
    group.slice(i * MOST_ON_STAGE, (i + 1) * MOST_ON_STAGE),
  ),
)

describe.each(BACKENDS)('every scenario, with worker and queue on %s failing at every step', (kind) => {
  let queue: Disposable
  beforeAll(async () => {
    queue = await openQueueServer(kind)
  })
  afterAll(() => queue.drop())

  test.each(groups.map((scenarios) => [scenarios.map((s) => s.name).join('; '), scenarios] as const))(
    '%s',
    { timeout: 180_000 },
    async (_, scenarios) => {
      const [first] = scenarios
      if (!first) throw new Error('a group without scenarios')
      let people: ReadonlyMap<string, Actor> = new Map()
      const directory = directoryFor(() => people, first.onDuty ?? ['u-supervisor', 'u-supervisor-2'])
      const stage = await openStage(queue, packOf(first), { directory, start: instant(START) })
      try {
        people = stage.actors
        const names = new Map([...people].map(([name, actor]) => [idOf(actor), name]))
        const ends = await run(stage, queue, movesOf(scenarios))
        for (const scenario of scenarios) {
          const end = ends.get(scenario)
          if (!end) throw new Error(`${scenario.name} did not end`)
          const rules = play(scenario).state
          expect([scenario.name, plain(end, names)]).toEqual([scenario.name, plain(rules, names)])
        }
        await eventually(async () => expect((await audit(stage.store)).differences).toEqual([]))
      } finally {
        await stage.close()
      }
    },
  )
})

/** Takes the moves on one clock; before each something fails, in turn. @returns each case as its scenario ends. */
async function run(
  stage: Stage,
  queue: Disposable,
  moves: readonly Move[],
): Promise<ReadonlyMap<Scenario, CaseState>> {
  const ends = new Map<Scenario, CaseState>()
  const cases = new Map<Scenario, string>()
  let worker: RunningWorker | undefined = await stage.work({ concurrency: 4 })
  const followed = () =>
    eventually(async () => {
      const [row] = await stage.store.sql<{ behind: boolean }[]>`
        select exists (select 1 from event_inbox)
          or exists (select 1 from reader r, feed_head h where r.seq < h.seq) as behind`
      expect(row?.behind).toBe(false)
    })
  /** Nothing is left for a rule to do at this instant. */
  const settled = () =>
    eventually(async () => {
      const city = await stage.runtime.cityFor()
      for (const [id, { state }] of await findCases(stage.store, [...cases.values()])) {
        const next = nextAutomatic(state, city, stage.clock.now())?.command.action
        // What a rule could not do waits for a person under the same name.
        const left = next === state.waitsFor?.action ? undefined : next
        expect([id, left]).toEqual([id, undefined])
      }
    })
  const passTo = async (until: number) => {
    await followed()
    // Instant by instant: what one brings about may have timers of its own before the next.
    let [next] = await dueTimers(stage.store, until, 1)
    while (next) {
      await fireDueTimers(stage.context, { until: next.fireAt, onInstant: (at) => stage.clock.set(at) })
      await followed()
      ;[next] = await dueTimers(stage.store, until, 1, { fireAt: next.fireAt, id: MOST_ID })
    }
    await fireDueTimers(stage.context, { until, onInstant: (at) => stage.clock.set(at) })
    await followed()
    await settled()
  }
  for (const [n, move] of moves.entries()) {
    await passTo(move.at)
    stage.clock.set(move.at)
    if (move.step === 'end') {
      ends.set(move.scenario, await stage.caseOf(cases.get(move.scenario) ?? ''))
      continue
    }
    const failure = (['none', 'queue lost', 'worker stopped', 'both'] as const)[n % 4]
    if (failure === 'worker stopped' || failure === 'both') {
      await worker?.close()
      worker = undefined
    }
    await take(stage, move, cases)
    if (failure === 'queue lost' || failure === 'both') await queue.lose()
    worker ??= await stage.work({ concurrency: 4 })
    await followed()
    if (failure !== 'none') await reconcile(stage.context, AT_ONCE)
    await settled()
  }
  return ends
}

async function take(stage: Stage, { scenario, step }: Move, cases: Map<Scenario, string>): Promise<void> {
  const by = (who: PersonName): Actor => {
    const person = PEOPLE[who]
    return person.kind === 'user' ? (stage.actors.get(person.id) ?? person) : person
  }
  if (step === 'end') return
  if (step === 'report') {
    const { source = 'grid', dispatchMode = 'assign', position = PLACES.canal } = scenario.report ?? {}
    const { accuracyM, occurredAt } = scenario.report ?? {}
    const category = scenario.report && 'category' in scenario.report ? scenario.report.category : 'E0125'
    const facts = {
      source,
      dispatchMode,
      position,
      photos: [],
      ...(category === undefined ? {} : { category }),
      ...(accuracyM === undefined ? {} : { accuracyM }),
      ...(occurredAt === undefined ? {} : { occurredAt }),
    }
    const result = await stage.runtime.commander.report(
      { facts, words: { description: '渠边有垃圾' } },
      { actor: by('grid') },
    )
    if (!result.ok) throw new Error(`${scenario.name}: ${result.refusal.detail}`)
    cases.set(scenario, result.state.id)
    return
  }
  const [who, action, given, refused] = step
  const id = cases.get(scenario) ?? ''
  const valid = validCommand(action, await stage.caseOf(id), stage.clock.now())
  const payload = { ...(given ?? valid.command.payload) } as Record<string, unknown>
  if ('taskId' in payload) payload.taskId = openTask(await stage.caseOf(id))?.id
  const resolved = Object.fromEntries(
    Object.entries(valid.resolved ?? {}).map(([key, ref]) => [
      key,
      ref !== undefined && stage.actors.has(ref) ? idOf(stage.actors.get(ref)) : ref,
    ]),
  )
  const result = await stage.runtime.commander.act(id, { action, payload } as unknown as Command, {
    actor: by(who),
    resolved,
  })
  expect([scenario.name, action, result.ok ? undefined : result.refusal.code]).toEqual([
    scenario.name,
    action,
    refused,
  ])
}
