// One connection of its own through `pg`, for bulk COPY: postgres.js never reports a COPY that fails at its very end.
// Everything else goes through open.ts.
import pg from 'pg'

/** Without the time limits of the application's connections; texts that any PostgreSQL reads back to the same values. */
const SETTINGS = `
  select set_config(name, '0', false) from pg_settings
    where name in ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout');
  set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set extra_float_digits = 1;
  set client_encoding = 'UTF8'; set search_path = public`

export async function connectDirect(databaseUrl: string, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: applicationName,
    keepAlive: true,
  })
  // A connection that breaks also fails the statement under way or the next one: it is reported there.
  client.on('error', () => {})
  await client.connect()
  await client.query(SETTINGS)
  return client
}

/** A name as an identifier in SQL. */
export const quoted = (name: string): string => pg.escapeIdentifier(name)
