import { describe } from 'vitest'
import { addLine, inLine, lineOf, newLine, plant, makePackFolder } from '../testing.ts'
import type { Plant } from '../testing.ts'

makePackFolder()

/** A word replaced in one line, and the fault expected in that line. */
const typo = (file: string, what: string, line: string, from: string, to: string, field: string): Plant => [
  what,
  inLine(line, from, to),
  [lineOf(file, line), field],
]
/** A line added, and the fault expected in it. */
const extra = (file: string, what: string, line: string, ...fields: string[]): Plant => [
  what,
  addLine(line),
  ...fields.map((field): [number, string] => [newLine(file), field]),
]

describe('faults of categories', () => {
  const file = 'categories.csv'
  plant(
    file,
    ['a missing column', (t) => t.replace('risk', 'danger'), [1, 'risk']],
    ['no header at all', () => '', ['', '']],
    typo(file, 'an empty name', 'E0110', '暴露生活垃圾', '', 'name'),
    typo(file, 'a kind that is not the code’s', 'E0110', ',E,', ',C,', 'kind'),
    typo(file, 'a major that is not the code’s', 'E0110', ',01,', ',02,', 'major'),
    typo(file, 'an unknown risk', 'E0110', ',low,', ',tiny,', 'risk'),
    typo(file, 'an unknown unit', 'E0110', 'sanitation', 'cleaners', 'department'),
    typo(file, 'a default that is not there', 'E0110', 'E0110-1', 'E0110-9', 'defaultCondition'),
    typo(file, 'the default of another', 'E0110', 'E0110-1', 'E0112-1', 'defaultCondition'),
    typo(file, 'a share that is none', 'E0110', 'sanitation,', 'sanitation,a lot', 'share'),
    typo(file, 'a category that reaches no unit', 'E0113', 'municipal', '', 'department'),
    extra(
      file,
      'a code of another shape, without conditions',
      'E12,某,E,12,某,low,E12-1,water,',
      'code',
      'code',
    ),
    extra(file, 'a code given twice', 'E0110,又,E,01,又,low,E0110-1,water,', 'code'),
    extra(file, 'a category without conditions', 'E0109,某,E,01,市容环境,low,E0109-1,water,', 'code'),
  )
})

describe('faults of filing conditions', () => {
  const file = 'filing-conditions.csv'
  plant(
    file,
    typo(file, 'a limit in words', 'E0110-1,', '4工作时', '四工作时', 'limit'),
    typo(file, 'a limit without a unit', 'E0110-1,', '4工作时', '4', 'limit'),
    typo(file, 'no closing condition', 'E0110-1,', '清理干净', '', 'closeCondition'),
    extra(file, 'an unknown category', 'E9999-1,E9999,某,1工作日,好,', 'category'),
    extra(file, 'an id given twice', 'E0110-1,E0110,又,1工作日,好,', 'id'),
    extra(file, 'more cells than headers', 'E0110-2,E0110,某,1工作日,好,,,多', ''),
    extra(file, 'an open quote', '"E0110-2,E0110,某,1工作日,好,', ''),
  )
})

describe('faults of units and routing', () => {
  const units = 'departments.csv'
  plant(
    units,
    typo(units, 'a circle', 'water,', '水利局,', '水利局,water-river', 'parent'),
    typo(units, 'an unknown parent', 'water-river', ',water,', ',navy,', 'parent'),
    typo(units, 'an unknown calendar', 'gas,', 'emergency', 'nights', 'calendar'),
    extra(units, 'a code given twice', 'water,又,,bureau,,,', 'code'),
  )
  const rules = 'routing.csv'
  plant(
    rules,
    typo(rules, 'an unknown area', 'R005', '990191001', '990191009', 'area'),
    typo(rules, 'an unknown zone kind', 'R001', 'main-road', 'avenue', 'zoneKind'),
    typo(rules, 'an unknown unit', 'R001', 'municipal', 'nobody', 'department'),
    typo(rules, 'an order in words', 'R001', ',10,', ',first,', 'order'),
    extra(rules, 'an unknown category', 'R900,9000,X01,,,,water,', 'category'),
    extra(rules, 'an unknown source', 'R900,9000,E0110,,,rumour,water,', 'source'),
    extra(rules, 'an unknown co-department', 'R900,9000,E0110,,,,water,navy', 'coDepartments'),
  )
})

describe('faults of calendars', () => {
  const file = 'calendars.csv'
  plant(
    file,
    typo(file, 'one that has ended', 'season,sanitation', '2030-12-31', '2026-06-30', 'to'),
    typo(file, 'a last day that is no date', 'season,sanitation', '2030-12-31', '2030-13-31', 'to'),
    typo(
      file,
      'a period that ends before it begins',
      'season,sanitation',
      '05:00-22:00',
      '22:00-05:00',
      'periods',
    ),
    typo(file, 'a period that is none', 'season,sanitation', '05:00-22:00', 'mornings', 'periods'),
    typo(file, 'an eighth weekday', 'season,sanitation', '1-7', '1-8', 'weekdays'),
    ['a holiday that is worked', addLine('make-up,water,2026-10-01,,,,'), [lineOf(file, 'holiday,'), 'from']],
    [
      'a season of everybody',
      addLine('season,*,2031-01-01,2031-12-31,1-7,00:00-24:00,'),
      [newLine(file), 'owner'],
    ],
    extra(file, 'seasons that overlap', 'season,sanitation,2030-06-01,2031-12-31,1-7,05:00-22:00,', 'from'),
    extra(
      file,
      'weekdays that a spreadsheet made a date of',
      'season,gas,2026-01-01,2030-12-31,1月5日,08:00-12:00,',
      'weekdays',
    ),
    ['no centre', (t) => t.replace(/^.*centre.*\n/gm, ''), ['', 'owner']],
    extra(file, 'a weekday set twice', 'season,sanitation,2026-01-01,2030-12-31,7,08:00-09:00,', 'weekdays'),
    extra(file, 'an unknown type', 'feast,centre,2026-10-01,,,,', 'type'),
    extra(file, 'a holiday of an owner without seasons', 'holiday,gas,2026-10-01,,,,', 'owner'),
    extra(file, 'a holiday of years', 'holiday,centre,2026-10-01,2028-10-01,,,', 'to'),
  )
})

describe('faults of users and components', () => {
  const users = 'users.csv'
  plant(
    users,
    typo(users, 'an unknown post', 'duty,', 'duty-manager', 'duty-manger', 'posts'),
    typo(users, 'an unknown unit', 'dept-water', ',water,', ',navy,', 'department'),
    typo(users, 'an officer without a unit', 'dept-water', ',water,', ',,', 'department'),
    typo(users, 'an unknown area', 'grid-1,', '990191001001002', '990191001009', 'areas'),
    typo(users, 'a blank in the user name', 'grid-1,', 'grid-1', 'grid one', 'username'),
    extra(users, 'a user listed twice', 'duty,又,duty-manager,,,demo', 'username'),
  )
  const components = 'components.csv'
  plant(
    components,
    extra(components, 'swapped coordinates', '9901810103999999,C0103,municipal,29.7,113.9', 'lat'),
    extra(components, 'a longitude in words', '9901810103999999,C0103,municipal,east,29.7', 'lng'),
    extra(components, 'an unknown owner', '9901810103999999,C0103,navy,113.9,29.7', 'owner'),
    extra(components, 'an unknown category', '9901810103999999,C9999,municipal,113.9,29.7', 'category'),
  )
})
