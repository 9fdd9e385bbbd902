// The steps of a unit in the order of its work, and which of them are light: sent after a moment in which they can be taken
// back. The others are a form of their own.

export const LIGHT_STEPS = ['acknowledge', 'take'] as const
export type LightStep = (typeof LIGHT_STEPS)[number]

const ORDER: readonly string[] = [
  'acknowledge',
  'claim',
  'answer-oversight',
  'reply',
  'co-answer',
  'take',
  'assign',
  'resume',
  'request-extension',
  'request-suspension',
  'request-return',
  'appeal',
  'comment',
]

/** Smaller comes first; what is not known here stands behind. */
export const orderOf = (action: string): number => {
  const at = ORDER.indexOf(action)
  return at < 0 ? ORDER.length : at
}
