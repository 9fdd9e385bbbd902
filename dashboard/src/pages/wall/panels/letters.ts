// How wide words are, for what must fit beside them. Pure.

/** Widths of letters against a Chinese one. */
const LATIN_EM = 0.58

/** @returns em, about */
export const lengthOf = (words: string) =>
  [...words].reduce((sum, c) => sum + (/[\u2e80-\uffff]/.test(c) ? 1 : LATIN_EM), 0)
