/** Only paths of our own: `next` comes from the address. */
export const ownPath = (next: string | null): string | undefined =>
  next && /^\/(?![/\\])/.test(next) ? next : undefined
