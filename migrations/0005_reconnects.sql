-- Lost connections that were restored, counted beside the operations.
ALTER TABLE rollup_minute ADD COLUMN reconnect_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_hour ADD COLUMN reconnect_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN reconnect_count INTEGER NOT NULL DEFAULT 0;
