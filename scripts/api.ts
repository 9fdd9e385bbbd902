// `npm run api`: the api process alone, as many as are needed.
import { setTimeout as delay } from 'node:timers/promises'
import { startApi } from '#api/server.ts'
import { runAlone } from './runtime/alone.ts'
import { ensureDashboard } from './runtime/dashboard.ts'
import { assertCanListen } from './runtime/port.ts'
import { openTls } from './runtime/tls/open.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
DATABASE_URL=postgres://… SESSION_SECRET=… npm run api

The api and the pages, without worker and database. Run \`npm run migrate\` first, and at least one \`npm run worker\`.
Give every process the same SESSION_SECRET, REDIS_URL or QUEUE_DATABASE_URL, and DATA_DIR on shared storage (photos).
When it is told to stop it answers on for DRAIN_SECONDS (5), /readyz says 503 and connections are not kept, so that a
proxy goes elsewhere and nobody is refused.
Also: PORT HOST PUBLIC_URL TLS TLS_CERT TLS_KEY HTTP_PORT TRUST_PROXY MAPBOX_TOKEN MAP_STYLE_URL DEMO LOG_LEVEL.
`)

/** Longer than a proxy's round of /readyz, and than it keeps a connection that nothing goes over. */
const DRAIN_SECONDS = 5

await runAlone('api', async ({ config, store, log, lifecycle }) => {
  await assertCanListen(config.port, config.host)
  await ensureDashboard()
  const tls = await openTls(config, (line) => log.warn(line))
  const api = await startApi({ store, config, log, tls })
  lifecycle.onStop('The api', () => api.close())
  const { drainSeconds = DRAIN_SECONDS } = config
  const drain = async () => {
    api.drain()
    await delay(drainSeconds * 1_000)
  }
  if (drainSeconds > 0) lifecycle.onStop('Draining', drain, (drainSeconds + 1) * 1_000)
  log.info({ url: api.url }, 'the api listens')
})
