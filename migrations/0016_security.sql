-- Who administrated what 审计: one row an action, for ever. Neither this role nor the owner changes or removes one by
-- accident: a trigger refuses it.
create table admin_audit (
  id       bigint generated always as identity primary key,
  -- The world's, by this database's clock, also in a demo.
  at       timestamptz not null default now(),
  -- Null = somebody who is not logged in (a failed login), or a command on the server.
  actor_id uuid references account,
  -- As they were then: accounts change their posts.
  posts    text[] not null default '{}',
  -- `session`, `key` or `server`.
  via      text not null,
  ip       text,
  action   text not null,
  -- What it was done to: the names in domain/admin-audit.ts.
  target_kind text not null,
  target_id   text not null,
  detail   jsonb not null default '{}'
);
create index admin_audit_at on admin_audit (at desc, id desc);
create index admin_audit_target on admin_audit (target_kind, target_id, id);

create trigger admin_audit_append_only before update or delete on admin_audit
  for each row execute function refuse_change();
create trigger admin_audit_no_truncate before truncate on admin_audit
  for each statement execute function refuse_change();

-- What the administrator of security has set; nothing set = the defaults of domain/security-policy.ts.
create table security_policy (
  only_one   boolean primary key default true check (only_one),
  policy     jsonb not null,
  changed_by uuid references account,
  changed_at timestamptz not null default now()
);

-- Wrong passwords in a row, by the name that was typed, whether anybody is called that or not.
create table login_failure (
  username     text primary key,
  failures     integer not null,
  last_at      timestamptz not null default now(),
  locked_until timestamptz
);

alter table account add column password_set_at timestamptz not null default now();
-- A session that rests ends at `expires_at`; however much it is used, at `ends_at` (null: begun before there was one).
alter table session add column ends_at timestamptz;
