import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadPack } from '#store/city.ts'
import { migrate } from '#store/migrate.ts'
import { openStore } from '#store/open.ts'
import { intake, loginCookie } from './scripts/bench/intake.ts'
import { spawn } from 'node:child_process'
import { readPack } from './scripts/city/read-pack.ts'
import { letPass, removePlace } from './scripts/runtime/postgres/place.ts'
import { startPostgres } from './scripts/runtime/postgres/start.ts'
const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-prof-'))
await letPass(dataDir)
const pg = await startPostgres({ dataDir, holder: { command: 'prof' } })
try {
  const { pack } = await readPack('cities/demo')
  await pg.makeDatabase('intake')
  await migrate({ databaseUrl: pg.url('intake', 'owner') })
  const store = openStore({ databaseUrl: pg.url('intake', 'app'), max: 3 })
  await loadPack(store, pack!)
  const port = 8391
  const child = spawn(process.execPath, ['--cpu-prof', '--cpu-prof-dir=/tmp/prof', 'scripts/api.ts'], { env: { ...process.env, DATABASE_URL: pg.url('intake','app'), SESSION_SECRET: 'x'.repeat(40), DEMO: '1', DEMO_TRAFFIC: '0', PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn', DATA_DIR: dataDir }, stdio: ['ignore','inherit','inherit'] })
  const url = `http://127.0.0.1:${port}`
  for (;;) { if (await fetch(url + '/readyz').then((r) => r.ok, () => false)) break; await new Promise((r) => setTimeout(r, 200)) }
  const cookie = await loginCookie(url, 'grid')
  const road = pack!.zones.find((z) => z.kind === 'main-road')!
  for (let i = 0; i < 2; i++) console.log(await intake(url, cookie, road.centre, { connections: 32, seconds: 5, round: i }))
  child.kill('SIGTERM')
  await new Promise((r) => child.on('exit', r))
  await store.close()
} finally { await pg.stop(); await removePlace(dataDir) }
