// A board of many more open cases than the system holds, for the page alone: each case of a snapshot is shown again
// beside itself until there are as many as wanted. What the map and the model cost then, without a city of that size.
import type { Page } from 'playwright-core'
import type { BoardCase, BoardSnapshot } from '#domain/board.ts'

const SNAPSHOT = '42/live,["snapshot",'
/** Degrees; about a kilometre either way. */
const BESIDE = 0.01

/** The same cases, and copies of them beside, `open` in all. */
export function multiplied(cases: readonly BoardCase[], open: number): BoardCase[] {
  const many = [...cases]
  for (let i = 0; many.length < open && cases.length > 0; i++) {
    const of = cases[i % cases.length] as BoardCase
    // Spread evenly by the golden angle, the same each time.
    const [angle, far] = [i * 2.4, BESIDE * Math.sqrt((i * 0.618) % 1)]
    many.push({
      ...of,
      id: `${of.id}-${i}`,
      lng: of.lng + far * Math.cos(angle),
      lat: of.lat + far * Math.sin(angle),
    })
  }
  return many
}

/** Call before the page opens. @param more is added to each count of the day and the month that there is */
export async function showMany(page: Page, open: number, more = 0): Promise<void> {
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      if (typeof message !== 'string' || !message.startsWith(SNAPSHOT)) return socket.send(message)
      const snapshot = JSON.parse(message.slice(SNAPSHOT.length, -1)) as BoardSnapshot
      const counts = snapshot.counts.map((c) => (c.n > 0 ? { ...c, n: c.n + more } : c))
      const cases = multiplied(snapshot.cases, open)
      socket.send(`${SNAPSHOT}${JSON.stringify({ ...snapshot, counts, cases })}]`)
    })
  })
}
