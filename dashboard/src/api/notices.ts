// The notices of whoever is logged in: the newest ones and how many are unread, read again whenever the server rings. One
// store a page visit, so that going from page to page keeps its line open.
import { useSyncExternalStore } from 'react'
import { io, type Socket } from 'socket.io-client'
import type { NoticeKind } from '#domain/notice.ts'
import { request } from './request.ts'

export interface NoticeJson {
  id: string
  kind: NoticeKind
  at: string
  readAt?: string
  case?: { id: string; number: string; categoryName?: string; areaName?: string; open: boolean }
  unitName?: string
  dutyPhone?: string
  rung?: string
  stage?: string
  round?: number
  dueAt?: string
  until?: string
  about?: string
  ownerName?: string
  warning?: string
  ends?: string
  /** Name of a channel to the outside. */
  channel?: string
}

interface NoticesView {
  items: readonly NoticeJson[]
  /** 100 stands for that many or more. */
  unread: number
  /** There are older ones. */
  nextCursor?: string | undefined
}
interface Page extends NoticesView {
  items: NoticeJson[]
}

const NOTHING: NoticesView = { items: [], unread: 0 }
/** After the last page that shows the bell is left: long enough for the next one to take it over. */
const LINGER_MS = 3_000
const AGAIN_MS = 15_000

let owner: string | undefined
let view = NOTHING
let socket: Socket | undefined
let closing: ReturnType<typeof setTimeout> | undefined
let again: ReturnType<typeof setTimeout> | undefined
/** The latest question; an answer to an earlier one is dropped. */
let asked = 0
const listeners = new Set<() => void>()

function show(next: NoticesView): void {
  view = next
  for (const tell of listeners) tell()
}

async function refresh(): Promise<void> {
  asked += 1
  const mine = asked
  const answer = await request<Page>('/notices')
  if (mine === asked && answer.ok) show(answer.value)
}

function open(): void {
  socket = io('/notices', { transports: ['websocket'], forceNew: true, reconnectionDelayMax: AGAIN_MS })
  // What was rung while the line was down is read when it is up again.
  socket.on('connect', () => void refresh())
  socket.on('ring', () => void refresh())
  const later = () => {
    if (socket?.active) return
    clearTimeout(again)
    again = setTimeout(() => socket?.connect(), AGAIN_MS)
  }
  socket.on('disconnect', later)
  socket.on('connect_error', later)
  void refresh()
}

function close(): void {
  clearTimeout(again)
  socket?.disconnect()
  socket = undefined
  owner = undefined
  view = NOTHING
  asked += 1
}

const lookWhenSeen = () => document.visibilityState === 'visible' && void refresh()

function subscribeAs(account: string) {
  return (tell: () => void) => {
    clearTimeout(closing)
    if (owner !== account) {
      if (owner !== undefined) close()
      owner = account
      open()
    }
    listeners.add(tell)
    if (listeners.size === 1) document.addEventListener('visibilitychange', lookWhenSeen)
    return () => {
      listeners.delete(tell)
      if (listeners.size > 0) return
      document.removeEventListener('visibilitychange', lookWhenSeen)
      closing = setTimeout(close, LINGER_MS)
    }
  }
}
const subscribers = new Map<string, ReturnType<typeof subscribeAs>>()
function subscriberOf(account: string) {
  const known = subscribers.get(account) ?? subscribeAs(account)
  subscribers.set(account, known)
  return known
}

export const useNotices = (account: string): NoticesView =>
  useSyncExternalStore(subscriberOf(account), () => view)

/** Marks one as read, on the screen at once. */
export async function markRead(id: string): Promise<void> {
  const isNew = view.items.some((n) => n.id === id && n.readAt === undefined)
  if (!isNew) return
  const readAt = new Date().toISOString()
  show({
    ...view,
    items: view.items.map((n) => (n.id === id ? { ...n, readAt } : n)),
    unread: Math.max(0, view.unread - 1),
  })
  await request(`/notices/${id}/read`, { method: 'POST' })
  await refresh()
}

/** All up to the newest that is shown. */
export async function markAllRead(): Promise<void> {
  const newest = view.items[0]
  if (!newest) return
  await request('/notices/read-all', { body: { upTo: newest.id } })
  await refresh()
}

export async function loadOlder(): Promise<void> {
  const { nextCursor } = view
  if (nextCursor === undefined) return
  const mine = asked
  const answer = await request<Page>(`/notices?cursor=${nextCursor}`)
  if (mine === asked && answer.ok)
    show({ ...answer.value, items: [...view.items, ...answer.value.items], unread: answer.value.unread })
}
