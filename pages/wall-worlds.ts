// Three worlds to look at the wall in: a quiet night, a busy morning, a storm. Each is a data folder of its own: people,
// rules and timers act in memory as in the demo's history, and what they did goes through the real log and projector.
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { isFinal } from '#domain/case.ts'
import { addDays, HOUR_MS, MINUTE_MS } from '#domain/days.ts'
import { cityDay, dayStart } from '#domain/city-time.ts'
import { isWithUnit } from '#domain/light.ts'
import { readPack } from '#pack/read-pack.ts'
import { loadHistory } from '#scripts/history/load.ts'
import { openPeople } from '#scripts/history/people.ts'
import type { Period } from '#scripts/history/period.ts'
import { planCases } from '#scripts/history/plan.ts'
import { type Life, simulate, type World } from '#scripts/history/simulate.ts'
import { giveNumbers, worldOf } from '#scripts/history/make.ts'
import { openTown, type Town } from '#scripts/life/town.ts'
import { openDatabases } from '#scripts/runtime/databases.ts'
import { loadPack } from '#store/city.ts'
import { openCities } from '#store/cities.ts'
import { parseConfig } from '#store/config.ts'
import { openDirectory } from '#store/directory.ts'
import { allStaff, beginHistory, continueNumbers, finishHistory } from '#store/history.ts'
import { migrate } from '#store/migrate.ts'
import { receiptNo } from '#store/numbers.ts'
import { openStore, type Store } from '#store/open.ts'
import { openProjector } from '#store/projector.ts'

const PACK = fileURLToPath(new URL('../cities/demo', import.meta.url))

export const WORLDS = ['night', 'morning', 'storm'] as const
export type WorldName = (typeof WORLDS)[number]

interface Kind {
  /** Of the city's day, ms after midnight. */
  at: number
  /** Days of reports before, and reports in all of them. */
  days: number
  reports: number
  /** About so many open and so many overdue at the end; absent = as it comes. */
  open?: number
  overdue?: number
}

const KINDS: Record<WorldName, Kind> = {
  night: { at: 2 * HOUR_MS + 40 * MINUTE_MS, days: 20, reports: 1600 },
  morning: { at: 9 * HOUR_MS + 50 * MINUTE_MS, days: 20, reports: 2200 },
  storm: { at: 16 * HOUR_MS, days: 4, reports: 4200, open: 3000, overdue: 400 },
}

/** Everybody reports what a storm does. */
const stormy = (town: Town): Town => ({
  ...town,
  mix: { ...town.mix, weights: (at, group) => town.mix.weights(at, group, 'storm') },
})

/** The next Tuesday of the city at that time of the day: always ahead of the world's clock. */
function instantOf({ at }: Kind, timeZone: string): number {
  let day = addDays(cityDay(Date.now(), timeZone), 1)
  while (new Date(`${day}T12:00:00Z`).getUTCDay() !== 2) day = addDays(day, 1)
  return dayStart(day, timeZone) + at
}

/**
 * Fills an empty data folder with a world, whose clock then stands where the world ends. Start the system on it with
 * DEMO_HISTORY=0 and DEMO_TRAFFIC=0.
 * @returns how many cases are open and overdue in it.
 */
export async function makeWorld(
  name: WorldName,
  dataDir: string,
): Promise<{ open: number; overdue: number }> {
  await rm(dataDir, { recursive: true, force: true })
  const parsed = parseConfig({ DATA_DIR: dataDir, DEMO: '1', DEMO_TRAFFIC: '0', DEMO_HISTORY: '0' })
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  const databases = await openDatabases(parsed.config, { command: 'a world', log: () => {} })
  try {
    await migrate({ databaseUrl: databases.migrateDatabaseUrl, log: () => {} })
    const store = openStore({ databaseUrl: databases.databaseUrl })
    try {
      return await fill(store, KINDS[name], name)
    } finally {
      await store.close()
    }
  } finally {
    await databases.close()
  }
}

async function fill(store: Store, kind: Kind, name: WorldName): Promise<{ open: number; overdue: number }> {
  const { pack, faults } = await readPack(PACK)
  if (!pack) throw new Error(JSON.stringify(faults))
  await loadPack(store, pack)
  const cityFor = openCities(store)
  const city = await cityFor()
  const town = name === 'storm' ? stormy(openTown(city.pack)) : openTown(city.pack)
  const directory = openDirectory(store)
  await directory.refresh()
  const people = openPeople(await allStaff(store))
  const until = instantOf(kind, city.pack.timeZone)
  const today = cityDay(until, city.pack.timeZone)
  const period: Period = {
    seed: `wall ${name}`,
    from: addDays(today, -kind.days),
    to: addDays(today, 1),
    counts: { reported: kind.reports, filed: kind.reports, closed: 0 },
    until,
    open: kind.open ?? 0,
  }
  const world = worldOf(
    {
      period,
      town,
      city,
      people,
      assigneeFor: (task, state) => directory.assigneeFor(task, state, city.pack.policies.taskAssignee),
      breathe: async () => {},
    },
    () => [],
  )
  const lives = planCases({ period, town, city, people, receiptNo }).map((p) => simulate(p, world, until))
  if (kind.open !== undefined) settle(lives, world, until, kind)
  giveNumbers(lives, city.pack.timeZone)
  if (!(await beginHistory(store, period))) throw new Error('the data folder is not empty')
  await loadHistory(
    { period, lives, pictures: [], counts: { reported: 0, filed: 0, closed: 0, open: 0 } },
    {
      store,
      projector: openProjector({ store, cityFor }),
      cityFor,
      timeZone: city.pack.timeZone,
      done: 0,
      onProgress: () => {},
    },
  )
  await continueNumbers(store)
  await finishHistory(store)
  await setClock(store, until)
  return { open: lives.filter(isOpen).length, overdue: lives.filter((l) => isOverdue(l, until)).length }
}

const isOpen = ({ state }: Life) => !isFinal(state.status)
const isOverdue = ({ state }: Life, now: number) =>
  isWithUnit(state) && state.clock !== undefined && state.clock.dueAt <= now

/** Holds replies back until enough is open, and lets the oldest of what is overdue end until little enough is. */
function settle(lives: Life[], world: World, until: number, kind: Kind): void {
  const again = (i: number, directive: Life['plan']['directive']) => {
    const life = lives[i]
    if (!life) return
    life.plan.directive = directive
    lives[i] = simulate(life.plan, world, until)
  }
  for (let i = lives.length - 1, open = lives.filter(isOpen).length; i >= 0 && open < (kind.open ?? 0); i--) {
    const life = lives[i]
    if (!life || isOpen(life) || life.plan.incident.selfHandled !== undefined) continue
    again(i, { replyAfter: until + HOUR_MS, closeAfter: until + HOUR_MS })
    if (lives[i] && isOpen(lives[i] as Life)) open += 1
  }
  let late = lives.filter((l) => isOverdue(l, until)).length
  let open = lives.filter(isOpen).length
  for (const [i, life] of [...lives].entries()) {
    if (late <= (kind.overdue ?? late)) break
    if (!isOverdue(life, until)) continue
    // Done by the unit, and waiting for its check: open still, but not overdue.
    const repliedBy = Math.max(life.plan.at + HOUR_MS, until - 2 * HOUR_MS)
    again(i, { finishBy: repliedBy, stopAt: 'pass' })
    late -= 1
  }
  open = lives.filter(isOpen).length
  for (let i = 0; i < lives.length && open > (kind.open ?? open) + 50; i++) {
    const life = lives[i]
    if (!life || !isOpen(life) || isOverdue(life, until)) continue
    again(i, { finishBy: until - MINUTE_MS })
    open -= 1
  }
}

/** The demo's clock goes on from the end of the world, at the world's pace. */
async function setClock({ sql }: Store, shows: number): Promise<void> {
  await sql`
    insert into demo (anchored_at, shows, rate, rate_before, at_work_at, scene, multiple, traffic)
    values (clock_timestamp(), ${new Date(shows)}, 1, 1, clock_timestamp(), 'ordinary', 1, false)`
}

// `node pages/wall-worlds.ts storm /tmp/storm` makes one to look at.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , name, dataDir] = process.argv
  const world = WORLDS.find((w) => w === name)
  if (!world || !dataDir) {
    console.error(`node pages/wall-worlds.ts ${WORLDS.join('|')} DATA_DIR`)
    process.exit(2)
  }
  console.log(await makeWorld(world, dataDir))
}
