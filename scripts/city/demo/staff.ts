// Accounts of the demo town: the centre, supervisors in two shifts, a grid member a grid, unit officers, handlers. They
// are named by post and place, so that nobody real is meant.
import { UNITS } from './units.ts'

export interface Account {
  username: string
  name: string
  posts: string
  department?: string
  areas?: string[]
}

/** What accounts are bound to, in the order of their codes. */
export interface StaffArea {
  code: string
  name: string
  level: string
}

export function staff(areas: readonly StaffArea[]): Account[] {
  return [...centre(), ...supervisors(areas), ...gridMembers(areas), ...officers(), ...handlers()]
}

/** `duty`, `duty-2`, `duty-3`: the first without a number, as it is the one named everywhere. */
const several = (username: string, name: string, posts: string, n: number): Account[] =>
  Array.from({ length: n }, (_, i) => ({
    username: i === 0 ? username : `${username}-${i + 1}`,
    name: i === 0 ? name : `${name}${i + 1}`,
    posts,
  }))

const centre = (): Account[] => [
  { username: 'admin', name: '系统管理员', posts: 'admin' },
  ...several('duty', '值班长', 'duty-manager', 3),
  ...several('operator', '受理员', 'operator', 6),
  ...several('dispatcher', '派遣员', 'dispatcher', 2),
  { username: 'evaluator', name: '考核员', posts: 'evaluator' },
  { username: 'head', name: '中心主任', posts: 'head' },
  { username: 'leader', name: '分管领导', posts: 'leader' },
  { username: 'wall', name: '大屏', posts: 'display' },
]

const number = (n: number) => String(n).padStart(2, '0')

/** Rounds 片区 of each shift: how many supervisors share the communities of which streets. */
const SHIFTS = [
  {
    name: '早班',
    rounds: [
      { name: '西城', streets: ['001'], people: 3 },
      { name: '南湖', streets: ['002'], people: 3 },
      { name: '北渠', streets: ['003'], people: 2 },
      { name: '开发区', streets: ['401'], people: 1 },
    ],
  },
  {
    name: '晚班',
    rounds: [
      { name: '西城', streets: ['001'], people: 3 },
      { name: '南湖', streets: ['002'], people: 3 },
      { name: '北渠、开发区', streets: ['003', '401'], people: 2 },
    ],
  },
]

/** One who hands out the tasks and has no areas, and seventeen who walk: every community has one in each shift. */
function supervisors(areas: readonly StaffArea[]): Account[] {
  const communities = areas.filter((a) => a.level === 'community').map((a) => a.code)
  const grids = areas.filter((a) => a.level === 'grid').map((a) => a.code)
  const size = (community: string) => grids.filter((g) => g.startsWith(community)).length
  const walking = SHIFTS.flatMap((shift) =>
    shift.rounds.flatMap(({ name, streets, people }) => {
      const mine = communities.filter((c) => streets.includes(c.slice(6, 9)))
      return shared(mine, size, people).map((round, i) => ({
        name: `${name}${people > 1 ? i + 1 : ''}片监督员（${shift.name}）`,
        areas: round,
      }))
    }),
  )
  return [
    { username: 'supervisor', name: '带班督导员', posts: 'supervisor' },
    ...walking.map((w, i) => ({ username: `supervisor-${number(i + 2)}`, posts: 'supervisor', ...w })),
  ]
}

/** Neighbours stay together, and each share has about as many grids. */
function shared(communities: readonly string[], size: (code: string) => number, people: number): string[][] {
  const total = communities.reduce((sum, c) => sum + size(c), 0)
  const rounds = Array.from({ length: people }, (): string[] => [])
  let before = 0
  for (const community of communities) {
    const middle = before + size(community) / 2
    rounds[Math.floor((middle / total) * people)]?.push(community)
    before += size(community)
  }
  return rounds
}

/** `grid` has no area; of the others one each, and the last of them two. */
function gridMembers(areas: readonly StaffArea[]): Account[] {
  const grids = areas.filter((a) => a.level === 'grid')
  const communities = new Map(
    areas.filter((a) => a.level === 'community').map((a) => [a.code, a.name.replace(/社区$/, '')]),
  )
  const nameOf = ({ code }: StaffArea) => `${communities.get(code.slice(0, 12)) ?? ''}${code.slice(-2)}`
  const own = grids.slice(0, -1).map((grid, i, all): Account => {
    const last = i === all.length - 1 ? grids.at(-1) : undefined
    return {
      username: `grid-${number(i + 2)}`,
      name: `${nameOf(grid)}网格员${last ? `（兼${last.code.slice(-2)}）` : ''}`,
      posts: 'grid-member',
      areas: last ? [grid.code, last.code] : [grid.code],
    }
  })
  return [{ username: 'grid', name: '网格员', posts: 'grid-member' }, ...own]
}

/** Units with so many cases that two people answer for them. */
const TWO_OFFICERS = ['enforcement', 'sanitation', 'municipal', 'st-xicheng', 'st-nanhu']

const officers = (): Account[] =>
  UNITS.filter((u) => u.parent === undefined).flatMap((u) =>
    several(
      `dept-${u.code}`,
      `${u.name}经办`,
      'department-officer',
      TWO_OFFICERS.includes(u.code) ? 2 : 1,
    ).map((account) => ({ ...account, department: u.code })),
  )

/** People who go and do it, by unit; units not named here have none and ask their communities or contractors. */
const HANDLERS: Record<string, number> = {
  'enforcement-xicheng': 3,
  'enforcement-nanhu': 3,
  'enforcement-beiqu': 2,
  'sanitation-sweep1': 3,
  'sanitation-sweep2': 3,
  'sanitation-haul': 2,
  'sanitation-cleaning': 2,
  'municipal-road': 2,
  'municipal-drain': 2,
  'municipal-lamp': 2,
  'greening-care1': 2,
  'greening-care2': 2,
  water: 1,
  'water-canal': 2,
  'water-lake': 1,
  'housing-site': 1,
  'housing-estate': 1,
  traffic: 2,
  'police-xicheng': 1,
  'police-nanhu': 1,
  'police-beiqu': 1,
  market: 1,
  'transport-bus': 1,
  fire: 1,
  watersupply: 2,
  power: 1,
  'telecom-mobile': 1,
  'telecom-unicom': 1,
  'telecom-dianxin': 1,
  'telecom-tower': 1,
  'telecom-cable': 1,
  gas: 1,
  'st-xicheng': 2,
  'st-nanhu': 2,
  'st-beiqu': 1,
  kfq: 1,
  'st-beiqu-pm-fangzhi': 1,
  'st-xicheng-pm-jianshe': 1,
  'st-nanhu-pm-hetang': 1,
}

const handlers = (): Account[] =>
  UNITS.flatMap((u) =>
    several(`handler-${u.code}`, `${u.name}处置员`, 'handler', HANDLERS[u.code] ?? 0).map((account) => ({
      ...account,
      department: u.code,
    })),
  )
