// How one try to send ended, the same for every kind of channel.

/** Words for people are the pages', `delivery.code.<code>`. */
export const CODES = [
  'sent',
  'status',
  'rejected',
  'rate-limited',
  'timeout',
  'name',
  'connect',
  'tls',
  'forbidden-address',
  'answer-too-long',
  'no-address',
  'login',
  'sealed',
  'channel-off',
] as const
export type Code = (typeof CODES)[number]

export interface Sent {
  ok: true
  status?: number | undefined
  text?: string | undefined
}
export interface Unsent {
  ok: false
  code: Code
  status?: number | undefined
  /** What the receiver said; shortened, and rid of secrets, before it is kept. */
  text?: string | undefined
  /** The receiver asked for this pause. */
  askedMs?: number | undefined
  /** The others would fail too: the channel rests. */
  rests?: boolean | undefined
  /** It lies with this message or person, and says nothing of the channel. */
  ofMessage?: boolean | undefined
  /** No later try can help. */
  final?: boolean | undefined
}
export type Outcome = Sent | Unsent

const MOST_TEXT = 300

/** One line without control characters or secrets. */
export function tidy(text: string | undefined, secrets: readonly string[]): string | undefined {
  if (text === undefined) return undefined
  let told = text
  for (const secret of secrets) if (secret.length >= 4) told = told.replaceAll(secret, '•••')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const line = told.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  return line === '' ? undefined : line.slice(0, MOST_TEXT)
}
