// One camera kept running: attaches its player, notices when pictures stop, breaks off and tries again, longer apart each
// time. It has no timers of its own: `check` is called about once a second by whoever shows it.
import type { Attach, Close } from './players/player.ts'
import { ABSENT_MS, type Moment, retryAfterMs, type Signal, signalOf, STALLED_MS } from './signal.ts'

interface ConnectionOptions {
  stage: HTMLElement
  url: string
  load: () => Promise<Attach>
  now: () => Moment
  lostAfterMs: number
  /** Told why a try has ended; for the console and for support. */
  onFailure: (reason: string) => void
  /** Since when it has been silent, where it was when it was last shown. */
  silentSince?: Moment | undefined
}

export interface View {
  signal: Signal
  /** When the newest picture came, epoch ms of the wall's clock. */
  frameAt?: number
  /** Last picture, or first try: what 信号中断 counts from. */
  silentSince: number
}

export interface Connection {
  /** Does what is due, and says how it stands. */
  check(): View
  /** Ends it. @returns since when it is silent, where no picture came lately. */
  close(): Moment | undefined
}

export function openConnection(options: ConnectionOptions): Connection {
  const { stage, url, load, now, lostAfterMs, onFailure, silentSince } = options
  const begun = now()
  let silent = silentSince ?? begun
  let frame: Moment | undefined
  let attachedAt = begun.tick
  let checkedAt = begun.tick
  let running: Close | undefined
  let retryAt: number | undefined = begun.tick
  let failures = 0
  /** Names the present try: what an ended one still tells is not listened to. */
  let attempt = 0
  let isClosed = false

  function breakOff(): void {
    attempt += 1
    const end = running
    running = undefined
    end?.()
  }

  function fail(reason: string): void {
    breakOff()
    failures += 1
    retryAt = now().tick + retryAfterMs(failures)
    onFailure(reason)
  }

  async function begin(): Promise<void> {
    attempt += 1
    const mine = attempt
    const isMine = () => mine === attempt && !isClosed
    retryAt = undefined
    attachedAt = now().tick
    try {
      const attach = await load()
      if (!isMine()) return
      running = attach(stage, url, {
        onFrame() {
          if (!isMine()) return
          frame = now()
          silent = frame
          failures = 0
        },
        onError: (reason) => isMine() && fail(reason),
      })
      // A player may fail before it has given us the means to end it.
      if (!isMine()) {
        const end = running
        running = undefined
        end()
      }
    } catch (error) {
      if (isMine()) fail(error instanceof Error ? error.message : String(error))
    }
  }

  return {
    check() {
      const { tick } = now()
      const away = tick - checkedAt
      checkedAt = tick
      if (away > ABSENT_MS) {
        silent = { ...silent, tick: silent.tick + away }
        attachedAt += away
      }
      if (retryAt !== undefined && tick >= retryAt) void begin()
      else if (retryAt === undefined && tick - Math.max(silent.tick, attachedAt) >= STALLED_MS)
        fail('no picture comes')
      return {
        signal: signalOf({ silentSince: silent.tick, hasPicture: frame !== undefined, lostAfterMs }, tick),
        silentSince: silent.at,
        ...(frame ? { frameAt: frame.at } : {}),
      }
    },
    close() {
      isClosed = true
      breakOff()
      return now().tick - silent.tick > ABSENT_MS ? silent : undefined
    },
  }
}
