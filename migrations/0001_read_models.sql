-- The read models: everything here is computed from the event log and may be deleted at any time.
-- Ids are the 16 bytes of a UUID, times are UTC microseconds, keys and patterns are bytes.
-- `position` is the place of the event in the log; where it is the key, rows come in the order of events.

-- How far the log has been applied, and which log that was. One row.
CREATE TABLE projection_checkpoint (
  only INTEGER PRIMARY KEY NOT NULL CHECK (only = 1),
  log_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  chain BLOB NOT NULL,
  views TEXT NOT NULL,      -- names and versions of the read models that were fed
  catalogue TEXT NOT NULL,  -- event types and schema versions the program knew
  skipped INTEGER NOT NULL  -- events that program could not read: a newer one must start anew
) STRICT;

CREATE TABLE connection_profiles (
  id BLOB PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  engine TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  unix_socket TEXT NOT NULL,
  db_index INTEGER NOT NULL,
  topology TEXT NOT NULL,
  username TEXT NOT NULL,
  tls_enabled INTEGER NOT NULL,
  tls_ca_file TEXT NOT NULL,
  tls_cert_file TEXT NOT NULL,
  tls_key_file TEXT NOT NULL,
  tls_server_name TEXT NOT NULL,
  tls_verify INTEGER NOT NULL,
  environment TEXT NOT NULL,
  tags_json TEXT NOT NULL,
  read_only INTEGER NOT NULL,
  force_read_only INTEGER NOT NULL,
  timeout_ms INTEGER NOT NULL,
  retry_max_attempts INTEGER NOT NULL,
  retry_backoff_ms INTEGER NOT NULL,
  retry_backoff_strategy TEXT NOT NULL,
  retry_abort_on_error_rate REAL NOT NULL,
  key_separator TEXT NOT NULL,
  slow_op_threshold_ms INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  secret_ref TEXT NOT NULL,
  -- of the last test, if there was one
  tested_at INTEGER,
  test_ok INTEGER,
  test_latency_us INTEGER,
  test_server_version TEXT,
  test_role TEXT,
  test_error_code TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX connection_profiles_by_name ON connection_profiles (name_key, id);

CREATE TABLE mutations (
  id BLOB PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL,
  connection_id BLOB NOT NULL,
  action TEXT NOT NULL,
  status TEXT NOT NULL,  -- requested, applied, failed, unknown
  requested_at INTEGER NOT NULL,
  finished_at INTEGER,
  key_count INTEGER NOT NULL,
  undoable INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  accepted_no_undo INTEGER NOT NULL,
  change TEXT NOT NULL,
  attempts INTEGER,
  duration_us INTEGER,
  error_code TEXT,
  message TEXT,
  correlation_id BLOB,
  snapshot_ids BLOB NOT NULL  -- 16 bytes each, in the order of the request's keys
) STRICT, WITHOUT ROWID;
CREATE INDEX mutations_by_position ON mutations (position);
CREATE INDEX mutations_by_connection ON mutations (connection_id, position);

CREATE TABLE key_snapshots (
  position INTEGER PRIMARY KEY NOT NULL,
  id BLOB NOT NULL UNIQUE,
  connection_id BLOB NOT NULL,
  cache_key BLOB NOT NULL,
  captured_at INTEGER NOT NULL,
  type TEXT NOT NULL,  -- none: the key was absent
  size_bytes INTEGER NOT NULL,
  deadline_at INTEGER,
  digest TEXT NOT NULL,
  reason TEXT NOT NULL,
  pack_id BLOB,
  pack_index INTEGER,
  not_captured TEXT NOT NULL,
  mutation_id BLOB,
  -- the key after that mutation, once it was applied
  after_type TEXT,
  after_size_bytes INTEGER,
  after_deadline_at INTEGER,
  after_digest TEXT
) STRICT;
CREATE INDEX key_snapshots_by_key ON key_snapshots (connection_id, cache_key);
CREATE INDEX key_snapshots_by_connection ON key_snapshots (connection_id);

CREATE TABLE history_events (
  position INTEGER PRIMARY KEY NOT NULL,
  id BLOB NOT NULL,
  type INTEGER NOT NULL,  -- number in the event catalogue
  recorded_at INTEGER NOT NULL,
  source TEXT NOT NULL,
  actor TEXT NOT NULL,  -- user@host
  connection_id BLOB,
  environment TEXT,
  action TEXT NOT NULL,
  key_or_pattern BLOB,
  duration_us INTEGER,
  status TEXT NOT NULL,  -- success, error, blocked
  slow INTEGER NOT NULL,
  attempts INTEGER,
  redacted_diff TEXT,
  error_code TEXT,
  message TEXT,
  retryable INTEGER,
  correlation_id BLOB,
  causation_id BLOB,
  details_json TEXT
) STRICT;
CREATE INDEX history_events_by_id ON history_events (id);
CREATE INDEX history_events_by_connection ON history_events (connection_id);
CREATE INDEX history_events_by_action ON history_events (action);
CREATE INDEX history_events_by_source ON history_events (source);
CREATE INDEX history_events_by_trouble ON history_events (status) WHERE status <> 'success';
CREATE INDEX history_events_slow ON history_events (slow) WHERE slow = 1;

-- Which positions an hour's rows lie between: a period is found without an index over times, and rightly even where
-- a clock was set back.
CREATE TABLE history_hours (
  hour INTEGER PRIMARY KEY NOT NULL,  -- hours since 1970
  first_position INTEGER NOT NULL,
  last_position INTEGER NOT NULL,
  row_count INTEGER NOT NULL
) STRICT;

CREATE TABLE alert_events (
  position INTEGER PRIMARY KEY NOT NULL,
  id BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  connection_id BLOB,
  environment TEXT,
  severity TEXT NOT NULL,
  title TEXT NOT NULL,
  message TEXT NOT NULL,
  source TEXT NOT NULL,
  is_read INTEGER NOT NULL,
  cause_id BLOB,
  correlation_id BLOB
) STRICT;
CREATE INDEX alert_events_unread ON alert_events (is_read) WHERE is_read = 0;

-- The row that further equal alerts are counted on.
CREATE TABLE alert_groups (
  group_key BLOB PRIMARY KEY NOT NULL,
  alert_position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE workflow_templates (
  id BLOB PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  parameters_json TEXT NOT NULL,
  requires_approval_on_prod INTEGER NOT NULL,
  supports_dry_run INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE workflow_executions (
  id BLOB PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL,
  template_id BLOB,
  workflow_name TEXT NOT NULL,
  workflow_kind TEXT NOT NULL,
  connection_id BLOB NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  status TEXT NOT NULL,
  dry_run INTEGER NOT NULL,
  plan_id BLOB,
  parameters_json TEXT NOT NULL,
  total INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  retry_count INTEGER NOT NULL,
  error_message TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX workflow_executions_by_position ON workflow_executions (position);

CREATE TABLE observability_snapshots (
  position INTEGER PRIMARY KEY NOT NULL,
  id BLOB NOT NULL,
  connection_id BLOB NOT NULL,
  recorded_at INTEGER NOT NULL,
  latency_p50_us INTEGER,
  latency_p95_us INTEGER,
  error_rate REAL,
  reconnect_count INTEGER,
  ops_per_second REAL,
  slow_op_count INTEGER,
  sample_json TEXT
) STRICT;
CREATE INDEX observability_snapshots_by_connection ON observability_snapshots (connection_id, recorded_at);
