-- The position of the newest of each group.
ALTER TABLE alert_events ADD COLUMN last_position INTEGER NOT NULL DEFAULT 0;
CREATE INDEX alert_events_last ON alert_events (last_position);

-- Where each group of alerts stands with each publisher that was to have it.
CREATE TABLE alert_deliveries (
  publisher TEXT NOT NULL,
  alert_id BLOB NOT NULL,     -- of the group's first
  status TEXT NOT NULL,       -- retrying, delivered, parked, replayed (waits for its turn again)
  attempts INTEGER NOT NULL,  -- since it was raised or replayed
  message TEXT NOT NULL,      -- why the last attempt failed
  last_at INTEGER NOT NULL,
  next_at INTEGER,            -- not before then
  is_hold INTEGER NOT NULL,   -- the receiver wants quiet until then
  PRIMARY KEY (publisher, alert_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_deliveries_open ON alert_deliveries (publisher, status);
CREATE INDEX alert_deliveries_alert ON alert_deliveries (alert_id);
