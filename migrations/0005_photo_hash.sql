-- Fingerprints of photos, and in which step of which case each was used: to find a picture that was used before.
-- A photo that shows next to nothing has no fingerprint.
create table photo_hash (
  upload_id uuid primary key references upload on delete cascade,
  phash     bigint not null
);
-- Two hashes that differ in at most 4r + 3 bits have one of these four quarters that differs in at most r.
create index photo_hash_quarter_1 on photo_hash ((((phash >> 48) & 65535)::integer));
create index photo_hash_quarter_2 on photo_hash ((((phash >> 32) & 65535)::integer));
create index photo_hash_quarter_3 on photo_hash ((((phash >> 16) & 65535)::integer));
create index photo_hash_quarter_4 on photo_hash (((phash & 65535)::integer));

-- 24 × 24 grey values; apart from the hashes, so that a search reads narrow rows only.
create table photo_sketch (
  upload_id uuid primary key references upload on delete cascade,
  sketch    bytea not null check (length(sketch) = 576)
);

-- Derived from the log: the event whose photos name it.
create table photo_use (
  upload_id uuid not null,
  case_id   uuid not null,
  no        integer not null,
  type      text not null,
  at        timestamptz(3) not null,
  primary key (upload_id, case_id, no)
);
