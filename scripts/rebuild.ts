// `npm run rebuild`: folds open cases and counts anew from the log, under a new epoch.
import { openStore } from '#store/open.ts'
import { rebuild } from '#store/rebuild.ts'
import { openMainDatabase } from './runtime/main-database.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run rebuild                          the embedded database of DATA_DIR, running or not
DATABASE_URL=postgres://… npm run rebuild    a given one

Folds the board (open cases, counts) anew from the log. The log, the feed and their hashes stay as they are. While it
runs the feed stands still; screens ask anew afterwards. \`npm start\` and \`npm run migrate\` do this by themselves when
an older version of Huiyin had folded the board; \`npm run audit\` says so when it is needed.
`)

const PROGRESS_MS = 2_000

const database = await openMainDatabase('npm run rebuild')
try {
  const store = openStore({ databaseUrl: database.url, max: 3, applicationName: 'huiyin-rebuild' })
  try {
    const began = performance.now()
    let shown = began
    const { cases, facts } = await rebuild(store, {
      onProgress(done) {
        if (performance.now() - shown < PROGRESS_MS) return
        shown = performance.now()
        console.error(`${done} cases so far`)
      },
    })
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    console.log(
      `Folded anew: ${cases} cases, ${facts} facts of the feed, in ${seconds} s. Check with npm run audit.`,
    )
  } finally {
    await store.close()
  }
} catch (error) {
  console.error(`Nothing was changed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
} finally {
  await database.close()
}
