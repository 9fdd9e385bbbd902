// Writes docs/queries.md: the hot queries with their SQL and their plans on the database of DATABASE_URL, which
// `npm run generate` has filled. Run `DATABASE_URL=… node scripts/queries-doc.ts` after changing a hot query or an index.
import { writeFileSync } from 'node:fs'
import postgres from 'postgres'
import { explainHotQueries } from './bench/flat/plans.ts'

const PAGE = new URL('../docs/queries.md', import.meta.url)

const databaseUrl = process.env.DATABASE_URL
if (databaseUrl === undefined) {
  console.error('Say which database: DATABASE_URL=postgres://… node scripts/queries-doc.ts')
  process.exit(1)
}

const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
const [size] = await sql<{ cases: number; events: number; version: string }[]>`
  select (select count(*)::int from "case") as cases, (select count(*)::int from case_event) as events,
    current_setting('server_version') as version`
await sql.end()
const n = (value: number | undefined) => (value ?? 0).toLocaleString('en')

/** Times are of one moment; expressions of indexes and lists of ids go on at length. */
const NOISE =
  /^\s*(Planning:?$|Planning Time|Execution Time|Index Searches|Buckets|Storage|Batches|Sort Method|Heap Blocks)/
const shortened = (plan: string) =>
  plan
    .split('\n')
    .filter((line, i, lines) => !NOISE.test(line) && !/^Planning:/.test(lines[i - 1] ?? ''))
    .map((line) => (line.length > 200 ? `${line.slice(0, 200)} …` : line))
    .join('\n')

const sections = (await explainHotQueries({ databaseUrl, analyze: true })).map(
  ({ query, rows, statements }) =>
    [
      `## ${query.name}`,
      '',
      `${query.purpose} ${rows} rows. Rests on ${query.rests.map((i) => `\`${i}\``).join(', ')}.`,
      ...statements.flatMap(({ sql: text, plan }) => [
        '',
        '```sql',
        text,
        '```',
        '',
        '```',
        shortened(plan),
        '```',
      ]),
    ].join('\n'),
)

writeFileSync(
  PAGE,
  `# Hot queries and their plans

Written by \`node scripts/queries-doc.ts\` on a history of \`npm run generate\`: ${n(size?.cases)} cases with ${n(size?.events)} events, PostgreSQL
${size?.version}, warm. Buffers are pages of 8 kB that a statement touched: unlike times they don't depend on what else the
machine was doing. \`scripts/past/past.test.ts\` holds every query to the indexes that it rests on; \`npm run bench -- --only
flat\` times them ([benchmarks](benchmarks.md)). Each is asked by a function of \`store/\`, named in
\`scripts/bench/flat/queries.ts\`.

${sections.join('\n\n')}
`,
)
