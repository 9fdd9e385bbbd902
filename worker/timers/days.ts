// City days 业务日 begin on the board at the city's midnight, once each, late rather than never.
import { cityDay, dayStart } from '#domain/city-time.ts'
import { dayNumber, dayText } from '#domain/days.ts'
import { lastDay, startDay } from '#store/timers.ts'
import type { FiringContext } from './fire.ts'

/** After a longer pause than this only the newest days are begun. */
const MOST_DAYS = 400

/** Begins every city day from the one after the board's up to that of `until` (epoch ms). @returns days begun. */
export async function beginDays({ store, runtime }: FiringContext, until: number): Promise<number> {
  const { timeZone } = (await runtime.cityFor()).pack
  const wanted = dayNumber(cityDay(until, timeZone))
  const last = await lastDay(store)
  const first = last === undefined ? wanted : Math.max(dayNumber(last) + 1, wanted - MOST_DAYS)
  let begun = 0
  for (let day = first; day <= wanted; day++) {
    const text = dayText(day)
    if (await startDay(store, text, dayStart(text, timeZone))) begun += 1
  }
  if (begun > 0) runtime.signals.raise('inbox')
  return begun
}

/** The next midnight of the city after `now`, with the day it begins. */
export function nextDay(now: number, timeZone: string): { day: string; fireAt: number } {
  const day = dayText(dayNumber(cityDay(now, timeZone)) + 1)
  return { day, fireAt: dayStart(day, timeZone) }
}
