// Turns an export of filing conditions 立案条件 into two files of a city pack; see --help.
import { conditionsCommand } from './conditions/command.ts'

process.exitCode = await conditionsCommand(process.argv.slice(2), console)
