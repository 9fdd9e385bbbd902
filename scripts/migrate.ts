// `npm run migrate`: brings the main database and the queue's to this version of the code, once for all processes.
import { migrate } from '#store/migrate.ts'
import { migrateQueue } from '#worker/queues.ts'
import { openDatabases } from './runtime/databases.ts'
import { foldAnewIfOlder } from './runtime/fold.ts'
import { answerHelp, readConfig } from './runtime/settings.ts'

answerHelp(`
npm run migrate                       the embedded database of DATA_DIR (npm start does this by itself)
DATABASE_URL=postgres://… npm run migrate    a given one; MIGRATE_DATABASE_URL for the owner's role

Applies what is missing, in order, under a lock: two at once do no harm. Makes a missing queue database. A board that
an older version folded is folded anew from the log.
`)

const config = readConfig()
const databases = await openDatabases(config, { command: 'npm run migrate', log: console.log })
try {
  const applied = await migrate({
    databaseUrl: databases.migrateDatabaseUrl,
    log: (name) => console.log(`applied ${name}`),
  })
  if (applied.length === 0) console.log('the main database is up to date')
  await foldAnewIfOlder(databases.migrateDatabaseUrl, console.log)
  await migrateQueue({ ...config, queueDatabaseUrl: databases.queueDatabaseUrl })
  console.log(
    config.redisUrl === undefined
      ? 'the queue database is up to date'
      : 'the queue is on Redis: nothing to migrate',
  )
} finally {
  await databases.close()
}
