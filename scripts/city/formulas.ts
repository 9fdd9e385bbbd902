// `check --indicators`: how the formulas of a pack were read, and what each count in them counts, so that somebody who
// knows the bulletin can see that it is the same figure.
import type { CityPack } from '#domain/city/types.ts'
import { COUNTS, type CountKey, formatFormula } from '#domain/city/indicators.ts'
import { MEANINGS } from '#domain/flags/meaning.ts'
import { SAYS_ZH } from '#domain/flags/meaning-zh.ts'
import { type Language, textTable } from './report.ts'

/** Two tables: the formulas as they were read, then the counts they use. Empty for a pack without indicators. */
export function formulasText({ indicators = [] }: Pick<CityPack, 'indicators'>, language: Language): string {
  if (indicators.length === 0) return ''
  const isChinese = language === 'zh'
  const formulas = indicators.map(({ code, name, version, numerator, denominator, basis }) => [
    code,
    version,
    name,
    formatFormula(numerator, language),
    denominator.length === 0 ? '–' : formatFormula(denominator, language),
    isChinese ? (basis === 'cohort' ? '批次' : '发生') : basis,
  ])
  const used = new Set(indicators.flatMap((i) => [...i.numerator, ...i.denominator].map((t) => t.count)))
  const counts = (Object.keys(COUNTS) as CountKey[])
    .filter((key) => used.has(key))
    .map((key) => [key, COUNTS[key], isChinese ? SAYS_ZH[key] : MEANINGS[key].says])
  const heads = isChinese
    ? { formula: ['编码', '版本', '名称', '分子', '分母', '口径'], count: ['计数', '名称', '计什么'] }
    : {
        formula: ['code', 'version', 'name', 'above', 'below', 'basis'],
        count: ['count', 'Chinese', 'what it counts'],
      }
  return [textTable([heads.formula, ...formulas]), textTable([heads.count, ...counts])].join('\n\n')
}
