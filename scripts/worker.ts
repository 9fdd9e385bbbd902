// `npm run worker`: the worker process alone, as many as are needed.
import { keptFingerprints } from '#api/photos/kept.ts'
import { startWorker } from '#worker/worker.ts'
import { runAlone } from './runtime/alone.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
DATABASE_URL=postgres://… SESSION_SECRET=… npm run worker

Jobs, timers and the readers of the log, without api and database. Run \`npm run migrate\` first.
Also: REDIS_URL QUEUE_DATABASE_URL DATA_DIR DEMO LOG_LEVEL.
`)

await runAlone('worker', async ({ config, store, log, lifecycle }) => {
  const worker = await startWorker({ store, config, log, fingerprintOf: keptFingerprints(config) })
  lifecycle.onStop('The worker', () => worker.close())
  log.info('the worker works')
})
