-- Delivery to the outside: channels (webhooks, e-mail, SMS, group robots) and the outbox. Times of sending are the world's,
-- by this database's clock, also in a demo.
create table delivery_channel (
  id            uuid primary key,
  kind          text not null check (kind in ('webhook', 'email', 'sms', 'wecom', 'dingtalk', 'feishu')),
  name          text not null,
  -- Nothing secret.
  settings      jsonb not null,
  -- Addresses with keys, passwords, signing secrets: AES-256-GCM by a key from SESSION_SECRET (store/sealed.ts).
  sealed        bytea not null,
  -- Where it goes, as far as it may be shown.
  target        text not null,
  enabled       boolean not null default true,
  -- It takes what comes after this place of the feed.
  from_seq      bigint not null,
  created_by    uuid not null references account,
  created_at    timestamptz not null default now(),
  changed_by    uuid references account,
  changed_at    timestamptz,
  -- `failing` = switched off by the system; null = by an administrator, or it is on.
  off_why       text check (off_why in ('failing')),
  -- Failures since the last success.
  failures      integer not null default 0,
  failing_since timestamptz,
  last_ok_at    timestamptz,
  -- Nothing is sent before: the receiver's rate limit, or it was not there.
  quiet_until   timestamptz not null default '-infinity',
  -- One process at a time sends for it; runs out by itself.
  busy_by       uuid,
  busy_until    timestamptz not null default '-infinity'
);

-- What is to be sent, was, or could not be: one row for an event, a channel and, where it goes to persons, a person.
create table delivery (
  id         uuid primary key,
  -- In the order of writing.
  no         bigint generated always as identity unique,
  channel_id uuid not null references delivery_channel on delete cascade,
  -- What happened: `CASE.NO`, `fact.SEQ`, a calendar's warning, `test.ID`.
  source     text not null,
  -- Account; empty where it goes to the channel itself.
  recipient  text not null default '',
  kind       text not null,
  case_id    uuid,
  -- Webhooks: the document. Others: a notice in codes. `json` keeps it as it was written.
  body       json not null,
  state      text not null default 'waiting' check (state in ('waiting', 'sent', 'dead')),
  attempts   integer not null default 0,
  created_at timestamptz not null default now(),
  next_at    timestamptz not null default now(),
  last_at    timestamptz,
  -- How the last try ended: code, and what the receiver said.
  result     jsonb,
  unique (channel_id, source, recipient)
);
create index delivery_due on delivery (channel_id, next_at) where state = 'waiting';
create index delivery_of on delivery (channel_id, state, no desc);
create index delivery_last on delivery (last_at) where state <> 'waiting';

-- Where notices reach a person; absent = not by that way.
alter table account add column email text;
alter table account add column mobile text;
