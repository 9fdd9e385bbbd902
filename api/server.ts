// The api as a process part: HTTP and the live feed on one port. Closing it answers what has come in and takes nothing
// more.
import { Server as TlsServer } from 'node:tls'
import { fileURLToPath } from 'node:url'
import type { Config } from '#store/config.ts'
import { localUrl } from '#store/config.ts'
import type { Log } from '#store/log.ts'
import type { Store } from '#store/open.ts'
import { startBeating } from '#store/processes.ts'
import { openRuntime, type Runtime } from '#store/runtime.ts'
import { VERSION } from '#store/version.ts'
import { join } from 'node:path'
import { buildApp } from './app.ts'
import type { ApiDeps } from './deps.ts'
import { openScopes } from './http/idempotency.ts'
import { LIMITS, type Limits } from './http/limits.ts'
import { openLive } from './live/server.ts'
import { openHttpPort, type HttpPort } from './trust/http-port.ts'
import type { Tls } from './trust/tls.ts'
import { filePhotoStore, type PhotoStore } from './photos/photo-store.ts'

const PAGES_DIR = fileURLToPath(new URL('../dashboard/dist', import.meta.url))

export interface StartOptions {
  store: Store
  config: Config
  log: Log
  /** Shared with a worker in the same process; opened and closed here when absent. */
  runtime?: Runtime
  limits?: Partial<Limits>
  photos?: PhotoStore
  pagesDir?: string
  trustProxy?: string | boolean
  /** Absent = plain HTTP. Closed here. */
  tls?: Tls | undefined
}

export interface StartedApi {
  /** Where this machine reaches it. */
  url: string
  /** What it is bound to. */
  address: string
  /** Of plain HTTP, where phones are helped to trust the certificate. */
  httpPort?: number | undefined
  /** Ahead of closing, behind a proxy: goes on answering, and sends whoever asks elsewhere. */
  drain(): void
  close(): Promise<void>
}

export function apiDeps({
  store,
  config,
  log,
  runtime,
  ...options
}: StartOptions & { runtime: Runtime }): ApiDeps {
  return {
    store,
    config,
    log,
    runtime,
    photos: options.photos ?? filePhotoStore(join(config.dataDir, 'photos')),
    limits: { ...LIMITS, ...options.limits },
    scopeOf: openScopes(config.sessionSecret),
    pagesDir: options.pagesDir ?? PAGES_DIR,
    trustProxy: options.trustProxy ?? config.trustProxy ?? 'loopback',
    tls: options.tls,
  }
}

/** @throws what `listen` throws, e.g. when the port is taken; nothing is left open then. */
export async function startApi(options: StartOptions): Promise<StartedApi> {
  const { store, config, log } = options
  const runtime = options.runtime ?? (await openRuntime(store, log))
  let http: HttpPort | undefined
  const deps = { ...apiDeps({ ...options, runtime }), httpPort: () => http?.port }
  const { tls } = options
  const built = await buildApp(deps)
  const { app, tailer, logins } = built
  const live = openLive(deps, { http: app.server, tailer, logins })
  built.live.clients = live.clients
  // Sockets are open for ever: without this the server would wait for them.
  app.addHook('preClose', async () => live.close())
  const stopListening = tls?.onChange(() => {
    // Who is connected stays so; who comes next gets the new certificate.
    if (app.server instanceof TlsServer) app.server.setSecureContext(tls.current())
    log.info('the certificate was exchanged')
  })
  let beating: ReturnType<typeof startBeating> | undefined
  const close = async () => {
    stopListening?.()
    await beating?.close()
    tls?.close()
    await http?.close()
    await app.close()
    if (!options.runtime) await runtime.close()
  }
  try {
    const address = await app.listen({ port: config.port, host: config.host })
    if (tls && config.httpPort !== undefined)
      http = await openHttpPort({
        tls,
        publicUrl: config.publicUrl,
        httpPort: () => http?.port,
        port: config.httpPort,
        host: config.host,
        log,
      })
    tailer.follow()
    beating = startBeating(store, 'api', VERSION, log)
    const bound = app.server.address()
    const port = typeof bound === 'object' && bound ? bound.port : config.port
    return {
      url: localUrl(config.host, port, tls && 'https'),
      address,
      httpPort: http?.port,
      drain: built.drain,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
