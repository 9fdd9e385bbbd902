// A steady stream of real events through the public API that leaves as many cases open as it found: grid members report,
// the duty manager takes back what was reported before, and remarks on cases all over the city.
import { Client } from '../traffic/client.ts'

interface Listed {
  id: string
  version: number
  status: string
}

export interface Load {
  /** Events that the feed has taken since the beginning. */
  produced(): number
  /** Requests refused or failed, and the last words about one. */
  faults(): { n: number; last: string | undefined }
  /** Waits for what is under way. */
  stop(): Promise<void>
}

const STEP_MS = 250
const AT_ONCE = 12
/** Reported cases that wait for their turn to be taken back. */
const KEPT = 40
/** A report goes through screening, acceptance, filing and dispatch; to begin with, then measured. */
const EVENTS_AN_ACT = 2
/** How a case that was reported is taken back, by where it stands: the rules may have left it to a person. */
const TAKEN_BACK: Record<string, string> = {
  reported: 'reject',
  accepted: 'void',
  filed: 'void',
  dispatched: 'void',
  handling: 'void',
}

/** @param rate events a second, by the feed's own count. */
export async function startLoad(url: string, rate: number): Promise<Load> {
  const grid = new Client(url)
  const duty = new Client(url)
  await grid.login('grid', 'demo')
  await duty.login('duty', 'demo')
  const seq = async () => (await duty.get<{ seq: number }>('/board?scope=city')).seq
  const { items: zones } = await grid.get<{
    items: { kind: string; centre: { lng: number; lat: number } }[]
  }>('/zones')
  const road = zones.find((z) => z.kind === 'main-road')
  if (!road) throw new Error('the city has no main road to report on')
  const { items: known } = await duty.get<{ items: Listed[] }>('/cases?limit=200&status=handling')

  const mine: string[] = []
  const fault = { n: 0, last: undefined as string | undefined }
  let turn = 0
  const acts = [
    async () => {
      const made = await grid.post<{ id: string }>('/cases', {
        description: `路面有垃圾 ${turn}`,
        location: road.centre,
        categoryCode: 'E0110',
        source: 'grid',
      })
      mine.push(made.id)
    },
    async () => {
      const id = mine.length > KEPT ? mine.shift() : undefined
      if (id === undefined) return
      const { version, status } = await duty.get<Listed>(`/cases/${id}`)
      const action = TAKEN_BACK[status]
      if (action !== undefined)
        await duty.post(`/cases/${id}/actions`, { action, version, reason: '耐久试验' })
    },
    async () => {
      const at = known[turn % Math.max(1, known.length)]
      if (at) await duty.post(`/cases/${at.id}/actions`, { action: 'comment', text: '耐久试验' })
    },
  ]

  const begun = performance.now()
  const first = await seq()
  let last = first
  let done = 0
  let under = 0
  let over = false
  const act = async () => {
    under += 1
    const next = acts[turn++ % acts.length]
    try {
      await next?.()
    } catch (error) {
      fault.n += 1
      fault.last = error instanceof Error ? error.message : String(error)
    }
    under -= 1
    done += 1
  }
  const pump = async () => {
    while (!over) {
      last = await seq().catch(() => last)
      const made = last - first
      const each = done > 50 ? Math.max(0.5, made / done) : EVENTS_AN_ACT
      const owed = ((performance.now() - begun) / 1000) * rate - made - under * each
      const now = Math.min(AT_ONCE - under, Math.ceil(owed / each))
      for (let i = 0; i < now; i++) void act()
      await new Promise((r) => setTimeout(r, STEP_MS))
    }
    while (under > 0) await new Promise((r) => setTimeout(r, STEP_MS))
  }
  const pumping = pump()
  return {
    produced: () => last - first,
    faults: () => ({ ...fault }),
    stop: () => {
      over = true
      return pumping
    },
  }
}
