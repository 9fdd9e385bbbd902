// Text that a room will read: no telephone or identity numbers of persons, no control characters. Pure; it cannot know
// names, so whoever writes it answers for those.

const CONTROL = /\p{Cc}/u
const MOBILE = /(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/
const IDENTITY = /(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])/

/** What is wrong with it, in words; empty = fit to be shown. */
export function publicTextFaults(text: string): string[] {
  const faults: string[] = []
  if (CONTROL.test(text)) faults.push('must be one line of plain characters')
  if (MOBILE.test(text)) faults.push('must not hold a person’s telephone number')
  if (IDENTITY.test(text)) faults.push('must not hold an identity number')
  return faults
}
