// After the migrations: a board that an older version of the code folded is folded anew, before anybody adds to it.
import { openStore } from '#store/open.ts'
import { rebuildIfOlder } from '#store/rebuild.ts'

/** @param log is told when there was something to do. */
export async function foldAnewIfOlder(databaseUrl: string, log: (line: string) => void): Promise<void> {
  const store = openStore({ databaseUrl, max: 2, applicationName: 'huiyin-rebuild' })
  try {
    const done = await rebuildIfOlder(store)
    if (done) log(`board folded anew: ${done.cases} cases, ${done.facts} facts`)
  } finally {
    await store.close()
  }
}
