// What a rule of screening found, said so that a desk can show it: a code to count by, the numbers behind it, and one
// plain sentence in English and Chinese.

export interface Finding<Code extends string = string> {
  code: Code
  /** One plain sentence, English; `zh` beside it. */
  because: string
  zh: string
  /** Numbers and words behind the sentence, e.g. `{ metres: 32 }`. */
  facts?: Readonly<Record<string, string | number>> | undefined
}

export const finding = <Code extends string>(
  code: Code,
  because: string,
  zh: string,
  facts?: Readonly<Record<string, string | number>>,
): Finding<Code> => ({ code, because, zh, ...(facts === undefined ? {} : { facts }) })

/** A duration in milliseconds for people: `40 s`, `12 min`, `5 h`, `3 days`. */
export function durationText(ms: number): { en: string; zh: string } {
  const size = Math.abs(ms)
  const [n, en, zh] =
    size < 90_000
      ? [Math.round(size / 1000), 's', '秒']
      : size < 90 * 60_000
        ? [Math.round(size / 60_000), 'min', '分钟']
        : size < 48 * 3_600_000
          ? [Math.round(size / 3_600_000), 'h', '小时']
          : [Math.round(size / 86_400_000), 'days', '天']
  return { en: `${n} ${en}`, zh: `${n}${zh}` }
}
