// Codes that other tables may name. People write names where codes are asked for; a name that only one row has is taken
// for its code.
import { coversCategory } from '#domain/city/category-codes.ts'
import type { Findings, Place, Placed } from './findings.ts'

export interface KnownCodes {
  codes: ReadonlySet<string>
  has(code: string): boolean
  /** Of categories: does the rule cover one, as a code, a kind letter or a large class? */
  covers(rule: string): boolean
  /** The code meant by a code or by a name; undefined when it is neither, or a name of several. */
  resolve(text: string): string | undefined
  isAmbiguous(name: string): boolean
}

/** Undefined when the file of the codes could not be read, so that nothing can be said about them. */
export type Known = KnownCodes | undefined

export function knownCodes<T>(
  rows: readonly Placed<T>[] | undefined,
  code: (value: T) => string,
  name?: (value: T) => string,
): Known {
  if (!rows) return undefined
  const codes = new Set(rows.map((r) => code(r.value)))
  const named = new Map<string, Set<string>>()
  for (const { value } of name ? rows : []) {
    const key = name?.(value) ?? ''
    named.set(key, (named.get(key) ?? new Set()).add(code(value)))
  }
  return {
    codes,
    has: (text) => codes.has(text),
    covers: (rule) => [...codes].some((c) => coversCategory(rule, c)),
    resolve(text) {
      if (codes.has(text)) return text
      const of = named.get(text)
      return of?.size === 1 ? [...of][0] : undefined
    },
    isAmbiguous: (text) => (named.get(text)?.size ?? 0) > 1,
  }
}

/**
 * The code that a cell means, by code or name. What is unknown is reported and given back as it stands; an empty cell
 * and codes of a file that could not be read are given back as they are.
 */
export function codeMeant(
  text: string,
  known: Known,
  place: Place,
  [kind, kindZh]: readonly [en: string, zh: string],
  findings: Findings,
): string {
  if (text === '' || !known) return text
  const code = known.resolve(text)
  if (code !== undefined) return code
  if (known.isAmbiguous(text))
    findings.fault(
      place,
      `"${text}" is the name of more than one ${kind}: give its code`,
      `名称“${text}”对应多个${kindZh}，请填编码`,
    )
  else findings.fault(place, `unknown ${kind} "${text}"`, `未知${kindZh}“${text}”`)
  return text
}

export const DEPARTMENT_WORDS = ['department', '单位'] as const
export const AREA_WORDS = ['area', '区域'] as const
export const CATEGORY_WORDS = ['category', '类别'] as const

/** Words for a rule that covers no category. */
export const noSuchCategory = (rule: string): [message: string, zh: string] => [
  `"${rule}" is no category, kind letter or large class with categories (E, E01, E0110)`,
  `“${rule}”不是类别编码，也不是有类别的类型字母或大类（如E、E01、E0110）`,
]
