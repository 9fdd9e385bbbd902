// The messages of `/live`, both ways (docs: "The live protocol"), and the handshake as it is checked.
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { BoardDelta, BoardSnapshot, Heartbeat } from '#domain/board.ts'
import type { ScreenMessage } from '#domain/wall-screen.ts'

export interface ServerEvents {
  snapshot: (snapshot: BoardSnapshot) => void
  delta: (delta: BoardDelta) => void
  heartbeat: (beat: Heartbeat) => void
  screen: (message: ScreenMessage) => void
  /** The screen was put out of use: show nothing any more. */
  revoked: () => void
}

export interface ClientEvents {
  resync: (position: unknown) => void
}

export interface SocketData {
  scope: string
  /** Proves again who it is, from time to time. */
  isStillAllowed: () => Promise<boolean>
  /** Asked to be told what is shown on screens. */
  screen?: { id: string | undefined; sessionHash: Uint8Array | undefined } | undefined
}

const seq = Type.Optional(Type.Integer({ minimum: 0 }))
const epoch = Type.Optional(Type.String({ maxLength: 64 }))

const Handshake = Compile(
  Type.Object({
    scope: Type.Optional(Type.String({ maxLength: 100 })),
    epoch,
    lastSeq: seq,
    token: Type.Optional(Type.String({ maxLength: 200 })),
    screen: Type.Optional(Type.String({ maxLength: 64 })),
  }),
)
export interface HandshakeAuth extends Position {
  scope: string
  token?: string
  /** `any`, or the id of a screen to look at as it is. */
  screen?: string
}

const Where = Compile(Type.Object({ epoch, lastSeq: seq }))

/** How far a client has read. */
export interface Position {
  epoch?: string
  lastSeq?: number
}

/** Undefined for a handshake of another form. */
export function parseHandshake(auth: unknown): HandshakeAuth | undefined {
  return Handshake.Check(auth) ? { ...auth, scope: auth.scope ?? 'city' } : undefined
}

/** A damaged position is none: the answer is a snapshot. */
export const parsePosition = (position: unknown): Position => (Where.Check(position) ? position : {})

export const REFUSALS = {
  unauthorized: 'log in first',
  revoked: 'this screen was put out of use, or got another token: open its new address',
  'unknown-scope': 'the scope is `city`, or `area:` or `department:` with a code of this city',
  'bad-handshake': 'the handshake is { scope, epoch?, lastSeq?, token?, screen? }',
} as const
export type RefusalCode = keyof typeof REFUSALS

/** What a client gets as `connect_error`. */
export function refusal(code: RefusalCode): Error & { data: { code: RefusalCode; detail: string } } {
  return Object.assign(new Error(code), { data: { code, detail: REFUSALS[code] } })
}
