// Notices in words, for e-mail, SMS and group robots: one line each, with the names of the city, in the language of the
// channel. Pure.
import type { City } from '../city/types.ts'
import { isoWithOffset } from '../city-time.ts'
import { ladderOf } from '../escalation.ts'
import { NOTICE_WORDS_EN, NOTICE_WORDS_ZH } from '../notice-words.ts'
import { isBellKind, type OutsideKind, type StoredNotice } from './outside-notice.ts'

export type Language = 'zh-CN' | 'en'
export const LANGUAGES: readonly Language[] = ['zh-CN', 'en']

export interface Line {
  /** What it is about, in one phrase. */
  what: string
  /** Number, category, place, due time: what helps to recognise the case. */
  facts: string[]
  /** Of the case's page. */
  link?: string | undefined
  urgent: boolean
  /** Of the case, where there is one. */
  number?: string | undefined
}

const OUTSIDE_ZH: Record<Exclude<OutsideKind, keyof BellWords>, string> = {
  'due-soon': '即将超期',
  overdue: '已超期',
  urgent: '新的急要件',
}
const OUTSIDE_EN: Record<Exclude<OutsideKind, keyof BellWords>, string> = {
  'due-soon': 'Due soon',
  overdue: 'Overdue',
  urgent: 'A new urgent case',
}
type BellWords = {
  [K in keyof typeof NOTICE_WORDS_ZH as K extends `notice.${infer N}` ? N : never]: string
}

function phrase(kind: OutsideKind, language: Language): string {
  if (isBellKind(kind))
    return language === 'en' ? NOTICE_WORDS_EN[`notice.${kind}`] : NOTICE_WORDS_ZH[`notice.${kind}`]
  return language === 'en' ? OUTSIDE_EN[kind] : OUTSIDE_ZH[kind]
}

/** `10-03 14:00` on the city's clock. */
const moment = (at: number, { pack }: City) => isoWithOffset(at, pack.timeZone).slice(5, 16).replace('T', ' ')

const named = (code: string, all: ReadonlyMap<string, { name: string }>) => all.get(code)?.name ?? code

/** One notice as a line. @param publicUrl origin of the pages, without a slash at the end. */
export function lineOf(
  { kind, params, case: about }: StoredNotice,
  city: City,
  language: Language,
  publicUrl: string | undefined,
): Line {
  const zh = language !== 'en'
  const rung = params.rung && (ladderOf(city.pack.policies).find((r) => r.id === params.rung)?.name ?? '')
  const unit = params.unit ?? about?.department
  const owner =
    params.owner === undefined
      ? undefined
      : params.owner === 'centre'
        ? city.pack.centreName
        : named(params.owner, city.departments)
  const facts = [
    about?.number,
    about?.category && named(about.category, city.categories),
    about?.area && named(about.area, city.areas),
    unit && named(unit, city.departments),
    rung || undefined,
    owner,
    params.ends && (zh ? `至 ${params.ends}` : `until ${params.ends}`),
    params.channel,
    params.dueAt !== undefined &&
      (zh ? `${moment(params.dueAt, city)} 到期` : `due ${moment(params.dueAt, city)}`),
    params.until !== undefined &&
      (zh ? `至 ${moment(params.until, city)}` : `until ${moment(params.until, city)}`),
  ]
  return {
    what: phrase(kind, language),
    facts: facts.filter((f): f is string => typeof f === 'string' && f !== ''),
    link: about && publicUrl !== undefined ? `${publicUrl}/cases/${about.id}` : undefined,
    urgent: about?.urgent === true,
    number: about?.number,
  }
}

/** What an administrator asked to be sent. */
export const testLine = (channel: string, language: Language, publicUrl: string | undefined): Line => ({
  what: language === 'en' ? 'Test of the channel' : '渠道测试',
  facts: [channel],
  link: publicUrl,
  urgent: false,
})

/** `【急】新案件派给本单位：2026…，暴露生活垃圾，…` */
export function lineText({ what, facts, urgent }: Line, language: Language): string {
  const en = language === 'en'
  const mark = urgent ? (en ? '[urgent] ' : '【急】') : ''
  const told = facts.join(en ? ', ' : '，')
  return `${mark}${what}${told === '' ? '' : `${en ? ': ' : '：'}${told}`}`
}

/** `回音 · 云泽市…`: the first word is what group robots with a keyword ask for. */
export const heading = (city: City, language: Language): string =>
  `${language === 'en' ? 'Huiyin' : '回音'} · ${city.pack.centreName}`

/** Subject of an e-mail. */
export const subjectOf = (line: Line, city: City, language: Language): string =>
  `[${heading(city, language)}] ${line.urgent ? (language === 'en' ? '[urgent] ' : '【急】') : ''}${line.what}${line.number === undefined ? '' : ` ${line.number}`}`

/** Plain text of an e-mail. */
export function letterOf(line: Line, city: City, language: Language): string {
  const en = language === 'en'
  return [
    lineText(line, language),
    ...(line.link === undefined ? [] : ['', line.link]),
    '',
    '-- ',
    heading(city, language),
    en ? 'Sent by the system; answers to this address are not read.' : '本邮件由系统自动发送，请勿回复。',
  ].join('\r\n')
}
