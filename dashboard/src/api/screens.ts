// Screens as the administrator keeps them, and what the desk shows on them.
import type { PlanStep, ScreenRecord, Show, WarningLevel } from '#domain/wall-screen.ts'
import { request } from './request.ts'

export interface ScreenRow extends ScreenRecord {
  plan: PlanStep[]
  createdBy: { id: string; name: string }
  createdAt: string
  tokenAt: string
  lastSeenAt?: string
  online: boolean
  revokedAt?: string
}

/** What the administrator fills in; null = not said. */
export interface ScreenForm {
  name: string
  widthPx: number | null
  widthMm: number
  heightMm: number | null
  viewingDistanceM: number
  tiles: { columns: number; rows: number }
  language: 'zh-CN' | 'en' | null
  sound: boolean
  scope: string | null
  plan: PlanStep[]
}

/** Told once. */
export interface MadeToken {
  id: string
  name: string
  token: string
  /** What the screen's browser opens. */
  path: string
}

export interface ShownRow {
  id: string
  screens: 'all' | string[]
  show: Show
  /** Of the case that is shown. */
  receiptNo?: string
  since: string
  until: string
  by: { id: string; name: string }
}

export interface WallNow {
  items: ShownRow[]
  warning?: {
    level: WarningLevel
    text: string
    until?: string
    since: string
    by: { id: string; name: string }
  }
  screens: { id: string; name: string; online: boolean }[]
}

const withoutNull = (form: ScreenForm) =>
  Object.fromEntries(Object.entries(form).filter(([, value]) => value !== null))

export const addScreen = (form: ScreenForm) => request<MadeToken>('/screens', { body: withoutNull(form) })
export const changeScreen = (id: string, form: ScreenForm) =>
  request<undefined>(`/screens/${id}`, { method: 'PATCH', body: form })
export const renewToken = (id: string) => request<MadeToken>(`/screens/${id}/token`, { method: 'POST' })
export const revokeScreen = (id: string) => request<undefined>(`/screens/${id}`, { method: 'DELETE' })

/** This browser becomes the screen whose token it is. */
export const enterAsScreen = (token: string) =>
  request<{ screen: ScreenRecord }>('/screens/session', { body: { token } })
export const screenSession = () => request<{ screen?: ScreenRecord; revoked?: boolean }>('/screens/session')

export const showOnScreens = (body: { screens: 'all' | string[]; show: Show; minutes: number }) =>
  request<{ id: string }>('/wall/shows', { body })
export const stopShow = (id: string) => request<void>(`/wall/shows/${id}`, { method: 'DELETE' })
export const setWarning = (body: { level: WarningLevel; text: string; minutes?: number }) =>
  request<void>('/wall/warning', { method: 'PUT', body })
export const liftWarning = () => request<void>('/wall/warning', { method: 'DELETE' })
