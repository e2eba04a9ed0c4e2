-- Memcached servers before 1.6.10 do not tell what is left of a TTL: 1 where a snapshot does not know its deadline.
ALTER TABLE key_snapshots ADD COLUMN deadline_unknown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE key_snapshots ADD COLUMN after_deadline_unknown INTEGER;

-- Keys that Cachify has seen on Memcached connections, for servers that do not list theirs. A bounded number for each
-- connection; the ones that were not seen for longest go first.
CREATE TABLE memcached_key_index (
  connection_id BLOB NOT NULL,
  cache_key BLOB NOT NULL,
  position INTEGER NOT NULL,  -- of the event that told of it last
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (connection_id, cache_key),
  UNIQUE (connection_id, position, cache_key)  -- by age; a constraint, for it is needed while the rows are built too
) STRICT, WITHOUT ROWID;

CREATE TABLE memcached_key_count (
  connection_id BLOB PRIMARY KEY NOT NULL,
  keys INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
