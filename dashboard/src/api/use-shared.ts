// What every part of a page reads once and shares: the city and its lists. Asked again until it is there.
import { useSyncExternalStore } from 'react'
import { request } from './request.ts'

const RETRY_MS = 5_000

interface Shared {
  value: unknown
  asked: boolean
  listeners: Set<() => void>
  subscribe: (tell: () => void) => () => void
  read: () => unknown
}

const shared = new Map<string, Shared>()
/** Rises with each change of who is logged in: what was asked for somebody else is not taken. */
let turn = 0

async function ask(path: string, entry: Shared): Promise<void> {
  const asked = turn
  entry.asked = true
  const answer = await request(path)
  if (asked !== turn) return
  if (answer.ok) {
    entry.value = answer.value
    for (const tell of entry.listeners) tell()
    return
  }
  // Nobody looks any more: the next who does asks again.
  if (entry.listeners.size === 0) {
    entry.asked = false
    return
  }
  setTimeout(() => void (asked === turn && ask(path, entry)), RETRY_MS)
}

/** Call when somebody has logged in or out: some lists tell more to those who are. */
export function renewShared(): void {
  turn++
  for (const [path, entry] of shared)
    if (entry.listeners.size > 0) void ask(path, entry)
    else shared.delete(path)
}

function sharedAt(path: string): Shared {
  const known = shared.get(path)
  if (known) return known
  const entry: Shared = {
    value: undefined,
    asked: false,
    listeners: new Set(),
    subscribe(tell) {
      entry.listeners.add(tell)
      if (!entry.asked) void ask(path, entry)
      return () => {
        entry.listeners.delete(tell)
      }
    },
    read: () => entry.value,
  }
  shared.set(path, entry)
  return entry
}

/** The value of a GET, shared by everything on the page; undefined until it is there. */
export function useShared<T>(path: string): T | undefined {
  const { subscribe, read } = sharedAt(path)
  return useSyncExternalStore(subscribe, read) as T | undefined
}
