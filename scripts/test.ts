// `npm test`: types, lint, then every test. Stops at the first of the three that fails, so that the last lines are
// always those of what decided.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDashboard } from './runtime/dashboard.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm test                   types, lint and all tests (about five minutes)
npm test -- store api      only the tests of files whose path holds one of the words; any option of vitest
npm run typecheck          the types alone
npm run lint               the lint alone
`)

const ROOT = fileURLToPath(new URL('..', import.meta.url))
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true
  })
}

/** Runs a program of node_modules with our output; answers its exit code. */
function run(name: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const file = join(ROOT, 'node_modules', '.bin', name)
  const child = spawn(file, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } })
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

async function pass(title: string, work: () => Promise<number>): Promise<void> {
  const began = Date.now()
  console.log(`${title} …`)
  const code = await work()
  if (code !== 0 || interrupted) {
    console.error(`${title}: ${interrupted ? 'interrupted' : 'failed'}; the rest was not run.`)
    process.exit(code === 0 ? 130 : code)
  }
  console.log(`${title} … ${((Date.now() - began) / 1000).toFixed(1)} s`)
}

const words = process.argv.slice(2)
if (words.length === 0) {
  await pass('Types', () => run('tsc', ['--noEmit']))
  await pass('Lint', () => run('biome', ['check', '.']))
  await pass('Dashboard', async () => {
    await ensureDashboard()
    return 0
  })
  console.log('Tests …')
}
process.exit(await run('vitest', ['run', ...words], { NODE_ENV: 'test' }))
