import { expect, it } from 'vitest'
import { cityPack } from '../testing/city.ts'
import { withFurtherCalendars } from './calendars.ts'
import { compileCity } from './compile.ts'

const pack = cityPack()
const reaching = (to: string) => ({
  ...pack,
  calendars: pack.calendars.map((c) => ({
    ...c,
    seasons: c.seasons.map((s, i, all) => (i === all.length - 1 ? { ...s, to } : s)),
  })),
})

it('takes the newest pack’s calendar where it reaches further, and else the case’s own', () => {
  const filed = compileCity(reaching('2020-03-31'), 1)
  const longer = compileCity(reaching('2021-03-31'), 2)
  const shorter = compileCity(reaching('2020-01-31'), 3)
  expect(withFurtherCalendars(filed, longer).calendarFor('centre')).toBe(longer.calendarFor('centre'))
  expect(withFurtherCalendars(filed, shorter).calendarFor('centre')).toBe(filed.calendarFor('centre'))
  expect(withFurtherCalendars(filed, filed)).toBe(filed)
})
