-- Words of the timeline. Holds no copy of the text: it is read from history_events.
CREATE VIRTUAL TABLE history_search USING fts5 (
  action, key_or_pattern, redacted_diff, error_code, message,
  content = 'history_events', content_rowid = 'position', columnsize = 0, tokenize = 'unicode61'
);
