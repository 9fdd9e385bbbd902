-- Where each city day begins in the feed, with what the board then held: a past day is replayed from here, at the cost of
-- that day and not of the history before it. Written with the day's first fact, in the same statement.
create table board_day (
  day    date primary key,
  -- Of the last fact before the day; the next one begins it.
  seq    bigint not null unique,
  -- Log clock after the day's first fact: before this instant screens showed the day before.
  at     timestamptz(3) not null,
  -- Open cases after `seq`.
  cases  uuid[] not null,
  -- The months of the board on this day, as in feed_head.
  month  jsonb,
  -- Counts of this day and its months that are known before it begins: [{key, metric, n}]. Null after the board was
  -- folded anew: then they are counted from the log when somebody asks.
  counts jsonb
);
create index board_day_at on board_day (at);
-- The day's facts are few among all: where days begin that were there before this table.
create index feed_day on feed (seq) where type = 'day';
