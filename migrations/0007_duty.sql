-- Who is on duty 在岗, so that field tasks go to those who are: one row a stint. The last position is kept only while it
-- lasts, and none of the way there.
create table duty (
  id          bigint generated always as identity primary key,
  account_id  uuid not null references account,
  -- By the log's clock, as all instants here.
  since       timestamptz(3) not null,
  until       timestamptz(3) check (until >= since),
  lng         double precision,
  lat         double precision,
  position_at timestamptz(3),
  check ((lng is null) = (lat is null) and (lng is null) = (position_at is null)),
  check (until is null or position_at is null)
);
create unique index duty_present on duty (account_id) where until is null;
create index duty_ended on duty (until) where until is not null;
