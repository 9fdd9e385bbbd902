// What the schema `public` consists of, asked from PostgreSQL's own catalogue: a backup must not miss a table that a later
// migration adds. What belongs to an extension is left out.
import type pg from 'pg'

export interface TableShape {
  name: string
  /** Those that are stored, in order; generated ones are not. */
  columns: string[]
}

export interface SequenceState {
  name: string
  /** The last number given, in digits; absent while none has been. */
  last?: string | undefined
}

const notOfExtension = (catalogue: string, oid: string) => `not exists (
  select 1 from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`

/** Tables by name; a partitioned one is named once, without its partitions. */
export async function tablesOf(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(`
    select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and ${notOfExtension('pg_class', 'c.oid')}
    group by c.relname order by c.relname`)
  return rows
}

/** @throws when the role may not see where a sequence stands. */
export async function sequencesOf(client: pg.Client): Promise<SequenceState[]> {
  const { rows } = await client.query<{ name: string; last: string | null; known: boolean }>(`
    select c.relname::text as name, s.last_value::text as last,
      has_sequence_privilege(c.oid, 'usage') or has_sequence_privilege(c.oid, 'select') as known
    from pg_class c left join pg_sequences s on s.schemaname = 'public' and s.sequencename = c.relname
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' and ${notOfExtension('pg_class', 'c.oid')}
    order by c.relname`)
  const hidden = rows.filter((r) => !r.known).map((r) => r.name)
  if (hidden.length > 0)
    throw new Error(
      `this database role may not read ${hidden.join(', ')}: use the owner's, or grant it usage`,
    )
  return rows.map(({ name, last }) => (last === null ? { name } : { name, last }))
}

/** Statements that remove everything from `public`, in an order that works. */
export async function dropsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ statement: string }>(`
    select format('drop %s if exists %s cascade',
      case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table'
        when 'S' then 'sequence' when 'c' then 'type' else 'table' end, c.oid::regclass) as statement
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c')
      and ${notOfExtension('pg_class', 'c.oid')}
      and not (c.relkind = 'S' and exists (
        select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')))
    union all
    select format('drop routine if exists %s cascade', p.oid::regprocedure)
    from pg_proc p where p.pronamespace = 'public'::regnamespace and ${notOfExtension('pg_proc', 'p.oid')}
    union all
    select format('drop type if exists %s cascade', t.oid::regtype)
    from pg_type t
    where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd', 'r') and ${notOfExtension('pg_type', 't.oid')}`)
  return rows.map((r) => r.statement)
}

/** What is dropped for a bulk load and made again after it: loading into indexes is several times slower. */
export interface SetAside {
  drop: string[]
  make: string[]
}

/** Foreign keys, and indexes that no constraint rests on. */
export async function setAsideOf(client: pg.Client): Promise<SetAside> {
  const keys = await client.query<{ drop: string; make: string }>(`
    select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as drop,
      format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as make
    from pg_constraint k
    where k.contype = 'f' and k.conparentid = 0 and k.connamespace = 'public'::regnamespace`)
  const indexes = await client.query<{ drop: string; make: string }>(`
    select format('drop index %s', i.indexrelid::regclass) as drop, pg_get_indexdef(i.indexrelid) as make
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('i', 'I') and not c.relispartition
      and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
      and ${notOfExtension('pg_class', 'i.indrelid')}`)
  return {
    drop: [...keys.rows, ...indexes.rows].map((r) => r.drop),
    make: [...indexes.rows, ...keys.rows].map((r) => r.make),
  }
}
