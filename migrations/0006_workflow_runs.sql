-- Ids of built-in templates are words; a run knows its environment and what it undoes. Both tables were empty till now.
DROP TABLE workflow_templates;
CREATE TABLE workflow_templates (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  parameters_json TEXT NOT NULL,  -- values of the cache are cut out
  requires_approval_on_prod INTEGER NOT NULL,
  supports_dry_run INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

DROP TABLE workflow_executions;
CREATE TABLE workflow_executions (
  position INTEGER PRIMARY KEY NOT NULL,
  id BLOB NOT NULL UNIQUE,
  template_id TEXT,
  workflow_name TEXT NOT NULL,
  workflow_kind TEXT NOT NULL,
  connection_id BLOB NOT NULL,
  environment TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  status TEXT NOT NULL,
  dry_run INTEGER NOT NULL,
  plan_id BLOB,
  undoes BLOB,
  parameters_json TEXT NOT NULL,
  total INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  retry_count INTEGER NOT NULL,
  duration_us INTEGER,
  error_message TEXT
) STRICT;
CREATE INDEX workflow_executions_by_connection ON workflow_executions (connection_id);
