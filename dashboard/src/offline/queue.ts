// The queue at work: takes items in, sends them one after another as soon as it can, and tells every page of this device how
// it stands. One page sends at a time; should two, the keys of the items still let each arrive once.
import { useSyncExternalStore } from 'react'
import { v4 as uuid } from 'uuid'
import { askToKeep } from './device.ts'
import { askPerson } from './person.ts'
import { needsLogin, nextLook, nextToSend, triedAgain, type Sender, type Waiting } from './queue-rules.ts'
import { attempt } from './sender.ts'
import { allWaiting, discard, takeIn, update } from './store.ts'

export interface QueueView {
  items: readonly Waiting[]
  /** Id of the item on its way now. */
  sending: string | undefined
  needsLogin: boolean
  /** The device's store cannot be used; in words of the browser. */
  fault: string | undefined
}

const LOCK = 'huiyin-queue'
const CHANNEL = 'huiyin-queue'
/** While a server cannot be reached: soon at first, for a network that is just coming back, then seldom. */
const LOOK_AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000]

let view: QueueView = { items: [], sending: undefined, needsLogin: false, fault: undefined }
const listeners = new Set<() => void>()
let channel: BroadcastChannel | undefined
let running: Promise<void> | undefined
let isWanted = false
let timer: ReturnType<typeof setTimeout> | undefined
let started = false
let misses = 0

function show(part: Partial<QueueView>): void {
  view = { ...view, ...part }
  for (const tell of listeners) tell()
}

async function refresh(): Promise<void> {
  try {
    show({ items: await allWaiting(), fault: undefined })
  } catch (error) {
    show({ fault: error instanceof Error ? error.message : String(error) })
  }
}

async function changed(): Promise<void> {
  await refresh()
  channel?.postMessage('changed')
}

/** Alone among this device's pages, where the browser can tell; otherwise at least alone on this one. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await work()
    // Another page is at it; look after it in case it is closed.
    else lookAgain()
  })
}

function lookAt(when: number | undefined): void {
  clearTimeout(timer)
  if (when === undefined) return
  timer = setTimeout(() => void sendAll(), Math.max(0, when - Date.now()))
}

function lookAgain(): void {
  lookAt(Date.now() + (LOOK_AGAIN_MS[Math.min(misses, LOOK_AGAIN_MS.length - 1)] ?? 0))
  misses += 1
}

const isOver = (items: readonly Waiting[]) => items.every((i) => i.state !== 'waiting')

async function work(): Promise<void> {
  let sender: Sender | undefined
  for (;;) {
    const items = await allWaiting()
    if (isOver(items)) {
      show({ needsLogin: false })
      return lookAt(undefined)
    }
    sender ??= (await askPerson()).sender
    show({ needsLogin: needsLogin(items, sender) })
    if (sender.kind === 'unreachable') return lookAgain()
    misses = 0
    const next = nextToSend(items, sender, Date.now())
    if (!next) return lookAt(nextLook(items, sender))
    show({ sending: next.id })
    const after = await attempt(next)
    show({ sending: undefined })
    // Whoever was logged in may not be any more.
    if (after.state === 'waiting') sender = undefined
    await changed()
  }
}

/** Sends what can be sent. Called as often as anything gives hope. */
function sendAll(): Promise<void> {
  isWanted = true
  running ??= (async () => {
    while (isWanted) {
      isWanted = false
      try {
        await alone(work)
      } catch (error) {
        show({ sending: undefined, fault: error instanceof Error ? error.message : String(error) })
        lookAgain()
      }
    }
  })().finally(() => {
    running = undefined
  })
  return running
}

/** From now on this page sends what waits. */
export function startQueue(): void {
  if (started) return
  started = true
  if ('BroadcastChannel' in window) {
    channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = () => void refresh()
  }
  const hope = () => {
    misses = 0
    void sendAll()
  }
  window.addEventListener('online', hope)
  window.addEventListener('pageshow', hope)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hope())
  void refresh().then(hope)
}

type NewItem = Pick<Waiting, 'kind' | 'account' | 'path' | 'body' | 'photos' | 'title' | 'taskId' | 'caseId'>

/** Takes an item in; once this has answered, it is safe on the device. Sending begins by itself. */
export async function enqueue(item: NewItem, draftKey?: string): Promise<Waiting> {
  const taken = await takeIn(
    { ...item, id: uuid(), takenAt: Date.now(), state: 'waiting', attempts: 0, nextAt: 0 },
    draftKey,
  )
  void askToKeep()
  await changed()
  void sendAll()
  return taken
}

export async function tryAgain(item: Waiting): Promise<void> {
  await update(triedAgain(item))
  await changed()
  void sendAll()
}

/** Everything of it is gone, its photos too. */
export async function throwAway(item: Waiting): Promise<void> {
  await discard(item)
  await changed()
}

/** It has become a draft again: its photos stay. */
export async function forgetItem(item: Waiting): Promise<void> {
  await discard({ ...item, photos: [] })
  await changed()
}

/** A stamp that changes with every item that gets through: lists read the server again by it. */
export const sentCount = ({ items }: QueueView) => items.filter((i) => i.state === 'sent').length

const subscribe = (tell: () => void) => {
  listeners.add(tell)
  return () => {
    listeners.delete(tell)
  }
}

export const useQueue = (): QueueView => useSyncExternalStore(subscribe, () => view)
