// What a rule checks of the photos under some filing conditions of the demo: where a picture is what the case stands on,
// the report needs one of the matter and the reply one of the result. Who phones brings none, and is not asked for it.

const BOTH = '处置前1张；处置后1张'

/** Filing condition → its photo rule, in the words of domain/photo-rule.ts. */
export const PHOTO_CHECKS: Readonly<Record<string, string>> = {
  'E0101-1': BOTH,
  'E0107-1': BOTH,
  'E0110-1': BOTH,
  'E0112-1': BOTH,
  'E0113-1': BOTH,
  'E0125-1': BOTH,
  'E0201-1': BOTH,
  'E0405-1': BOTH,
  'E0505-1': BOTH,
  'C0102-1': BOTH,
  'C0103-1': BOTH,
  'C0137-1': BOTH,
}
