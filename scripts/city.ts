// `npm run city -- check|load|new DIR`; see --help.
import type { CityPack } from '#domain/city/types.ts'
import { loadPack } from '#store/city.ts'
import { migrate } from '#store/migrate.ts'
import { openStore } from '#store/open.ts'
import { cityCommand } from './city/command.ts'
import type { Language } from './city/report.ts'
import { openDatabases } from './runtime/databases.ts'
import { readConfig } from './runtime/settings.ts'

async function load(pack: CityPack, language: Language): Promise<string> {
  const databases = await openDatabases(readConfig(), { command: 'npm run city', log: console.error })
  try {
    // A server of our own may be new; a given or running one is migrated by those who run it.
    if (databases.kind === 'started') await migrate({ databaseUrl: databases.migrateDatabaseUrl })
    const store = openStore({ databaseUrl: databases.databaseUrl, max: 2, applicationName: 'huiyin-city' })
    try {
      const { version, unchanged } = await loadPack(store, pack)
      if (language === 'zh')
        return unchanged ? `与第${version}版内容相同，账号已核对` : `已装载，第${version}版`
      return unchanged
        ? `the same as version ${version}; accounts are up to date`
        : `loaded as version ${version}`
    } finally {
      await store.close()
    }
  } finally {
    await databases.close()
  }
}

try {
  process.exitCode = await cityCommand(process.argv.slice(2), {
    // npm runs scripts in the project's folder; the caller's is in INIT_CWD.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    out: (text) => console.log(text),
    err: (text) => console.error(text),
    load,
  })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
