-- The city, its people, the log of cases and what is projected from it.
-- Frozen once released: a change is a new migration.

create extension if not exists pg_trgm;

create table city (
  version   integer generated always as identity primary key,
  code      text not null,
  name      text not null,
  pack      jsonb not null,
  loaded_at timestamptz not null default now()
);

create table account (
  id            uuid primary key,
  username      text not null unique,
  name          text not null,
  posts         text[] not null,
  department    text,
  areas         text[] not null default '{}',
  password_hash text,
  must_change   boolean not null default false,
  disabled_at   timestamptz,
  created_at    timestamptz not null default now()
);

create table session (
  token_hash bytea primary key,
  account_id uuid not null references account,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_account on session (account_id);

create table api_key (
  id         uuid primary key,
  name       text not null,
  key_hash   bytea not null unique,
  account_id uuid not null references account,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

create table upload (
  id          uuid primary key,
  account_id  uuid references account,
  sha256      bytea not null,
  media_type  text not null,
  bytes       integer not null,
  width       integer not null,
  height      integer not null,
  taken_at    timestamptz,
  lng         double precision,
  lat         double precision,
  request_scope text,
  request_key   text,
  created_at  timestamptz not null default now(),
  unique (request_scope, request_key)
);

-- The present row of a case: what decide() reads and every append guards on (column "no").
create table "case" (
  id              uuid primary key,
  no              integer not null check (no > 0),
  version         integer not null check (version > 0),
  status          text not null,
  receipt_no      text not null unique,
  case_no         text unique,
  source          text not null,
  category        text,
  area            text,
  area_path       text[] not null default '{}',
  department      text,
  handler         uuid,
  round           smallint not null,
  urgent          boolean not null,
  reported_by     uuid,
  external_system text,
  external_id     text,
  reported_at     timestamptz not null,
  closed_at       timestamptz,
  warn_at         timestamptz,
  due_at          timestamptz,
  clock_runs      boolean not null,
  last_hash       bytea not null,
  state           jsonb not null,
  updated_at      timestamptz not null
);
create unique index case_external on "case" (external_system, external_id) where external_id is not null;
create index case_reported on "case" (reported_at desc, id desc);
create index case_status on "case" (status, reported_at desc, id desc);
create index case_department on "case" (department, reported_at desc, id desc);
create index case_category on "case" (category, reported_at desc, id desc);
create index case_area on "case" using gin (area_path);
create index case_reporter on "case" (reported_by, reported_at desc, id desc) where reported_by is not null;
create index case_running on "case" (due_at) where clock_runs;

-- Append-only: see the triggers below. hash = SHA-256(previous hash || canonical JSON of the event).
create table case_event (
  id             bigint generated always as identity primary key,
  case_id        uuid not null,
  no             integer not null check (no > 0),
  type           text not null,
  schema         smallint not null,
  at             timestamptz(3) not null,
  actor          jsonb not null,
  nth            integer not null,
  payload        jsonb not null,
  private_digests jsonb,
  hash           bytea not null,
  unique (case_id, no)
);
create index case_event_type_at on case_event (type, at);

-- Words that may hold personal data, in parts that can be erased apart: the reporter (person) and what was said (words).
-- Erasing empties data and salt; the digest in the chain stays. Nothing else may change here.
create table case_private (
  case_id   uuid not null,
  no        integer not null,
  part      text not null,
  salt      bytea,
  data      jsonb,
  erased_at timestamptz,
  erased_by text,
  primary key (case_id, no, part),
  check ((data is null) = (erased_at is not null) and (data is null) = (salt is null))
);
create index case_private_description on case_private using gin ((data ->> 'description') gin_trgm_ops);
create index case_private_address on case_private using gin ((data ->> 'address') gin_trgm_ops);

create table event_inbox (
  id       bigint generated always as identity primary key,
  event_id bigint,
  fact     jsonb,
  check ((event_id is null) <> (fact is null))
);

create table idempotency (
  scope      text not null,
  key        text not null,
  digest     bytea not null,
  case_id    uuid not null,
  no         integer not null,
  created_at timestamptz not null default now(),
  primary key (scope, key)
);
create index idempotency_created on idempotency (created_at);

create table number_series (
  key  text primary key,
  next bigint not null
);

create table field_task (
  id         uuid primary key,
  case_id    uuid not null,
  kind       text not null,
  round      smallint not null,
  assignee   uuid not null,
  status     text not null,
  due_at     timestamptz not null,
  created_at timestamptz not null
);
create index field_task_assignee on field_task (assignee, status, due_at);
create index field_task_open on field_task (status, due_at) where status in ('assigned', 'accepted');

-- Everything that reads the log reads it here, in one gapless order.
create table feed (
  seq        bigint primary key,
  event_id   bigint unique,
  case_id    uuid,
  no         integer,
  type       text not null,
  at         timestamptz(3) not null,
  nth        integer,
  version    integer,
  category   text,
  area       text,
  department text,
  fact       jsonb,
  hash       bytea not null
);
create index feed_case on feed (case_id, seq);

create table feed_head (
  one   boolean primary key default true check (one),
  epoch uuid not null,
  seq   bigint not null,
  hash  bytea not null,
  day   date,
  at    timestamptz(3)
);

create table board_case (
  case_id      uuid primary key,
  seq          bigint not null,
  board        jsonb not null,
  state        jsonb not null,
  light        text not null,
  overdue_seen boolean not null
);
create index board_case_seq on board_case (seq);

create table rollup (
  day    date not null,
  key    text not null,
  metric text not null,
  n      integer not null,
  seq    bigint not null,
  primary key (day, key, metric)
);
create index rollup_seq on rollup (seq);

create table reader (
  name text primary key,
  seq  bigint not null
);

create table lease (
  name   text primary key,
  holder text not null,
  until  timestamptz not null
);

create table timer (
  id       bigint generated always as identity primary key,
  case_id  uuid,
  kind     text not null,
  round    smallint not null,
  fire_at  timestamptz(3) not null,
  fired_at timestamptz(3),
  unique nulls not distinct (case_id, kind, round, fire_at)
);
create index timer_due on timer (fire_at) where fired_at is null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger case_private_append_only before delete on case_private for each row execute function refuse_change();
create trigger case_private_no_truncate before truncate on case_private for each statement execute function refuse_change();

create function refuse_rewrite() returns trigger language plpgsql as $$
begin
  if new.data is not null or new.salt is not null or old.data is null
    or (new.case_id, new.no, new.part) is distinct from (old.case_id, old.no, old.part) then
    raise exception 'words can only be erased, not changed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger case_private_erase_only before update on case_private for each row execute function refuse_rewrite();

create trigger case_event_append_only before update or delete on case_event for each row execute function refuse_change();
create trigger case_event_no_truncate before truncate on case_event for each statement execute function refuse_change();
create trigger feed_append_only before update or delete on feed for each row execute function refuse_change();
create trigger feed_no_truncate before truncate on feed for each statement execute function refuse_change();

insert into feed_head (epoch, seq, hash) values (gen_random_uuid(), 0, '\x');
