// What a unit's desk says of a case under the usual row: its number, who has it, what was asked for and who decides, which oversight
// waits, what it waits for.
import type { City } from '../../api/city.ts'
import type { CaseJson } from '../../api/cases.ts'
import { formatMoment, formatSpan } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor, type Translate } from '../../i18n/translate.ts'
import type { Entry } from './sections.ts'
import type { Me } from './unit.ts'

/** 申请延期，等值班长或中心主任决定，已等 2时 */
export function requestWords(c: CaseJson, now: number, t: Translate): string | undefined {
  const { request } = c
  if (!request) return undefined
  const { chain, approved = 0 } = request
  const who = (c.desk?.decides ?? []).map((p) => wordFor(t, 'post', p)).join(t('dept.or'))
  const said = t('dept.asked.by', {
    what: t(`dept.asked.${request.kind}`),
    who,
    span: formatSpan(now - Date.parse(request.at), t),
  })
  if (!chain || chain.length < 2) return said
  return `${said}${t('sign.aside', { words: t('dept.step', { n: approved + 1, of: chain.length }) })}`
}

export function EntryNotes(props: { entry: Entry; me: Me; now: number; city: City }) {
  const t = useT()
  const language = useLanguage()
  const { entry, me, now, city } = props
  const { c } = entry
  const at = (iso: string) => formatMoment(Date.parse(iso), city.info.timeZone, language)
  const oversight = c.oversights?.findLast((o) => o.answeredAt === undefined)
  const notes = [
    c.caseNo ?? c.receiptNo,
    c.handler !== me.id && c.desk?.handlerName !== undefined && t('dept.with', { who: c.desk.handlerName }),
    c.handler === undefined && c.unitName !== undefined && t('dept.with.squad', { unit: c.unitName }),
    c.unitDueAt !== undefined && c.status === 'handling' && t('dept.unit-due', { time: at(c.unitDueAt) }),
    requestWords(c, now, t),
    oversight &&
      (oversight.dueAt === undefined
        ? t('dept.oversight', { who: wordFor(t, 'post', oversight.by) })
        : t('dept.oversight.due', { who: wordFor(t, 'post', oversight.by), time: at(oversight.dueAt) })),
    c.status === 'suspended' &&
      c.suspendedUntil !== undefined &&
      t('dept.until', { time: at(c.suspendedUntil) }),
    c.status === 'replied' && t('dept.waits.check'),
    c.status === 'checked' && t('dept.waits.close'),
    entry.role === 'co' && c.departmentName,
  ].filter((n): n is string => typeof n === 'string')
  return notes.map((note) => <span key={note}>{note}</span>)
}
