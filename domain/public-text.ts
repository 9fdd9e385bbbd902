// Text that a room will read: no telephone or identity numbers of persons, no control characters. Pure; it cannot know
// names, so whoever writes it answers for those.

const CONTROL = /\p{Cc}/u
const MOBILE = /(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/
const IDENTITY = /(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])/

export const PUBLIC_TEXT_FAULTS = {
  control: 'must be one line of plain characters',
  telephone: 'must not hold a person’s telephone number',
  identity: 'must not hold an identity number',
} as const
export type PublicTextFault = keyof typeof PUBLIC_TEXT_FAULTS

/** What is wrong with it; empty = fit to be shown. */
export function publicTextFaults(text: string): PublicTextFault[] {
  const faults: PublicTextFault[] = []
  if (CONTROL.test(text)) faults.push('control')
  if (MOBILE.test(text)) faults.push('telephone')
  if (IDENTITY.test(text)) faults.push('identity')
  return faults
}
