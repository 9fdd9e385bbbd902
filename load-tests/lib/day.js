// What the people of a city do all day, each with pauses to think: report, accept, file, dispatch, acknowledge, reply,
// check, close. Nobody knows the rules: what may be done with a case is asked of it.
import exec from 'k6/execution'
import { sleep } from 'k6'
import { litter, report } from './ledger.js'
import { act, get, offered, pick, post, upload } from './people.js'
import { photo } from './photos.js'

/** Units that the demo city sends such cases to. */
export const UNITS = ['sanitation', 'water', 'enforcement', 'municipal', 'housing']

/** Seconds to think; PACE=10 lets everybody think a tenth of it. */
const PACE = Number(__ENV.PACE || 1)
export const think = (seconds) => sleep((seconds * (0.5 + Math.random())) / PACE)

const MATTERS = [
  litter,
  litter,
  litter,
  () => ({ description: '河面有漂浮垃圾', categoryCode: 'E0125', source: 'grid' }),
  () => ({ description: '楼道口堆放杂物', categoryCode: 'E0112', source: 'grid' }),
]

/** Two of three reports have a photo. */
export function gridMember(all) {
  const { grid } = all.cookies
  const id = Math.random() < 0.67 ? upload(grid, photo('before')) : undefined
  report(all, grid, { ...pick(MATTERS)(), ...(id === undefined ? {} : { photos: [id] }) })
  if (Math.random() < 0.2) get(grid, '/cases?mine=1&limit=20', 'my-cases')
  think(8)
}

/** Without a login, and limited: one every few seconds at most. */
export function citizen(all) {
  report(all, undefined, { description: '小区门口垃圾无人清理', categoryCode: 'E0110', source: 'citizen' })
}

/** Looks at the first page of what waits and takes something from it; the oldest are what colleagues take as well. */
const some = (answer, most) => {
  if (answer.status !== 200) return []
  const items = answer.json('items')
  const from = Math.floor(Math.random() * Math.max(1, items.length - most))
  return items.slice(from, from + most)
}

/** In the order in which they are tried. */
const CENTRE = [
  ['accept', () => ({})],
  ['file', () => ({})],
  ['dispatch', () => ({ department: 'sanitation' })],
  ['grant-return', () => ({})],
  ['close', () => ({ outcome: 'fixed' })],
]

export function centre(all) {
  const who = exec.scenario.name === 'operators' ? 'operator' : 'duty'
  const post = who === 'operator' ? 'operator' : 'duty-manager'
  const cookie = all.cookies[who]
  const waiting = get(cookie, `/cases?waitsFor=${post}&limit=100`, 'waiting')
  for (const item of some(waiting, 5)) {
    const may = offered(cookie, item.id)
    const step = CENTRE.find(([action]) => may.includes(action))
    if (step) act(cookie, item, step[0], step[1]())
    think(1)
  }
  think(2)
}

export function department(all) {
  const unit = UNITS[exec.vu.idInTest % UNITS.length]
  const cookie = all.units[unit]
  const mine = get(cookie, `/cases?department=${unit}&status=dispatched,handling&limit=100`, 'inbox')
  for (const item of some(mine, 4)) {
    const may = offered(cookie, item.id)
    if (may.includes('acknowledge')) act(cookie, item, 'acknowledge')
    else if (may.includes('reply')) {
      const id = upload(cookie, photo('after'))
      act(cookie, item, 'reply', { result: '已清理干净', outcome: 'fixed', ...(id ? { photos: [id] } : {}) })
    }
    think(1)
  }
  think(3)
}

export function supervisor(all) {
  const cookie = all.cookies.supervisor
  const tasks = get(cookie, '/tasks?mine=1&limit=100', 'tasks')
  for (const task of some(tasks, 3)) {
    const id = upload(cookie, photo('after'))
    post(
      cookie,
      `/tasks/${task.id}/actions`,
      {
        action: 'report',
        result: task.kind === 'check' ? 'pass' : true,
        note: '现场已恢复',
        photos: id ? [id] : [],
      },
      `report-${task.kind}`,
    )
    think(1)
  }
  think(3)
}
