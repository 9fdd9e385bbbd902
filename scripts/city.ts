// `npm run city -- new|check|load DIR`, `npm run city -- user USERNAME`; see --help.
import { loadPack, newestPack } from '#store/city.ts'
import { openCaseUses } from '#store/city-uses.ts'
import { dispatchedLately } from '#store/dispatched.ts'
import { hasAdministrator, passwordOutcome, setFirstPassword } from '#store/first-user.ts'
import { migrate } from '#store/migrate.ts'
import { openStore } from '#store/open.ts'
import { presentLessons } from '#store/register.ts'
import { cityCommand } from './city/command.ts'
import type { CityStore } from './city/command.ts'
import { askUnseen, lineOf } from './city/password.ts'
import { openDatabases } from './runtime/databases.ts'
import { readConfig } from './runtime/settings.ts'

async function withStore<T>(work: (store: CityStore) => Promise<T>): Promise<T> {
  const databases = await openDatabases(readConfig(), { command: 'npm run city', log: console.error })
  try {
    // A server of our own may be new; a given or running one is migrated by those who run it.
    if (databases.kind === 'started') await migrate({ databaseUrl: databases.migrateDatabaseUrl })
    const store = openStore({ databaseUrl: databases.databaseUrl, max: 2, applicationName: 'huiyin-city' })
    try {
      return await work({
        newest: () => newestPack(store),
        openCaseUses: () => openCaseUses(store),
        dispatchedLately: (days) => dispatchedLately(store, days),
        lessons: () => presentLessons(store.sql),
        load: (pack) => loadPack(store, pack),
        hasAdministrator: () => hasAdministrator(store),
        passwordOutcome: (username) => passwordOutcome(store, username),
        setPassword: (wanted) => setFirstPassword(store, wanted),
      })
    } finally {
      await store.close()
    }
  } finally {
    await databases.close()
  }
}

/** PostgreSQL's code for a table that is not there. */
const NO_SUCH_TABLE = '42P01'

function adviceFor(error: unknown): unknown {
  if ((error as { code?: unknown }).code === NO_SUCH_TABLE)
    return 'The database is not set up yet: run `npm run migrate` first. 数据库尚未初始化，请先运行 npm run migrate'
  return error instanceof Error ? error.message : error
}

try {
  process.exitCode = await cityCommand(process.argv.slice(2), {
    // npm runs scripts in the project's folder; the caller's is in INIT_CWD.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    out: (text) => console.log(text),
    err: (text) => console.error(text),
    withStore,
    password: async (from, question) => {
      if (from === 'pipe') return lineOf(process.stdin)
      if (!process.stdin.isTTY) return undefined
      return askUnseen({ input: process.stdin, output: process.stderr }, question)
    },
  })
} catch (error) {
  console.error(adviceFor(error))
  process.exitCode = 1
}
