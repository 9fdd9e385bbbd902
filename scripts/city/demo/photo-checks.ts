// What a rule checks of the photos under some filing conditions of the demo: where a picture is what the case stands on,
// the reply needs one of the result. The report is not asked for one: what a grid member reports in a low-risk category
// goes through by rule alone.

const AFTER = '处置后1张'

/** Filing condition → its photo rule, in the words of domain/photo-rule.ts. */
export const PHOTO_CHECKS: Readonly<Record<string, string>> = {
  'E0101-1': AFTER,
  'E0107-1': AFTER,
  'E0110-1': AFTER,
  'E0112-1': AFTER,
  'E0113-1': AFTER,
  'E0125-1': AFTER,
  'E0201-1': AFTER,
  'E0405-1': AFTER,
  'E0505-1': AFTER,
  'C0102-1': AFTER,
  'C0103-1': AFTER,
  'C0137-1': AFTER,
}
