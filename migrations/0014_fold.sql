-- Which version of the fold (FOLD_VERSION in domain/board-fold.ts) made board_case and rollup; 0 = before it was noted.
-- The sequencer folds an older board anew from the log before it goes on.
alter table feed_head add column fold smallint not null default 0;

-- What the fold remembers of an open case beside its state: CaseMarks in domain/board-fold.ts.
alter table board_case add column marks jsonb not null default '{}';
