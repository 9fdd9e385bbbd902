-- The demo's history: one row, and none where no history was ever begun. What it is made from is fixed here, so that a
-- start that was interrupted goes on with the same; see docs/demo.md.
create table demo_history (
  one         boolean primary key default true check (one),
  seed        text not null,
  -- Of the closed quarter, city days; `to_day` is the first after it.
  from_day    date not null,
  to_day      date not null,
  reported    integer not null,
  filed       integer not null,
  closed      integer not null,
  open        integer not null,
  -- Where the history ends and the living demo begins.
  until       timestamptz(3) not null,
  -- Of everything that is to be appended: the same again, or the city has changed.
  fingerprint text,
  -- Pieces of the log that have been appended, each in its own transaction.
  pieces      integer not null default 0,
  finished_at timestamptz
);
