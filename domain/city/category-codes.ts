// What a category code in a rule stands for. Small classes 小类 have two or three digits, side by side in one pack, so that
// the beginning of a code is only read as a beginning where it ends with the kind or the large class 大类.

/** Kind letter and two digits of the large class. */
const LARGE_CLASS = 3

/** `E` covers every event, `E01` the large class, `E0110` that category alone (not `E01101`). */
export const coversCategory = (rule: string, code: string): boolean =>
  rule === code || (rule.length <= LARGE_CLASS && code.startsWith(rule))
