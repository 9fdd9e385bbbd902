-- The centre's desk 值班台: which case each seat 坐席 has in hand, who is on the rota 值班表, and handovers 交接班.

-- Kept in the real time of the database, whatever a demo's clock does: a seat that is not renewed is free again.
create table desk_seat (
  case_id    uuid primary key references "case",
  -- One page of one person: the same person at two machines sits at two seats.
  seat       uuid not null,
  account_id uuid not null references account,
  until      timestamptz not null
);
create index desk_seat_of on desk_seat (seat);

-- By the log's clock, as everything people plan and sign.
create table rota (
  id         uuid primary key,
  -- 值班长 duty-manager · 坐席 seat · 带班领导 lead · 单位值班 unit
  post       text not null check (post in ('duty-manager', 'seat', 'lead', 'unit')),
  name       text not null check (name <> ''),
  phone      text,
  account_id uuid references account,
  department text,
  since      timestamptz(3) not null,
  until      timestamptz(3) not null check (until > since),
  made_by    uuid not null references account,
  made_at    timestamptz not null default now(),
  removed_by uuid references account,
  removed_at timestamptz,
  check ((post = 'unit') = (department is not null)),
  check ((removed_by is null) = (removed_at is null))
);
create index rota_until on rota (until) where removed_at is null;

create table handover (
  id           uuid primary key,
  from_account uuid not null references account,
  given_at     timestamptz(3) not null,
  to_account   uuid references account check (to_account <> from_account),
  taken_at     timestamptz(3) check (taken_at >= given_at),
  note         text not null,
  -- What was open when it was handed over, as it stood then.
  items        jsonb not null,
  check ((to_account is null) = (taken_at is null))
);
create index handover_given on handover (given_at desc);
