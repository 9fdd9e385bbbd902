-- A search goes back in time: through thirty days, then the thirty before, until it has a page. A word that is often said
-- fills it with the newest reports, a rare one costs one look into the index for each period, and nothing is sorted that is
-- not of one period. Before, all matches of all years were fetched and sorted.

drop index case_private_words;
drop statistics case_private_pairs;
drop function bigrams(text);

-- Of the words of a report: how many times thirty days lay between 1970 and it, as store/search-period.ts says. Null for
-- everything else.
alter table case_private add column period integer;
alter table case_private disable trigger case_private_erase_only;
update case_private p set period = floor(extract(epoch from c.reported_at) / 2592000)
from "case" c where p.no = 1 and p.part = 'words' and c.id = p.case_id;
alter table case_private enable trigger case_private_erase_only;

-- Every two neighbouring characters of a text, with the period it is of, each as one number: period, first and second
-- character in 21 bits each, which is what a character takes. Chinese is searched for by words of two characters, which are
-- less than a trigram. A text holds what is searched for only if it holds all pairs of it. A loop, since a query inside would
-- start an executor for each report; a pair that comes twice is named twice, as the index and @> take an array for a set.
create function dated_pairs(words text, period integer) returns bigint[] language plpgsql immutable strict parallel safe as $$
declare
  characters text[] := string_to_array(lower(words), null);
  dated bigint := period::bigint << 42;
  pairs bigint[] := '{}';
begin
  for i in 1 .. cardinality(characters) - 1 loop
    pairs := pairs || (dated + ascii(characters[i]) * 2097152::bigint + ascii(characters[i + 1]));
  end loop;
  return pairs;
end $$;

create index case_private_words on case_private
  using gin (dated_pairs(coalesce(data ->> 'description', '') || ' ' || coalesce(data ->> 'address', ''), period))
  where no = 1 and part = 'words';

create or replace function refuse_rewrite() returns trigger language plpgsql as $$
begin
  if new.data is not null or new.salt is not null or old.data is null
    or (new.case_id, new.no, new.part, new.period) is distinct from (old.case_id, old.no, old.part, old.period) then
    raise exception 'words can only be erased, not changed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
analyze case_private;
