-- The demo's clock and scene: one row, and none in a city that never was a demo. See domain/demo-clock.ts: up to
-- anchored_at (real) the log's clock went at rate_before, there it showed `shows`, and goes at `rate` since.
create table demo (
  one         boolean primary key default true check (one),
  anchored_at timestamptz(3) not null,
  shows       timestamptz(3) not null,
  rate        integer not null check (rate between 1 and 720),
  rate_before integer not null check (rate_before between 1 and 720),
  -- Real: a process that goes by this clock was at work.
  at_work_at  timestamptz(3) not null,
  scene       text not null check (scene in ('ordinary', 'storm', 'quiet')),
  -- By the log's clock.
  scene_since timestamptz(3),
  scene_until timestamptz(3),
  multiple    integer not null check (multiple between 1 and 50),
  traffic     boolean not null,
  check ((scene = 'ordinary') = (scene_since is null) and (scene_since is null) = (scene_until is null))
);
