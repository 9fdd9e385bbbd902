// What every command does first: `--help`, and the environment as a Config or all its faults.
import { parseConfig } from '#store/config.ts'
import type { Config, Variable } from '#store/config.ts'

/** Prints `text` and ends when the command was called with --help or -h. */
export function answerHelp(text: string, args: readonly string[] = process.argv.slice(2)): void {
  if (!args.includes('--help') && !args.includes('-h')) return
  console.log(text.trim())
  process.exit(0)
}

/** The environment's Config; lists every fault and ends with 1 when there are any. */
export function readConfig(defaults: Partial<Record<Variable, string>> = {}): Config {
  const result = parseConfig(process.env, defaults)
  if (result.ok) return result.config
  const many = result.faults.length > 1 ? `${result.faults.length} settings are wrong` : 'A setting is wrong'
  console.error([`${many}:`, ...result.faults.map((fault) => `  ${fault}`)].join('\n'))
  process.exit(1)
}
