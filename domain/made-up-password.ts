// Passwords made up for people: read out, or copied by hand.

/** Without letters and digits that look alike. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUP = 4

/**
 * Groups of four with hyphens between, three at least: about 59 bits.
 * @param least characters that it has at least
 */
export function madeUpPassword(
  least = 0,
  random: (n: number) => Uint8Array = (n) => crypto.getRandomValues(new Uint8Array(n)),
): string {
  const groups = Math.max(3, Math.ceil((least + 1) / (GROUP + 1)))
  const most = 256 - (256 % LETTERS.length)
  const letters: string[] = []
  while (letters.length < groups * GROUP)
    for (const byte of random(16)) if (byte < most) letters.push(LETTERS[byte % LETTERS.length] ?? '')
  return Array.from({ length: groups }, (_, i) => letters.slice(i * GROUP, (i + 1) * GROUP).join('')).join(
    '-',
  )
}
