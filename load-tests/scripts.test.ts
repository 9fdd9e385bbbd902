// Every load script against a whole system, some seconds long: they run, nothing unexpected is answered, and every report
// that was accepted is in the log. Their thresholds on time are left out.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureK6, HOW_TO_GET_K6 } from '#scripts/runtime/k6.ts'
import { startSystem, type System } from '../pages/system.ts'

const k6 = ensureK6(console.log)
if (k6 === undefined)
  console.warn(`\n*** SKIPPED: the load scripts. There is neither k6 nor Go here.\n*** ${HOW_TO_GET_K6}\n`)

const SCRIPTS: Record<string, NodeJS.ProcessEnv> = {
  smoke: { DURATION: '4' },
  day: { DURATION: '10', GRACE: '10', PACE: '10', PEOPLE: '6' },
  ramp: { RATES: '5,20', STEP: '2' },
  spike: { BASE_RATE: '2', STEP: '3' },
  soak: { DURATION: '6', GRACE: '10', RATE: '3', PACE: '10' },
}

let system: System
beforeAll(async () => {
  if (k6 !== undefined) system = await startSystem()
}, 240_000)
afterAll(() => system?.stop())

test.skipIf(k6 === undefined).each(Object.entries(SCRIPTS))(
  '%s: every accepted report is in the log',
  async (name, env) => {
    const { stdout } = await promisify(execFile)(k6 ?? '', ['run', '--quiet', `load-tests/${name}.js`], {
      env: { ...process.env, ...env, BASE_URL: system.url, EXACT_ONLY: '1' },
    }).catch((error: { stdout: string; stderr: string }) => {
      throw new Error(`${error.stdout}\n${error.stderr}`)
    })
    expect(stdout).toMatch(/reports_accepted +[1-9]/)
    expect(stdout).toMatch(/reports_unsettled +0 .*ok count==0/)
    expect(stdout).not.toMatch(/FAILED/)
  },
  180_000,
)
