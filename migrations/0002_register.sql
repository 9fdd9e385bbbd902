-- What was learnt about owners of components since the city pack 更正登记: one row a lesson, the present one of a component
-- being the one that nothing has undone. How and when the register learns: docs/decisions/0006-register-learns.md.

create table component_owner (
  id             bigint generated always as identity primary key,
  -- Code in the pack's register; or of a provisional component, which then has category and position here.
  component      text not null,
  category       text,
  lng            double precision,
  lat            double precision,
  -- Null: shown not to be the previous owner's, and nobody knows whose.
  owner          text,
  previous       text,
  how            text not null check (how in ('closed', 'returned', 'person')),
  case_id        uuid,
  case_no        text,
  event_no       integer,
  account_id     uuid references account,
  reason         text,
  at             timestamptz(3) not null,
  city_version   integer not null,
  pack_owner     text,
  -- Of the fact that taught it; for a person's, of the last fact read before. The log replayed in this order, with the
  -- persons' rows in between, gives the same rows again.
  seq            bigint not null,
  undone_at      timestamptz(3),
  request_scope  text,
  request_key    text,
  request_digest bytea,
  unique (request_scope, request_key),
  check ((category is null) = (lng is null) and (lng is null) = (lat is null)),
  check ((how = 'person') = (account_id is not null)),
  check ((how = 'person') = (case_id is null) and (case_id is null) = (event_no is null))
);
create unique index component_owner_present on component_owner (component) where undone_at is null;
create unique index component_owner_event on component_owner (case_id, event_no) where case_id is not null;
create index component_owner_history on component_owner (component, id);
