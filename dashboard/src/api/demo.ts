// What is set in a demo, and the city's clock for pages without a live feed: read again now and then by everything on the
// page together, as long as somebody looks.
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Scene } from '#domain/demo.ts'
import { createCityClock } from '../live/city-clock.ts'
import type { CityInfo } from './city.ts'
import { type Answer, request } from './request.ts'

export interface DemoState {
  scene: Scene
  /** By the log's clock, ISO 8601; absent on an ordinary day. */
  sceneSince?: string
  sceneUntil?: string
  multiple: number
  rate: number
  /** The simulated people are at work, where `hasTraffic`. */
  traffic: boolean
  hasTraffic: boolean
  /** How far the log's clock is ahead of the world. */
  aheadMs: number
  now: string
}

interface DemoSeen {
  /** Made-up data: it is marked as such. */
  isDemo: boolean
  state: DemoState | undefined
}

const EVERY_MS = 10_000
/** Where nothing is simulated only the clock is wanted, and that drifts slowly. */
const EVERY_REAL_MS = 300_000
const RETRY_MS = 5_000
const LOOK_MS = 1_000

const clock = createCityClock(() => performance.now())
const listeners = new Set<() => void>()
let seen: DemoSeen | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let asking = false

/** The log's clock, epoch ms; the device's until the city was read. */
export const cityNow = (): number => clock.now() ?? Date.now()

function take(next: DemoSeen, reading: { now: string; rate: number }): void {
  clock.tell({ at: Date.parse(reading.now), rate: reading.rate })
  // A new object only when something changed: readers draw again.
  if (JSON.stringify(next) !== JSON.stringify(seen)) seen = next
  for (const tell of listeners) tell()
}

async function ask(): Promise<void> {
  clearTimeout(timer)
  if (asking) return
  asking = true
  const answer = await request<CityInfo>('/city')
  asking = false
  if (answer.ok) take({ isDemo: answer.value.demo, state: answer.value.demoState }, answer.value)
  if (listeners.size === 0) return
  const wait = answer.ok ? (answer.value.demoState ? EVERY_MS : EVERY_REAL_MS) : RETRY_MS
  timer = setTimeout(() => void ask(), wait)
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  if (listeners.size === 1) void ask()
  return () => {
    listeners.delete(tell)
    if (listeners.size === 0) clearTimeout(timer)
  }
}

/** Undefined until the city was read. */
export const useDemo = (): DemoSeen | undefined => useSyncExternalStore(subscribe, () => seen)

/** Reads again at once. */
export const refreshDemo = (): Promise<void> => ask()

/** @returns what is wrong, or the demo as it is now, which the whole page then shows. */
export async function setDemo(
  change: Partial<Pick<DemoState, 'scene' | 'multiple' | 'rate' | 'traffic'>>,
): Promise<Answer<DemoState>> {
  const answer = await request<DemoState>('/demo', { method: 'PUT', body: change })
  if (answer.ok) await ask()
  return answer
}

/** The log's clock, looked at once in so many of its milliseconds, and at most once a second. */
export function useCityNow(everyMs: number): number {
  const demo = useDemo()
  const [now, setNow] = useState(cityNow)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read may be another clock and another pace.
  useEffect(() => {
    setNow(cityNow())
    const timer = setInterval(() => setNow(cityNow()), Math.max(LOOK_MS, everyMs / clock.rate()))
    return () => clearInterval(timer)
  }, [everyMs, demo])
  return now
}
