// Interface words: Chinese first, English one switch away. A key without a translation is a type error, and so is a
// placeholder without its value. Names of categories, areas and departments are the city's and are not translated.
import { useSyncExternalStore } from 'react'
import { appealsEn, appealsZh } from './words/appeals.ts'
import { camerasEn, camerasZh } from './words/cameras.ts'
import { caseEn, caseZh } from './words/case.ts'
import { centreEn, centreZh } from './words/centre.ts'
import { commonEn, commonZh } from './words/common.ts'
import { deliveryEn, deliveryZh } from './words/delivery.ts'
import { departmentEn, departmentZh } from './words/department.ts'
import { listsEn, listsZh } from './words/lists.ts'
import { adminEn, adminZh } from './words/admin.ts'
import { cityAdminEn, cityAdminZh } from './words/city-admin.ts'
import { cityPoliciesEn, cityPoliciesZh } from './words/city-policies.ts'
import { healthEn, healthZh } from './words/health.ts'
import { securityEn, securityZh } from './words/security.ts'
import { demoEn, demoZh } from './words/demo.ts'
import { pagesEn, pagesZh } from './words/pages.ts'
import { phoneEn, phoneZh } from './words/phone.ts'
import { wallEn, wallZh } from './words/wall.ts'
import { noticesEn, noticesZh } from './words/notices.ts'
import { replayEn, replayZh } from './words/replay.ts'
import { eventsEn, eventsZh } from './words/events.ts'
import { problemsEn, problemsZh } from './words/problems.ts'
import { routingEn, routingZh } from './words/routing.ts'
import { screeningEn, screeningZh } from './words/screening.ts'
import { screensEn, screensZh } from './words/screens.ts'
import { getLanguage, onLanguage, type Language } from './language.ts'

export const ZH = {
  ...commonZh,
  ...wallZh,
  ...replayZh,
  ...camerasZh,
  ...caseZh,
  ...eventsZh,
  ...pagesZh,
  ...phoneZh,
  ...adminZh,
  ...cityAdminZh,
  ...cityPoliciesZh,
  ...healthZh,
  ...securityZh,
  ...demoZh,
  ...problemsZh,
  ...routingZh,
  ...screeningZh,
  ...screensZh,
  ...noticesZh,
  ...deliveryZh,
  ...centreZh,
  ...listsZh,
  ...departmentZh,
  ...appealsZh,
} as const
export const EN: Record<keyof typeof ZH, string> = {
  ...commonEn,
  ...wallEn,
  ...replayEn,
  ...camerasEn,
  ...caseEn,
  ...eventsEn,
  ...pagesEn,
  ...phoneEn,
  ...adminEn,
  ...cityAdminEn,
  ...cityPoliciesEn,
  ...healthEn,
  ...securityEn,
  ...demoEn,
  ...problemsEn,
  ...routingEn,
  ...screeningEn,
  ...screensEn,
  ...noticesEn,
  ...deliveryEn,
  ...centreEn,
  ...listsEn,
  ...departmentEn,
  ...appealsEn,
}

export type Key = keyof typeof ZH

type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type Values<K extends Key> = { [N in Names<(typeof ZH)[K]>]: string | number }

/** `t(key)`, or `t(key, values)` for words with placeholders. */
export type Translate = <K extends Key>(
  key: K,
  ...values: [Names<(typeof ZH)[K]>] extends [never] ? [] : [Values<K>]
) => string

const fill = (words: string, values: Record<string, string | number> | undefined) =>
  values ? words.replace(/\{([\w-]+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : words

const translators: Record<Language, Translate> = {
  'zh-CN': (key, ...[values]) => fill(ZH[key], values),
  en: (key, ...[values]) => fill(EN[key], values),
}

export const translator = (language: Language): Translate => translators[language]

const isKey = (key: string): key is Key => Object.hasOwn(ZH, key)

/**
 * The word for a code from the server, e.g. `wordFor(t, 'event', 'filed')`, or its sentence with figures; an unknown code
 * stands for itself.
 */
export function wordFor(
  t: Translate,
  group: string,
  code: string,
  values?: Record<string, string | number>,
): string {
  const key = `${group}.${code}`
  const say = t as (key: Key, values?: Record<string, string | number>) => string
  return isKey(key) ? say(key, values) : code
}

export const useLanguage = (): Language => useSyncExternalStore(onLanguage, getLanguage)

export const useT = (): Translate => translators[useLanguage()]
