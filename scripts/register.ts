// `npm run register`: what the component register 部件库 has learnt about owners; with `rebuild`, learnt again from the log.
import { cityVersion } from '#store/city.ts'
import { openStore } from '#store/open.ts'
import { presentLessons } from '#store/register.ts'
import { rebuildRegister } from '#store/register-learner.ts'
import { openMainDatabase } from './runtime/main-database.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run register                 the owners learnt 更正登记, one a line: component, owner, how, case or day
npm run register -- rebuild      forgets what rules have learnt and learns it again from the log; what persons said stays

Works on DATABASE_URL, or on the embedded database of DATA_DIR, whether the system is running or not. A running system
routes by the result within seconds.
`)

const [command = 'list', ...more] = process.argv.slice(2)
if (!['list', 'rebuild'].includes(command) || more.length > 0) {
  console.error(`"${[command, ...more].join(' ')}" is not a command of register; --help lists them.`)
  process.exit(1)
}

const database = await openMainDatabase('npm run register')
const store = openStore({ databaseUrl: database.url, max: 3, applicationName: 'huiyin-register' })
try {
  if (command === 'rebuild') {
    const { byRule, byPerson } = await rebuildRegister(store, (version) => cityVersion(store, version))
    console.log(`learnt again: ${byRule} from the log, with ${byPerson} named by persons in their place`)
  } else {
    const lessons = await presentLessons(store.sql)
    for (const { component, owner, how, caseNo, at } of lessons)
      console.log(
        [component, owner ?? 'unknown', how, caseNo ?? new Date(at).toISOString().slice(0, 10)].join('\t'),
      )
    console.error(`${lessons.length} owners learnt`)
  }
} finally {
  await store.close()
  await database.close()
}
