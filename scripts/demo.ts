// `npm run demo`: the running demo's clock, scene and volume; see --help.
import { demoCommand } from './demo/command.ts'

process.exitCode = await demoCommand(process.argv.slice(2), {
  env: process.env,
  out: (text) => console.log(text),
  err: (text) => console.error(text),
})
