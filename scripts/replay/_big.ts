import { openDatabases } from '../runtime/databases.ts'
import { parseConfig } from '#store/config.ts'
import { migrate } from '#store/migrate.ts'
import { openStore } from '#store/open.ts'
import { openTown, HOUR } from '#store/testing-town.ts'
import { audit } from '#store/audit.ts'
const c = parseConfig({ DATA_DIR: '/tmp/aud/data' }); if (!c.ok) throw 1
const dbs = await openDatabases(c.config, { command: 'big' })
const u = await dbs.another('big')
await migrate({ databaseUrl: u.migrateDatabaseUrl })
const store = openStore({ databaseUrl: u.databaseUrl, max: 10 })
const town = await openTown(store)
const [{ n }] = await store.sql`select count(*)::int as n from "case"`
if (n < 6000) {
  console.time('make')
  for (let i = 0; i < 60; i++) {
    await Promise.all(Array.from({ length: 100 }, async (_, k) => {
      const id = await town.report({ description: '路边有垃圾 ' + k, reporter: { name: '李', phone: '1' } })
      if (k % 10) await town.settle(id, 0.01)
    }))
    await town.project()
  }
  console.timeEnd('make')
}
for (let i = 0; i < 3; i++) { const t = performance.now(); const r = await audit(store); const s = (performance.now() - t) / 1000; console.log(r.found, r.differences[0], r.events, s.toFixed(2), Math.round(r.events / s), '/s') }
await store.close(); await dbs.close()
