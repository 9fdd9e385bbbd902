-- Processes that say every few seconds that they are there: an api or a worker. One that ends takes its row along; one that
-- died leaves it, and is seen to be silent.
create table process (
  id         uuid primary key,
  -- `api` or `worker`; one process that is both has two rows.
  kind       text not null,
  version    text not null,
  host       text not null,
  pid        integer not null,
  started_at timestamptz not null default now(),
  heard_at   timestamptz not null default now()
);

-- When something that is done for the system from time to time was done last: `backup`, `audit`.
create table upkeep (
  kind   text primary key,
  at     timestamptz not null default now(),
  -- It ended well, and found nothing wrong.
  ok     boolean not null,
  detail jsonb not null default '{}'
);

-- Policies of the city pack that an administrator has overruled. The packs in `city` hold the value that counts; here is
-- what a newly loaded pack is overruled with, and what the pack itself says.
create table policy_override (
  -- Names in domain/city/policy-settings.ts.
  path       text primary key,
  -- JSON null = none.
  value      jsonb not null,
  pack_value jsonb not null,
  reason     text not null,
  changed_by uuid references account,
  changed_at timestamptz not null default now()
);
