// Waits until the machine has done all it may do with a case: screening, filing, dispatching and closing by rule happen
// in the worker, through its queue. A job that the queue has lost is done here after a moment, as the reconciler would.
import { AsyncLocalStorage } from 'node:async_hooks'
import { nextAutomatic } from '#domain/automate.ts'
import type { CaseState } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import type { Store } from '#store/open.ts'
import { isFollowed, statesOf } from '#store/replay.ts'
import type { Runtime } from '#store/runtime.ts'

/** Nothing more to do by rule now: a person must act, or it is over. */
export function isAtRest(state: CaseState, city: City): boolean {
  const next = nextAutomatic(state, city, state.lastAt)
  return next === undefined || state.waitsFor?.action === next.command.action
}

export interface Rest {
  /** The case as it is when the rules have nothing more to do. @throws when they don't come to an end. */
  of(caseId: string): Promise<CaseState>
  /** All that is written has been sequenced, and timers follow it. @throws when the readers don't come to it. */
  followed(): Promise<void>
  /** Automatic steps that the queue had lost. */
  readonly helped: number
  close(): void
}

interface Waiting {
  caseId: string
  since: number
  helpedAt: number
  resolve(state: CaseState): void
  reject(error: unknown): void
}

const POLL_MS = 15
const HELP_AFTER_MS = 3_000
const GIVE_UP_MS = 60_000

export function openRest(
  store: Store,
  runtime: Pick<Runtime, 'commander' | 'cityFor' | 'signals'>,
  { helpAfterMs = HELP_AFTER_MS }: { helpAfterMs?: number } = {},
): Rest {
  const waiting: Waiting[] = []
  let running = false
  let wake = () => {}
  let helped = 0
  // One loop looks for all: it must not stand at the instant of the step that happened to start it.
  const atNoStep = AsyncLocalStorage.snapshot()
  const offs = (['inbox', 'feed'] as const).map((c) => runtime.signals.on(c, () => wake()))

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function look(batch: Waiting[]): Promise<void> {
    const now = performance.now()
    const ids = batch.map((w) => w.caseId)
    const states = new Map((await statesOf(store, ids)).map((s) => [s.id, s]))
    const city = await runtime.cityFor()
    for (const w of batch) {
      const state = states.get(w.caseId)
      if (!state) w.reject(new Error(`case ${w.caseId} has gone`))
      else if (isAtRest(state, city)) w.resolve(state)
      else if (now - w.since > GIVE_UP_MS)
        w.reject(new Error(`the rules do not come to an end with ${state.receiptNo} (${state.status})`))
      else {
        waiting.push(w)
        if (now - Math.max(w.since, w.helpedAt) < helpAfterMs) continue
        w.helpedAt = now
        if ((await runtime.commander.advance(w.caseId, state.version)) > 0) helped += 1
      }
    }
  }

  async function run(): Promise<void> {
    running = true
    while (waiting.length > 0) {
      // Those who come while we look are looked at next time.
      const batch = waiting.splice(0)
      try {
        await look(batch)
      } catch (error) {
        for (const w of batch) w.reject(error)
      }
      if (waiting.length > 0) await pause()
    }
    running = false
  }

  return {
    of: (caseId) =>
      new Promise((resolve, reject) => {
        waiting.push({ caseId, since: performance.now(), helpedAt: 0, resolve, reject })
        if (!running) void atNoStep(run)
      }),
    async followed() {
      const since = performance.now()
      while (!(await isFollowed(store))) {
        if (performance.now() - since > GIVE_UP_MS) throw new Error('the readers of the log do not catch up')
        await pause()
      }
    },
    get helped() {
      return helped
    },
    close: () => {
      for (const off of offs) off()
    },
  }
}
