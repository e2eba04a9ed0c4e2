-- What the engine saw of servers: its samples per minute and per hour, and how each connection stands. The table of single
-- samples was empty till now.
DROP TABLE observability_snapshots;
CREATE TABLE observability_snapshots (
  connection_id BLOB NOT NULL,
  bucket INTEGER NOT NULL,  -- minutes since 1970
  samples INTEGER NOT NULL,
  latency_sum_us INTEGER NOT NULL,
  latency_max_us INTEGER NOT NULL,
  ops_samples INTEGER NOT NULL,  -- samples that told operations per second
  ops_sum INTEGER NOT NULL,
  ops_max INTEGER NOT NULL,
  memory_max_bytes INTEGER,
  clients_max INTEGER,
  hits INTEGER NOT NULL,
  misses INTEGER NOT NULL,
  evictions INTEGER NOT NULL,
  replication_lag_max_ms INTEGER,
  PRIMARY KEY (connection_id, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE observability_hours (
  connection_id BLOB NOT NULL,
  bucket INTEGER NOT NULL,  -- hours since 1970
  samples INTEGER NOT NULL,
  latency_sum_us INTEGER NOT NULL,
  latency_max_us INTEGER NOT NULL,
  ops_samples INTEGER NOT NULL,
  ops_sum INTEGER NOT NULL,
  ops_max INTEGER NOT NULL,
  memory_max_bytes INTEGER,
  clients_max INTEGER,
  hits INTEGER NOT NULL,
  misses INTEGER NOT NULL,
  evictions INTEGER NOT NULL,
  replication_lag_max_ms INTEGER,
  PRIMARY KEY (connection_id, bucket)
) STRICT, WITHOUT ROWID;

-- One row for each connection that anything was learnt of.
CREATE TABLE connection_states (
  connection_id BLOB PRIMARY KEY NOT NULL,
  reachable INTEGER,                -- NULL: not known
  since INTEGER,                    -- of `reachable`
  seen_at INTEGER,                  -- last evidence of it
  last_operation_at INTEGER,
  error_code TEXT,
  message TEXT,
  sampled_at INTEGER,
  sample_json TEXT                  -- the last sample.health
) STRICT, WITHOUT ROWID;
