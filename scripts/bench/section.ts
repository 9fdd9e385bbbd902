// What a section of the bench is given and gives back. A section is a file in sections/, listed in sections/index.ts.
import type { CityPack } from '#domain/city/types.ts'
import type { Store } from '#store/open.ts'
import type { Postgres } from '../runtime/postgres/start.ts'
import type { Row } from './figures.ts'

export interface Bench {
  /** Alternating rounds of figure and floor. */
  rounds: number
  /** A throw-away server with fsync; `postgres.url(database)`. */
  postgres: Postgres
  /** A folder that goes when the bench ends. */
  dataDir: string
  pack: CityPack
  /** On a main road of the pack: a report from here can be dispatched by rule. */
  place: { lng: number; lat: number }
  /** A migrated database of this name with the demo pack; who asks for it closes it. */
  prepare(name: string): Promise<Store>
  /** Environment of a process of ours (`scripts/api.ts`, `scripts/worker.ts`) on this database. */
  environment(database: string): NodeJS.ProcessEnv
  /** Value of an option that the section declared. @throws when it is no number. */
  number(option: string): number
  /** Progress, on stderr. */
  say(line: string): void
}

export interface Section {
  /** As in `--only`. */
  name: string
  /** One line for `--help`. */
  says: string
  /** Options of its own, numbers; a name that another section declares too is the same option. */
  options?: Record<string, { default: number; says: string }>
  /** Rows of the table; none when something it needs is missing, after saying what. */
  run(bench: Bench): Promise<Row[]>
}
