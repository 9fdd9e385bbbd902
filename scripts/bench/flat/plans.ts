// Plans of the hot queries: each is asked once while its statements are listened to, then explained with the same
// parameters.
import type postgres from 'postgres'
import { openCities } from '#store/cities.ts'
import { openStore } from '#store/open.ts'
import { HOT_QUERIES, type HotQuery } from './queries.ts'
import { openSamples } from './samples.ts'

export interface ExplainedStatement {
  sql: string
  /** As EXPLAIN prints it. */
  plan: string
}

export interface ExplainedQuery {
  query: HotQuery
  rows: number
  statements: ExplainedStatement[]
}

export interface PlanOptions {
  databaseUrl: string
  /** Runs the statements and shows what they read; otherwise costs alone. */
  analyze: boolean
  /** Of the planner, for the session; e.g. to keep small tables from being scanned. */
  settings?: Readonly<Record<string, string>>
}

/** Explains every hot query on a database that has samples for it. Changes nothing. */
export async function explainHotQueries({
  databaseUrl,
  analyze,
  settings = {},
}: PlanOptions): Promise<ExplainedQuery[]> {
  let heard: { statement: string; parameters: unknown[] }[] = []
  const listening = openStore({
    databaseUrl,
    max: 1,
    applicationName: 'huiyin-plans',
    onQuery: (statement, parameters) => heard.push({ statement, parameters }),
  })
  const asking = openStore({ databaseUrl, max: 1, applicationName: 'huiyin-plans' })
  try {
    const city = await openCities(asking)()
    const samples = await openSamples(asking, city)
    for (const [name, value] of Object.entries(settings))
      await asking.sql`select set_config(${name}, ${value}, false)`
    // The types of parameters are known after a first time.
    await listening.sql`select 1`
    const explained: ExplainedQuery[] = []
    for (const query of HOT_QUERIES) {
      heard = []
      const rows = await query.ask({ store: listening, city, samples }, 0)
      const statements: ExplainedStatement[] = []
      for (const { statement, parameters } of heard.splice(0))
        statements.push({
          sql: tidy(statement),
          plan: await explain(asking.sql, statement, parameters, analyze),
        })
      explained.push({ query, rows, statements })
    }
    return explained
  } finally {
    await listening.close()
    await asking.close()
  }
}

async function explain(
  sql: postgres.Sql,
  statement: string,
  parameters: unknown[],
  analyze: boolean,
): Promise<string> {
  const rows = await sql.unsafe<Record<'QUERY PLAN', string>[]>(
    `explain (costs off${analyze ? ', analyze, buffers, timing off' : ''}) ${statement}`,
    parameters as never[],
  )
  return rows.map((r) => r['QUERY PLAN']).join('\n')
}

const tidy = (statement: string) => statement.replace(/\s+/g, ' ').trim()
