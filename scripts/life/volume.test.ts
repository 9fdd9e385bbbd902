import { describe, expect, it } from 'vitest'
import { addDays } from '#domain/days.ts'
import { STORM_REPORTS_A_DAY } from '#domain/demo.ts'
import { dice } from './chance.ts'
import { groupAt, isWet, openMix, sourceOf } from './mix.ts'
import { DAY_REPORTS, SOURCE_SHARES } from './rates.ts'
import { type CityDays, dayKind, groupOf, HOURLY, nextGap, reportsAnHour, SOURCE_GROUPS } from './volume.ts'

const CITY: CityDays = {
  timeZone: 'Asia/Shanghai',
  daysOff: { holidays: ['2026-09-25', '2026-09-26', '2026-09-27'], makeUpWorkdays: ['2026-09-20'] },
}
const ORDINARY = { scene: 'ordinary', multiple: 1 } as const
const at = (text: string) => Date.parse(`${text}:00+08:00`)
const hoursOf = (day: string) =>
  Array.from({ length: 24 }, (_, h) => at(`${day}T${String(h).padStart(2, '0')}:30`))
const dayTotal = (day: string, setting: Parameters<typeof reportsAnHour>[2]) =>
  hoursOf(day).reduce((sum, t) => sum + reportsAnHour(t, CITY, setting), 0)

describe('a day', () => {
  it('is a workday, a weekend, or the first workday after a holiday; a made-up workday counts as one', () => {
    expect(dayKind('2026-09-16', CITY.daysOff)).toBe('workday')
    expect(dayKind('2026-09-19', CITY.daysOff)).toBe('weekend')
    expect(dayKind('2026-09-20', CITY.daysOff)).toBe('workday')
    expect(dayKind('2026-09-21', CITY.daysOff)).toBe('workday')
    expect(dayKind('2026-09-25', CITY.daysOff)).toBe('weekend')
    expect(dayKind('2026-09-28', CITY.daysOff)).toBe('after-holiday')
    expect(dayKind('2026-09-29', CITY.daysOff)).toBe('workday')
  })

  it('has as many reports as such days have, times the volume', () => {
    expect(dayTotal('2026-09-16', ORDINARY)).toBeCloseTo(DAY_REPORTS.workday)
    expect(dayTotal('2026-09-19', ORDINARY)).toBeCloseTo(DAY_REPORTS.weekend)
    expect(dayTotal('2026-09-28', { scene: 'ordinary', multiple: 8 })).toBeCloseTo(
      8 * DAY_REPORTS['after-holiday'],
    )
  })

  it('of grid members has 42 % by ten; the public has its second hump in the evening', () => {
    const part = (group: (typeof SOURCE_GROUPS)[number], from: number, to: number) =>
      HOURLY[group].slice(from, to).reduce((a, b) => a + b, 0)
    expect(part('grid', 0, 10)).toBeCloseTo(0.42, 2)
    expect(part('public', 19, 22)).toBeGreaterThan(3 * part('grid', 19, 22))
    for (const group of SOURCE_GROUPS) expect(part(group, 0, 24)).toBeCloseTo(1)
  })

  it('of storm has nine hundred, a calm night next to nothing', () => {
    expect(dayTotal('2026-09-16', { scene: 'storm', multiple: 1 })).toBeCloseTo(STORM_REPORTS_A_DAY)
    const night = reportsAnHour(at('2026-09-16T23:30'), CITY, { scene: 'quiet', multiple: 1 })
    expect(night).toBeLessThan(0.2 * reportsAnHour(at('2026-09-16T23:30'), CITY, ORDINARY))
  })

  it('comes in at the pace of its hour', () => {
    const perHour = (time: string) => {
      const gaps = Array.from({ length: 3000 }, (_, i) => nextGap(at(time), CITY, ORDINARY, dice('gap', i)))
      return 3_600_000 / (gaps.reduce((a, b) => a + b) / gaps.length)
    }
    for (const time of ['2026-09-16T09:30', '2026-09-16T13:30']) {
      const wanted = reportsAnHour(at(time), CITY, ORDINARY)
      expect(Math.abs(perHour(time) / wanted - 1)).toBeLessThan(0.08)
    }
  })
})

describe('the mix', () => {
  const categories = [
    { code: 'E0110', share: 60 },
    { code: 'E0405', share: 30 },
    { code: 'E0301', share: 9 },
    { code: 'E0506', share: 1 },
    { code: 'X', share: 0 },
  ]
  const mix = openMix(categories, 'Asia/Shanghai')
  /** Over three times eleven days with their rain, every hour and group by its part of the reports. */
  const overall = () => {
    const sums = new Map<string, number>()
    let all = 0
    for (let d = 0; d < 33; d++)
      for (const t of hoursOf(addDays('2026-01-07', d)))
        for (const group of SOURCE_GROUPS) {
          const n = reportsAnHour(
            t,
            { ...CITY, daysOff: { holidays: [], makeUpWorkdays: [] } },
            ORDINARY,
            group,
          )
          all += n
          for (const [i, w] of mix.weights(t, group, 'ordinary').entries()) {
            const code = mix.codes[i] ?? ''
            sums.set(code, (sums.get(code) ?? 0) + n * w)
          }
        }
    return new Map([...sums].map(([code, n]) => [code, (100 * n) / all]))
  }

  it('gives over whole days the shares of the pack, however they lie in the hours', () => {
    const shares = overall()
    expect(shares.get('E0110')).toBeCloseTo(60, 0)
    expect(shares.get('E0405')).toBeCloseTo(30, 0)
    expect(shares.get('E0301')).toBeCloseTo(9, 0)
    expect(Math.abs((shares.get('E0506') ?? 0) - 1)).toBeLessThan(0.3)
    expect(shares.has('X')).toBe(false)
  })

  it('has shops outside their doors in the evening, building noise at night, water in the rain', () => {
    const weight = (time: string, code: string) =>
      mix.weights(at(time), 'grid', 'ordinary')[mix.codes.indexOf(code)] ?? 0
    expect(weight('2026-09-16T18:30', 'E0405')).toBeGreaterThan(1.5 * weight('2026-09-16T13:30', 'E0405'))
    expect(weight('2026-09-16T23:30', 'E0301')).toBeGreaterThan(3 * weight('2026-09-16T10:30', 'E0301'))
    const days = Array.from({ length: 30 }, (_, i) => `2026-09-${String(i + 1).padStart(2, '0')}`)
    const [wet, dry] = [days.find((d) => isWet(d)), days.find((d) => !isWet(d))]
    expect(weight(`${wet}T10:30`, 'E0506')).toBeGreaterThan(8 * weight(`${dry}T10:30`, 'E0506'))
    expect(weight('2026-09-16T10:30', 'E0506')).toBeLessThan(
      mix.weights(at('2026-09-16T10:30'), 'grid', 'storm')[mix.codes.indexOf('E0506')] ?? 0,
    )
  })

  it('rains two days in eleven', () => {
    const days = Array.from({ length: 330 }, (_, i) =>
      new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
    )
    expect(Math.abs(days.filter((d) => isWet(d)).length - 60)).toBeLessThanOrEqual(4)
  })

  it('needs a share to go by', () => {
    expect(() => openMix([{ code: 'E0110' }], 'Asia/Shanghai')).toThrow('gives no category a share')
  })

  it('draws sources by their shares within each group', () => {
    const drawn = Array.from({ length: 4000 }, (_, i) => sourceOf('public', `s${i}`))
    expect(drawn.every((s) => groupOf(s) === 'public')).toBe(true)
    const { hotline = 0, citizen = 0 } = SOURCE_SHARES
    expect(drawn.filter((s) => s === 'hotline').length / 4000).toBeCloseTo(hotline / (hotline + citizen), 1)
    expect(groupAt({ grid: 0, public: 1, other: 0 }, 'x')).toBe('public')
  })
})
