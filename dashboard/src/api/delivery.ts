// Channels to the outside, what they sent, and where people are reached, as the administrator sees them.
import type { Post } from '#domain/case.ts'
import type { ChannelKind, ChannelSecrets, ChannelSettings } from '#domain/delivery/channel.ts'
import { request } from './request.ts'

export type DeliveryState = 'waiting' | 'sent' | 'dead'

export interface ResultJson {
  code: string
  status?: number
  text?: string
}

export interface ChannelRow {
  id: string
  kind: ChannelKind
  name: string
  enabled: boolean
  offWhy?: 'failing'
  target: string
  settings: ChannelSettings
  /** Names of what is kept secret. */
  kept: string[]
  readable: boolean
  waiting: number
  dead: number
  failures: number
  failingSince?: string
  last?: ResultJson & { at: string; state: DeliveryState }
}

export interface DeliveryRow {
  id: string
  kind: string
  state: DeliveryState
  attempts: number
  createdAt: string
  nextAt?: string
  lastAt?: string
  case?: { id: string; number: string }
  person?: string
  result?: ResultJson
}

export interface ContactRow {
  id: string
  username: string
  name: string
  posts: Post[]
  department?: string
  email?: string
  mobile?: string
}

export interface MadeChannel {
  id: string
  secret?: string
}

/** Absent is left as it is, null cleared. */
type OrNull<T> = { [K in keyof T]?: T[K] | null }
export type ChannelForm = { name: string } & OrNull<ChannelSettings> &
  OrNull<Omit<ChannelSecrets, 'signing' | 'former'>>

const CHANNELS = '/delivery/channels'

export const addChannel = (kind: ChannelKind, form: ChannelForm) =>
  request<MadeChannel>(CHANNELS, { body: { kind, ...form } })
export const changeChannel = (id: string, form: Partial<ChannelForm> & { enabled?: boolean }) =>
  request<undefined>(`${CHANNELS}/${id}`, { method: 'PATCH', body: form })
export const removeChannel = (id: string) => request<undefined>(`${CHANNELS}/${id}`, { method: 'DELETE' })
export const newSecret = (id: string) => request<MadeChannel>(`${CHANNELS}/${id}/secret`, { method: 'POST' })
export const testChannel = (id: string, to: string | undefined) =>
  request<{ id: string }>(`${CHANNELS}/${id}/test`, { body: to === undefined ? {} : { to } })
export const askDelivery = (id: string) => request<DeliveryRow>(`/delivery/deliveries/${id}`)
export const askDeliveries = (channel: string, state: DeliveryState | undefined, cursor?: string) => {
  const query = new URLSearchParams({
    ...(state === undefined ? {} : { state }),
    ...(cursor === undefined ? {} : { cursor }),
  })
  return request<{ items: DeliveryRow[]; nextCursor?: string }>(`${CHANNELS}/${channel}/deliveries?${query}`)
}
export const resendOne = (id: string) =>
  request<{ resent: number }>(`/delivery/deliveries/${id}/resend`, { method: 'POST' })
export const resendAll = (channel: string) =>
  request<{ resent: number }>(`${CHANNELS}/${channel}/resend`, { method: 'POST' })
export const changeContact = (id: string, contact: { email: string | null; mobile: string | null }) =>
  request<undefined>(`/delivery/contacts/${id}`, { method: 'PATCH', body: contact })
