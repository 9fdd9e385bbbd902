// Cases whose flags are told in tests, and ways to ask for them: a city in which every stage has a limit.
import { flagsOf } from '../flags.ts'
import { type Flag, stands } from '../flags/flag.ts'
import type { FlagKey } from '../flags/table.ts'
import { type ReportFacts, Story } from './builder.ts'
import { at } from './calendars.ts'
import { aCity, DEMO_POLICIES } from './city.ts'

/** Sunday 29 September 2019, a make-up workday. Water: 4 working hours, 08:00–12:00 and 14:00–18:00. */
export const cn = (text: string) => `2019-${text.replace(' ', 'T')}:00+08:00`
export const city = aCity({
  ...DEMO_POLICIES,
  stageLimits: {
    accept: '0.25紧急工作时',
    file: '0.5紧急工作时',
    dispatch: '0.25紧急工作时',
    acknowledge: '1工作时',
    confirm: '0.5紧急工作时',
    check: '4工作时',
    close: '2工作时',
  },
})
export const tell = (report: ReportFacts = {}) => new Story({ city, report, pace: 0 }).rules()
export const dueOutside = (text: string) => ({ externalDueAt: at(text) }) as ReportFacts
export const flags = (story: Story, now = story.clock.now()) => flagsOf(story.log, city, now)

export const has = (list: readonly Flag[], ...keys: FlagKey[]) =>
  Object.fromEntries(keys.map((key) => [key, list.some((f) => f.key === key && f.for.kind !== 'worker')]))
export const units = (list: readonly Flag[], unit: string) =>
  list
    .filter((f) => f.for.kind !== 'worker' && f.for.unit === unit && stands(f))
    .map((f) => f.key)
    .sort()
export const find = (list: readonly Flag[], key: FlagKey, kind: Flag['for']['kind'] = 'case') =>
  list.filter((f) => f.key === key && f.for.kind === kind)

export const toHandling = () => tell().step('duty', 'file').rules().step('water', 'acknowledge')
export const toReplied = (when: string) =>
  toHandling().wait(cn(when)).step('water', 'reply', { result: '已清理' }).rules()
export const toClosed = (when: string) =>
  toReplied(when).step('supervisor', 'pass').rules().step('duty', 'close', { outcome: 'fixed' })
