-- Counts of operations per span of time, for the dashboard. `scope` is a connection's id, or x'' for all connections
-- together (then `environment` is ''). `bucket` numbers minutes, hours, days since 1970. `latency` is a log-linear histogram of
-- microseconds; its form stands in engine/views/latency_histogram.hpp.

CREATE TABLE rollup_minute (
  scope BLOB NOT NULL,
  bucket INTEGER NOT NULL,
  environment TEXT NOT NULL,
  operation_count INTEGER NOT NULL,
  error_count INTEGER NOT NULL,
  blocked_count INTEGER NOT NULL,
  slow_count INTEGER NOT NULL,
  latency BLOB NOT NULL,
  PRIMARY KEY (scope, bucket, environment)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_hour (
  scope BLOB NOT NULL,
  bucket INTEGER NOT NULL,
  environment TEXT NOT NULL,
  operation_count INTEGER NOT NULL,
  error_count INTEGER NOT NULL,
  blocked_count INTEGER NOT NULL,
  slow_count INTEGER NOT NULL,
  latency BLOB NOT NULL,
  PRIMARY KEY (scope, bucket, environment)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_day (
  scope BLOB NOT NULL,
  bucket INTEGER NOT NULL,
  environment TEXT NOT NULL,
  operation_count INTEGER NOT NULL,
  error_count INTEGER NOT NULL,
  blocked_count INTEGER NOT NULL,
  slow_count INTEGER NOT NULL,
  latency BLOB NOT NULL,
  PRIMARY KEY (scope, bucket, environment)
) STRICT, WITHOUT ROWID;
