// `npm run demo`: the running demo's clock, scene and volume; see --help.
import { resolve } from 'node:path'
import { demoCommand } from './demo/command.ts'
import { holderOf } from './runtime/data-dir.ts'
import { trustOwn } from './runtime/tls/trust-own.ts'

const dataDir = resolve(process.env.DATA_DIR?.trim() || '.data')
trustOwn(dataDir)
process.exitCode = await demoCommand(process.argv.slice(2), {
  env: process.env,
  running: (await holderOf(dataDir))?.address,
  out: (text) => console.log(text),
  err: (text) => console.error(text),
})
