-- Cases near a place: by squares of a thousandth of a degree, about 100 m. Open cases are few among all; ended ones are
-- asked for by when they ended.
create index case_open_place on "case" (
  (floor((state -> 'position' ->> 'lng')::float8 * 1000)::integer),
  (floor((state -> 'position' ->> 'lat')::float8 * 1000)::integer)
) where status not in ('closed', 'rejected', 'merged', 'voided');
create index case_ended_place on "case" (
  (floor((state -> 'position' ->> 'lng')::float8 * 1000)::integer),
  (floor((state -> 'position' ->> 'lat')::float8 * 1000)::integer),
  closed_at
) where status in ('closed', 'rejected');
create index case_duplicate_of on "case" ((state ->> 'duplicateOf')) where status = 'merged';
