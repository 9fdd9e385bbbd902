// Whether this browser was a screen that has been put out of use: known once and for the whole page.
let revoked = false
const listeners = new Set<() => void>()

export const isRevoked = () => revoked

export function setRevoked(next: boolean): void {
  if (revoked === next) return
  revoked = next
  for (const tell of listeners) tell()
}

export function onRevoked(tell: () => void): () => void {
  listeners.add(tell)
  return () => {
    listeners.delete(tell)
  }
}
