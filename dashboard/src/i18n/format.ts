// Times and spans as people read them. Instants are epoch ms; wall-clock times are the city's, never the device's.
import type { Language } from './language.ts'
import type { Translate } from './translate.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const pad = (n: number) => String(n).padStart(2, '0')

/** A span in at most two units: `23分`, `3时05分`, `2天3时`. Negative spans read as their absolute value. */
export function formatSpan(ms: number, t: Translate): string {
  const span = Math.abs(ms)
  if (span < MINUTE) return t('span.under-a-minute')
  if (span < HOUR) return t('span.minutes', { m: Math.floor(span / MINUTE) })
  if (span < DAY) {
    const m = Math.floor((span % HOUR) / MINUTE)
    const h = Math.floor(span / HOUR)
    return m === 0 ? t('span.hours', { h }) : t('span.hours-minutes', { h, m: pad(m) })
  }
  const h = Math.floor((span % DAY) / HOUR)
  const d = Math.floor(span / DAY)
  return h === 0 ? t('span.days', { d }) : t('span.days-hours', { d, h })
}

/** A span of a limit in one unit, for narrow places: `45分`, `2.5时`, `14天`. Right to a tenth, from ten on to the unit. */
export function formatLimit(ms: number, t: Translate): string {
  const rounded = (n: number) => String(n < 9.95 ? Math.round(n * 10) / 10 : Math.round(n))
  if (ms < MINUTE) return t('span.under-a-minute')
  const minutes = Math.round(ms / MINUTE)
  if (minutes < 120) return t('span.minutes', { m: minutes })
  if (ms < 47.5 * HOUR) return t('span.hours', { h: rounded(ms / HOUR) })
  return t('span.days', { d: rounded(ms / DAY) })
}

/** A countdown with seconds: `12:34`, `1:02:03`. Absolute value. */
export function formatCountdown(ms: number): string {
  const s = Math.floor(Math.abs(ms) / 1000)
  const h = Math.floor(s / 3600)
  const mm = pad(Math.floor((s % 3600) / 60))
  return h > 0 ? `${h}:${mm}:${pad(s % 60)}` : `${mm}:${pad(s % 60)}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, timeZone: string, name: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language}|${timeZone}|${name}`
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
      ...options,
      timeZone,
      hourCycle: 'h23',
    })
    formats.set(key, found)
  }
  return found
}

const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
const MINUTES = { hour: '2-digit', minute: '2-digit' } as const
const DATE = { year: 'numeric', month: 'long', day: 'numeric' } as const
const MONTH_DAY = { month: 'short', day: 'numeric' } as const
const WEEKDAY = { weekday: 'long' } as const
const SHORT = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const

/** `14:05:09` */
export const formatTime = (at: number, timeZone: string, language: Language) =>
  format(language, timeZone, 'time', TIME).format(at)
/** `14:05` */
export const formatMinutes = (at: number, timeZone: string, language: Language) =>
  format(language, timeZone, 'minutes', MINUTES).format(at)
/** `2026年11月19日` */
export const formatDate = (at: number, timeZone: string, language: Language) =>
  format(language, timeZone, 'date', DATE).format(at)
/** `11月19日` */
export const formatMonthDay = (at: number, timeZone: string, language: Language) =>
  format(language, timeZone, 'month-day', MONTH_DAY).format(at)
/** `星期四` */
export const formatWeekday = (at: number, timeZone: string, language: Language) =>
  format(language, timeZone, 'weekday', WEEKDAY).format(at)
/** `11/19 14:05` */
export const formatMoment = (at: number, timeZone: string, language: Language) =>
  format(language, timeZone, 'moment', SHORT).format(at)
