-- Standings: counts that move down as well as up. The month's are rows of `rollup` under the day of dispatch, those of a
-- due day under that day; a month is a sum over its days, so that a pack may cut its months as it likes.
-- What each dispatched case counts in, as of `seq`: the cases behind a figure, and what the figures are recounted from.
create table standing (
  case_id       uuid primary key,
  seq           bigint not null,
  dispatched_on date not null,
  -- City day of the due time; absent while suspended.
  due_on        date,
  metrics       text[] not null,
  -- As in `rollup`.
  keys          text[] not null
);
create index standing_dispatched on standing (dispatched_on, case_id);
create index standing_due on standing (due_on, case_id) where due_on is not null;

-- What of an open case its state does not tell: whether its limit has run out, and what an appeal has exempted.
alter table board_case add column standing jsonb;

-- Months that the board shows: BoardMonth in domain/month.ts; null before the first fact.
alter table feed_head add column month jsonb;
-- The head at which they last changed, as they do with each day: a delta from before it brings every count.
alter table feed_head add column month_seq bigint not null default 0;
