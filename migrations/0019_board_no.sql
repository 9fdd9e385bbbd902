-- The state of an open case stood in "case" and here. Now only the number of the last event that the board has seen of it:
-- who needs the state folds the log so far. It was most of what a step wrote here.
alter table board_case add column no integer;
update board_case set no = (state ->> 'no')::int;
alter table board_case alter column no set not null, drop column state;
