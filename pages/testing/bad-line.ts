// A line between page and server that loses, doubles and shuffles what the board says. By a fixed row of dice, so that a
// failure can be seen again.
import type { Page } from 'playwright-core'

export interface BadLine {
  lost: number
  doubled: number
  shuffled: number
}

/** Of the messages about the board. */
const SHARE = { lost: 0.15, doubled: 0.15, shuffled: 0.15 }
const ABOUT_BOARD = /^42\/live,\["(delta|snapshot|heartbeat)"/

/** Numbers in [0, 1) that are the same each time (mulberry32). */
function diceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Call before the page opens. The counts go on rising while it runs. */
export async function spoilLine(page: Page, seed: number): Promise<BadLine> {
  const line: BadLine = { lost: 0, doubled: 0, shuffled: 0 }
  const dice = diceOf(seed)
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    /** Waits until the next one has gone past. */
    let held: string | undefined
    server.onMessage((message) => {
      if (typeof message !== 'string' || !ABOUT_BOARD.test(message)) return socket.send(message)
      const at = dice()
      if (at < SHARE.lost) {
        line.lost += 1
        return
      }
      if (at < SHARE.lost + SHARE.shuffled && held === undefined) {
        line.shuffled += 1
        held = message
        return
      }
      socket.send(message)
      if (held !== undefined) {
        socket.send(held)
        held = undefined
      }
      if (at > 1 - SHARE.doubled) {
        line.doubled += 1
        socket.send(message)
      }
    })
  })
  return line
}
