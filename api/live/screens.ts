// What walls are told apart from the board: their record and plan, what the desk shows on them, warning, duty, and which
// build of the page is current. Read when something changed here or in another process and every so often anyway; a
// screen hears of it only when its own message is another one. A screen whose session was ended is told so and cut off.
import type { Clock } from '#domain/clock.ts'
import type { ScreenMessage, ScreenRecord, PlanStep } from '#domain/wall-screen.ts'
import type { Log } from '#store/log.ts'
import { onceMore } from '#store/once-more.ts'
import type { Store } from '#store/open.ts'
import { type WallNews, wallNews } from '#store/screen-shows.ts'
import { screensInUse, screenSessionsHold, screensSeen } from '#store/screens.ts'
import type { Signals } from '#store/signal.ts'
import { buildOf } from './build.ts'

/** A wall's end, as far as this needs to know it. */
export interface ScreenClient {
  /** Undefined for a wall that is no registered screen. */
  readonly screenId: string | undefined
  /** Of a screen's own session; undefined for a person who looks at it. */
  readonly sessionHash: Uint8Array | undefined
  send(message: ScreenMessage): void
  /** Tells it and closes its line. */
  revoke(): void
}

export interface Screens {
  /** The client is told at once, and of every change from now on. */
  join(client: ScreenClient): void
  leave(client: ScreenClient): void
  close(): void
}

export interface ScreensOptions {
  store: Store
  signals: Signals
  log: Log
  /** The log's. */
  clock: Pick<Clock, 'now'>
  pagesDir: string
  /** Milliseconds: duty, the rota and builds change without a signal. */
  lookEvery?: number
  /** Milliseconds. */
  seenEvery?: number
}

interface Known {
  news: WallNews
  /** Monotonic milliseconds when `news.at` was read. */
  tick: number
  build: string | undefined
  screens: ReadonlyMap<string, { record: ScreenRecord; plan: PlanStep[] }>
}

export function openScreens(options: ScreensOptions): Screens {
  const { store, signals, log, clock, pagesDir, lookEvery = 15_000, seenEvery = 60_000 } = options
  /** With what each was told last, but for the clock. */
  const clients = new Map<ScreenClient, string | undefined>()
  let known: Known | undefined
  let failing = false
  let closed = false

  function messageFor({ screenId }: ScreenClient, { news, build, screens, tick }: Known): ScreenMessage {
    const own = screenId === undefined ? undefined : screens.get(screenId)
    return {
      at: news.at + Math.round(performance.now() - tick),
      ...(build === undefined ? {} : { build }),
      ...(own ? { record: own.record } : {}),
      plan: own?.plan ?? [],
      shows: news.shows
        .filter((s) => s.screens === undefined || (own && s.screens.includes(own.record.id)))
        .map(({ id, until, show }) => ({ ...show, id, until })),
      ...(news.warning ? { warning: news.warning } : {}),
      duty: news.duty,
    }
  }

  function tell(client: ScreenClient, state: Known): void {
    const message = messageFor(client, state)
    const said = JSON.stringify({ ...message, at: undefined })
    if (clients.get(client) === said) return
    clients.set(client, said)
    client.send(message)
  }

  /** Those whose session was ended go. */
  async function prove(): Promise<void> {
    const sessions = [...clients.keys()].flatMap((client) =>
      client.sessionHash ? [{ client, hash: client.sessionHash }] : [],
    )
    const hold = await screenSessionsHold(
      store,
      sessions.map((s) => s.hash),
    )
    sessions.forEach(({ client }, i) => {
      if (hold[i] === true || !clients.delete(client)) return
      client.revoke()
    })
  }

  async function look(): Promise<void> {
    await prove()
    const [news, inUse, build] = await Promise.all([
      wallNews(store, clock.now()),
      screensInUse(store),
      buildOf(pagesDir),
    ])
    known = {
      news,
      tick: performance.now(),
      // While a new build is being put in place the old one's name still stands.
      build: build ?? known?.build,
      screens: new Map(inUse.map((s) => [s.record.id, s])),
    }
    for (const client of clients.keys()) tell(client, known)
  }

  const { refresh } = onceMore(look)
  function lookAgain(): void {
    if (closed || clients.size === 0) return
    refresh().then(
      () => {
        failing = false
      },
      (error) => {
        if (!failing && !closed) log.warn({ err: error }, 'screens cannot be told what is shown on them')
        failing = true
      },
    )
  }

  const seen = (own: readonly ScreenClient[]) => {
    const ids = new Set(own.flatMap((c) => (c.sessionHash && c.screenId ? [c.screenId] : [])))
    screensSeen(store, [...ids]).catch(
      (error) => closed || log.warn({ err: error }, 'it could not be kept which screens are there'),
    )
  }

  const stopListening = signals.on('screen', lookAgain)
  const looking = setInterval(lookAgain, lookEvery)
  const seeing = setInterval(() => seen([...clients.keys()]), seenEvery)

  return {
    join(client) {
      clients.set(client, undefined)
      lookAgain()
      seen([client])
    },
    leave: (client) => void clients.delete(client),
    close() {
      closed = true
      stopListening()
      clearInterval(looking)
      clearInterval(seeing)
    },
  }
}
