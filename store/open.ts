// One connection pool a process: postgres.js for the hot statements, Kysely on the same pool for the rest.
import { Kysely } from 'kysely'
import { PostgresJSDialect } from 'kysely-postgres-js'
import postgres from 'postgres'
import type { Tables } from './tables.ts'

export interface Store {
  sql: postgres.Sql
  db: Kysely<Tables>
  close(): Promise<void>
}

export interface OpenOptions {
  databaseUrl: string
  /** Connections at most; 10 by default. */
  max?: number
  applicationName?: string
  /** Told of every statement with its parameters before it is sent: to look at plans. */
  onQuery?: (statement: string, parameters: unknown[]) => void
}

/** Dates stay `YYYY-MM-DD` strings: a city day is not an instant. */
const DATE = { date: { to: 1082, from: [1082], serialize: (v: string) => v, parse: (v: string) => v } }

export function openStore({
  databaseUrl,
  max = 10,
  applicationName = 'huiyin',
  onQuery,
}: OpenOptions): Store {
  const sql = postgres(databaseUrl, {
    max,
    types: DATE,
    onnotice: () => {},
    ...(onQuery ? { debug: (_, statement, parameters) => onQuery(statement, parameters) } : {}),
    connection: {
      application_name: applicationName,
      TimeZone: 'UTC',
      idle_in_transaction_session_timeout: 30_000,
      statement_timeout: 60_000,
    },
  })
  const db = new Kysely<Tables>({ dialect: new PostgresJSDialect({ postgres: sql }) })
  return { sql, db, close: () => sql.end({ timeout: 5 }) }
}
