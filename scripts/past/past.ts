// Years of a city in an empty database: a present quarter that is lived by the demo's own simulation and appended step by
// step, and before it as many closed cases as asked for, multiplied from that quarter's and loaded by COPY.
import type { City } from '#domain/city/types.ts'
import { cityDay } from '#domain/city-time.ts'
import { FOLD_VERSION, isOnBoard } from '#domain/board-fold.ts'
import { addDays, dayNumber, weekday } from '#domain/days.ts'
import { boardMonth } from '#domain/month.ts'
import { dice } from '#scripts/life/chance.ts'
import { openTown } from '#scripts/life/town.ts'
import { openCities } from '#store/cities.ts'
import { connectDirect } from '#store/direct.ts'
import { openDirectory } from '#store/directory.ts'
import { allStaff, beginHistory, continueNumbers, finishHistory, readHistory } from '#store/history.ts'
import type { Store } from '#store/open.ts'
import { openProjector } from '#store/projector.ts'
import { loadHistory } from '../history/load.ts'
import { type History, makeHistory } from '../history/make.ts'
import { openPeople } from '../history/people.ts'
import type { Period } from '../history/period.ts'
import { openSink, withoutIndexes } from './sink.ts'
import { CASE_COLUMNS, Slots, type Template, templateOf } from './template.ts'
import { MOST_DAYS, PAST_COLUMNS, type PastTable, Weave, type WovenHead } from './weave.ts'

export interface PastOptions {
  store: Store
  /** As the owner of the tables. */
  ownerUrl: string
  /** Cases in all, those of the present among them. */
  cases: number
  /** Of the present: reported in its quarter. */
  present: number
  /** Open at the end. */
  open: number
  years: number
  /** Where it all ends, epoch ms. */
  until: number
  /** Days of the present; a quarter unless said. */
  presentDays?: number
  onProgress?: (text: string) => void
}

export interface MadePast {
  cases: number
  events: number
  /** Of the closed cases before the present. */
  past: { cases: number; events: number; facts: number; bytes: number; seconds: number; indexSeconds: number }
}

/** Days after the closed quarter: what it left is done in them. */
const AFTER = 4
const READERS = ['automation', 'notices', 'photo-uses', 'register', 'timers']

/** @throws when the database holds cases already. What is half made is to be dropped. */
export async function makePast(options: PastOptions): Promise<MadePast> {
  const { store, onProgress = () => {} } = options
  if (await readHistory(store)) throw new Error('this database has a history already: take an empty one')
  const cityFor = openCities(store)
  const city = await cityFor()
  onProgress('a quarter is lived')
  const history = await livedQuarter(options, city)
  const { period, lives } = history
  if (!(await beginHistory(store, period)))
    throw new Error('this database has cases already: take an empty one')
  const wanted = options.cases - lives.length
  const past = wanted > 0 ? await loadPast(options, history, city, wanted) : NOTHING
  onProgress('the present is lived')
  await loadHistory(history, {
    store,
    projector: openProjector({ store, cityFor }),
    cityFor,
    timeZone: city.pack.timeZone,
    done: 0,
    onProgress: (done, of) => onProgress(`the present: ${Math.floor((done / of) * 100)} %`),
  })
  await continueNumbers(store)
  await finishHistory(store)
  return {
    cases: past.cases + lives.length,
    events: past.events + lives.reduce((sum, l) => sum + l.events.length, 0),
    past,
  }
}

const NOTHING: MadePast['past'] = { cases: 0, events: 0, facts: 0, bytes: 0, seconds: 0, indexSeconds: 0 }

async function livedQuarter(
  { store, present, open, until, presentDays = 91 }: PastOptions,
  city: City,
): Promise<History> {
  const to = addDays(cityDay(until, city.pack.timeZone), -AFTER)
  const period: Period = {
    seed: 'past',
    from: addDays(to, -presentDays),
    to,
    counts: { reported: present, filed: Math.round(present * 0.975), closed: Math.round(present * 0.93) },
    until,
    open,
  }
  const directory = openDirectory(store)
  await directory.refresh()
  return makeHistory({
    period,
    town: openTown(city.pack),
    city,
    people: openPeople(await allStaff(store)),
    assigneeFor: (kind, state) => directory.assigneeFor(kind, state, city.pack.policies.taskAssignee),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  })
}

/** The closed cases before the present. */
async function loadPast(
  options: PastOptions,
  { lives, period }: History,
  city: City,
  wanted: number,
): Promise<MadePast['past']> {
  const { store, ownerUrl, years, onProgress = () => {} } = options
  const staff = await allStaff(store)
  const slots = new Slots()
  const about = {
    accounts: new Set(staff.map((s) => s.id)),
    cases: new Set(lives.map((l) => l.plan.id)),
  }
  const templates = lives.flatMap((life) => templateOf(life, city, slots, about) ?? [])
  const usable = templates.filter((t) => t.days < MOST_DAYS)
  const sample = lives.find((l) => !isOnBoard(l.state))
  if (!sample || usable.length === 0) throw new Error('the present has no closed case to go by')
  const end = dayNumber(period.from)
  const first = end - Math.round(years * 365)
  const began = performance.now()
  let ready = began
  return withoutIndexes(
    ownerUrl,
    async () => {
      const columns: Record<PastTable, readonly string[]> = {
        ...PAST_COLUMNS,
        case: CASE_COLUMNS(sample.state),
      }
      const sink = await openSink(ownerUrl, columns)
      try {
        const { timeZone, periods } = city.pack
        const weave = new Weave({ sink, slots, timeZone, periods })
        await weaveAll(weave, usable, { first, end, wanted }, (cases) =>
          onProgress(`${cases.toLocaleString('en')} of ${wanted.toLocaleString('en')} past cases`),
        )
        const head = weave.end()
        await sink.end()
        await setHead(ownerUrl, head, boardMonth(head.day, periods))
        ready = performance.now()
        const { cases, events, seq } = head
        return { cases, events, facts: seq, bytes: sink.bytes, seconds: (ready - began) / 1000 }
      } catch (error) {
        await sink.abandon()
        throw error
      }
    },
    (statement) => onProgress(statement.replace(/ ON public\..*/u, '').toLowerCase()),
  ).then((made) => ({ ...made, indexSeconds: (performance.now() - ready) / 1000 }))
}

/** Every day as many as its weekday has in the quarter, each template once before any comes again. */
async function weaveAll(
  weave: Weave,
  templates: readonly Template[],
  { first, end, wanted }: { first: number; end: number; wanted: number },
  progress: (cases: number) => void,
): Promise<void> {
  const ofWeekday = Map.groupBy(templates, (t) => weekday(t.day))
  const order = new Map([...ofWeekday].map(([day, list]) => [day, shuffled(list)]))
  const weight = (day: number) => ofWeekday.get(weekday(day))?.length ?? 0
  let left = 0
  for (let day = first; day < end; day++) left += weight(day)
  let owed = wanted
  const next = new Map<number, number>()
  for (let day = first; day < end; day++) {
    const list = order.get(weekday(day)) ?? []
    const count = left === 0 ? 0 : Math.round((owed * weight(day)) / left)
    left -= weight(day)
    owed -= count
    for (let n = 0; n < count; n++) {
      const template = fitting(list, next, weekday(day), end - day)
      weave.begin(template, day, dice('past', day, n))
    }
    await weave.day(day)
    if ((day - first) % 20 === 0) progress(weave.head.cases)
  }
}

/** The next one in turn that is over before the present begins. */
function fitting(list: readonly Template[], next: Map<number, number>, key: number, days: number): Template {
  for (let tries = 0; tries < list.length; tries++) {
    const at = next.get(key) ?? 0
    next.set(key, (at + 1) % list.length)
    const template = list[at]
    if (template && template.days < days) return template
  }
  throw new Error('no case of the present is short enough to end before it')
}

const shuffled = (list: readonly Template[]): Template[] =>
  list
    .map((template, i) => ({ template, rank: dice('shuffle', i) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ template }) => template)

/** The board as it stands after the past: nothing open, nothing waiting, every reader at the head. */
async function setHead(ownerUrl: string, head: WovenHead, month: unknown): Promise<void> {
  const client = await connectDirect(ownerUrl, 'huiyin-generate')
  try {
    await client.query(
      `update feed_head set seq = $1, hash = $2, day = $3, at = $4, fold = $5, month = $6, month_seq = $1`,
      [head.seq, Buffer.from(head.hash), head.day, new Date(head.at), FOLD_VERSION, JSON.stringify(month)],
    )
    await client.query(
      `insert into reader (name, seq) select unnest($1::text[]), $2 on conflict (name) do update set seq = excluded.seq`,
      [READERS, head.seq],
    )
    await client.query(`select setval(pg_get_serial_sequence('case_event', 'id'), $1)`, [head.events])
  } finally {
    await client.end()
  }
}
