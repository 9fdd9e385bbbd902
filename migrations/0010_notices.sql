-- Notices 通知 as the reader `notices` derives them from the log: what is told to whom, once. Codes and instants only, no
-- words of people.
create table notice (
  id       bigint generated always as identity primary key,
  -- The event and the audience, or the calendar and its warning: written once, however often it is read.
  key      text not null unique,
  -- `account:ID`, `post:head`, `unit:water`.
  audience text not null,
  kind     text not null,
  case_id  uuid,
  params   jsonb not null,
  -- By the log's clock.
  at       timestamptz(3) not null
);
create index notice_for on notice (audience, id);
create index notice_at on notice (at);

-- Who has read which of them; absent = unread.
create table notice_read (
  account_id uuid not null references account,
  notice_id  bigint not null references notice on delete cascade,
  read_at    timestamptz(3) not null,
  primary key (account_id, notice_id)
);
