-- Screens 大屏 of the command centre, what the desk shows on them, and the warning level set by hand. Instants are the
-- world's, by this database's clock, also in a demo: people stand before a screen for real minutes.
create table screen (
  id                 uuid primary key,
  name               text not null,
  width_px           integer,
  width_mm           integer not null,
  height_mm          integer,
  viewing_distance_m double precision not null,
  tile_columns       smallint not null,
  tile_rows          smallint not null,
  language           text,
  sound              boolean not null,
  scope              text,
  plan               jsonb not null,
  token_hash         bytea not null unique,
  token_at           timestamptz not null default now(),
  created_by         uuid not null references account,
  created_at         timestamptz not null default now(),
  changed_by         uuid references account,
  changed_at         timestamptz,
  last_seen_at       timestamptz,
  revoked_by         uuid references account,
  revoked_at         timestamptz,
  check ((revoked_by is null) = (revoked_at is null))
);

-- A browser that has shown the screen's token once. One that was ended stays until it would have run out, so that the
-- page can say why it shows nothing.
create table screen_session (
  token_hash bytea primary key,
  screen_id  uuid not null references screen,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at   timestamptz
);
create index screen_session_screen on screen_session (screen_id) where ended_at is null;
create index screen_session_expires on screen_session (expires_at);

-- Who showed what, where and until when; rows stay.
create table screen_show (
  id         uuid primary key,
  -- Null = every screen.
  screens    uuid[],
  show       jsonb not null,
  shown_by   uuid not null references account,
  shown_at   timestamptz not null default now(),
  until      timestamptz not null,
  stopped_by uuid references account,
  stopped_at timestamptz,
  check ((stopped_by is null) = (stopped_at is null))
);
create index screen_show_on on screen_show (until) where stopped_at is null;

-- 预警 as the duty manager set it; the row that is not lifted is the one that holds.
create table wall_warning (
  id        bigint generated always as identity primary key,
  level     text not null,
  text      text not null,
  until     timestamptz,
  set_by    uuid not null references account,
  set_at    timestamptz not null default now(),
  lifted_by uuid references account,
  lifted_at timestamptz,
  check ((lifted_by is null) = (lifted_at is null))
);
create unique index wall_warning_holds on wall_warning ((true)) where lifted_at is null;
