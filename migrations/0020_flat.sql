-- Lists and searches at a cost that does not grow with history: docs/queries.md has each query with its plan.

-- Every two neighbouring characters of a text, once each: Chinese is searched for by words of two characters, which are
-- less than a trigram. A text holds what is searched for only if it holds all pairs of it.
create function bigrams(words text) returns text[] language sql immutable strict parallel safe
return (select coalesce(array_agg(distinct substr(lower(words), i, 2)), '{}') from generate_series(1, length(words) - 1) i);

-- Search of words: in place of the trigrams of description and address, which never found a word of two characters.
drop index case_private_description;
drop index case_private_address;
create index case_private_words on case_private
  using gin (bigrams(coalesce(data ->> 'description', '') || ' ' || coalesce(data ->> 'address', '')))
  where no = 1 and part = 'words';

-- Search by phone, any four digits or more of it.
create index case_private_phone on case_private
  using gin ((regexp_replace(data ->> 'phone', '\D', '', 'g')) gin_trgm_ops)
  where no = 1 and part = 'person';

-- Search by the tail of a number. On the log, which is written once, and not on the case, whose every step would pay for it.
create index case_event_receipt_tail on case_event (reverse(payload ->> 'receiptNo') text_pattern_ops)
  where type = 'reported';
create index case_event_case_no_tail on case_event (reverse(payload ->> 'caseNo') text_pattern_ops)
  where type = 'filed';

-- Search by the name of a zone.
create index case_zone on "case" ((state ->> 'zone'), reported_at desc, id desc) where state ->> 'zone' is not null;

-- Queues of a desk: few of all cases wait for somebody, and none that is over.
create index case_waits on "case" ((state -> 'waitsFor' ->> 'who'), reported_at desc, id desc)
  where state -> 'waitsFor' ->> 'who' is not null;

-- Lists of a second-level unit, of a handler and of a co-unit, also as arms of what somebody may see.
create index case_unit on "case" ((state ->> 'unit'), reported_at desc, id desc) where state ->> 'unit' is not null;
create index case_handler on "case" (handler, reported_at desc, id desc) where handler is not null;
create index case_co_departments on "case" using gin ((state -> 'coDepartments'))
  where jsonb_array_length(state -> 'coDepartments') > 0;
-- The same in order of time, for a unit that helps often.
create index case_helped on "case" (reported_at desc, id desc) where jsonb_array_length(state -> 'coDepartments') > 0;

-- How often each value comes: a word of many cases is looked for in order of time, a rare one by its index. Of a partial
-- index the planner takes no such figures, and believes all values to be about as frequent.
create statistics case_private_pairs
  on (bigrams(coalesce(data ->> 'description', '') || ' ' || coalesce(data ->> 'address', ''))) from case_private;
create statistics case_co_units on (state -> 'coDepartments') from "case";
create statistics case_zones on (state ->> 'zone') from "case";
create statistics case_units on (state ->> 'unit') from "case";
create statistics case_waiting on (state -> 'waitsFor' ->> 'who') from "case";
analyze "case";
analyze case_private;
