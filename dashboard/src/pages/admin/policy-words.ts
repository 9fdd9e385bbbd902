// Policies of the city in plain words.
import type { PolicyPath, PolicyValue } from '#domain/city/policy-settings.ts'
import { POLICY_SETTINGS } from '#domain/city/policy-settings.ts'
import type { PolicyRule } from '#domain/city/types.ts'
import { type Rung, whoOf } from '#domain/escalation.ts'
import { type Translate, wordFor } from '../../i18n/translate.ts'

/** A value as people read it: 80 %, 4工作时, 是. */
export function valueWords(path: PolicyPath, value: PolicyValue, t: Translate): string {
  const { kind } = POLICY_SETTINGS[path]
  if (value === null) return t('rules.none')
  if (typeof value === 'boolean') return t(value ? 'rules.yes' : 'rules.no')
  if (kind === 'share' && typeof value === 'number') return `${Math.round(value * 1000) / 10} %`
  if (value === 'same') return t('rules.same')
  const text = String(value)
  return kind === 'choice' ? choiceWords(path, text, t) : text
}

export function choiceWords(path: PolicyPath, value: string, t: Translate): string {
  const words = wordFor(t, 'rule-value', `${path}.${value}`)
  return words === `${path}.${value}` ? value : words
}

/** The cases that a rule is about: 来源为网格上报，风险为低. */
export function whenWords(when: PolicyRule['when'], t: Translate): string {
  const list = (names: readonly string[]) => names.join(t('sign.list'))
  const parts = [
    when?.source && t('rules.when.source', { names: list(when.source.map((s) => t(`source.${s}`))) }),
    when?.risk && t('rules.when.risk', { names: list(when.risk.map((r) => t(`rules.risk.${r}`))) }),
    when?.category && t('rules.when.category', { names: list(when.category) }),
    when?.kind && t('rules.when.kind', { names: list(when.kind) }),
  ].filter((p) => p !== undefined)
  return parts.length === 0 ? t('rules.when.all') : parts.join(t('sign.comma'))
}

export const decideWords = ({ decide }: PolicyRule, t: Translate): string =>
  decide === 'rule' ? t('rules.by-rule') : t('rules.by-post', { post: t(`post.${decide}`) })

/** When a rung of the ladder is reached, and what is done then. */
export function rungWords(rung: Rung, t: Translate): { when: string; what: string } {
  const at = t(`rules.at.${rung.stage}`)
  const time =
    rung.share !== undefined
      ? t('rules.rung.share', { n: Math.round(rung.share * 100) })
      : rung.after !== undefined
        ? t('rules.rung.after', { limit: rung.after })
        : t('rules.rung.past', { limit: rung.past ?? '' })
  const who = whoOf(rung)
  const whom = who === 'person' || who === 'unit' ? t(`rules.who.${who}`) : t(`post.${who}`)
  const cases = rung.when ? t('sign.aside', { words: whenWords(rung.when, t) }) : ''
  return {
    when: `${at} ${time}${cases}`,
    what: `${t(`rules.do.${rung.do}`)} ${whom}${rung.limit === undefined ? '' : `${t('sign.comma')}${rung.limit}`}`,
  }
}
