#include <algorithm>

#include "events/catalogue.hpp"
#include "views/history_events.hpp"
#include "views/query_filter.hpp"

namespace cachify::views {
namespace {

constexpr std::size_t kMaxPage = 1'000;

constexpr std::string_view kColumns = R"sql(
  SELECT h.position, h.id, h.type, h.recorded_at, h.source, h.actor, h.connection_id, h.environment, h.action,
    h.key_or_pattern, h.duration_us, h.status, h.slow, h.attempts, h.redacted_diff, h.error_code, h.message,
    h.retryable, h.correlation_id, h.causation_id, h.details_json)sql";

constexpr std::string_view kAll = " FROM history_events h";
// The search index gives its rows in the order of positions; as the outer loop (CROSS JOIN keeps the order of
// tables) it ends as soon as a page is full.
constexpr std::string_view kSearched =
    " FROM history_search f CROSS JOIN history_events h ON h.position = f.rowid";

std::string columnsFrom(std::string_view source) {
  return std::string(kColumns).append(source);
}

std::string_view typeName(std::int64_t number) {
  const auto* const spec = events::findSpec(static_cast<std::uint16_t>(number));
  return spec == nullptr ? std::string_view() : spec->name;
}

HistoryRow readRow(const Statement& in) {
  HistoryRow row;
  row.position = static_cast<log::Position>(in.integer(0));
  row.id = in.uuid(1);
  row.type = typeName(in.integer(2));
  row.recordedAt = in.time(3);
  row.source = in.text(4);
  row.actor = in.text(5);
  row.connectionId = ConnectionId(in.uuid(6));
  row.environment = in.text(7);
  row.action = in.text(8);
  row.keyOrPattern = in.bytes(9);
  if (!in.isNull(10)) row.duration = std::chrono::microseconds(in.integer(10));
  row.status = in.text(11);
  row.slow = in.integer(12) != 0;
  if (!in.isNull(13)) row.attempts = static_cast<std::uint32_t>(in.integer(13));
  row.change = in.text(14);
  row.errorCode = in.text(15);
  row.message = in.text(16);
  if (!in.isNull(17)) row.retryable = in.integer(17) != 0;
  row.correlationId = in.uuid(18);
  row.causationId = in.uuid(19);
  row.detailsJson = in.text(20);
  return row;
}

bool isWordByte(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

/// Each word as an FTS5 phrase whose last token may go on: `"user:10"*`. Quoted, nothing in it is syntax.
/// https://www.sqlite.org/fts5.html#full_text_query_syntax
std::string searchTerms(std::string_view text) {
  std::string terms;
  while (true) {
    text = trimAscii(text);
    if (text.empty()) return terms;
    const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n\v\f"));
    text.remove_prefix(word.size());
    if (std::ranges::none_of(word, isWordByte)) continue;
    terms += terms.empty() ? "\"" : " \"";
    for (const char c : word) {
      if (c == '\0') continue;
      terms += c;
      if (c == '"') terms += c;
    }
    terms += "\"*";
  }
}

void addPeriod(QueryFilter& where, const HistoryFilter& filter) {
  const auto hourOf = [](WallTime time) {
    return std::int64_t{std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count()};
  };
  const auto micros = [](WallTime time) { return std::int64_t{time.time_since_epoch().count()}; };
  if (filter.from) {
    where.add("h.recorded_at >= ?", micros(*filter.from));
    where.add("h.position >= (SELECT min(first_position) FROM history_hours WHERE hour >= ?)",
              hourOf(*filter.from));
  }
  if (filter.to) {
    where.add("h.recorded_at < ?", micros(*filter.to));
    where.add("h.position <= (SELECT max(last_position) FROM history_hours WHERE hour <= ?)",
              hourOf(*filter.to));
  }
}

void addWord(QueryFilter& where, std::string_view condition, const std::string& word) {
  if (!word.empty()) where.add(condition, word);
}

QueryFilter filterOf(const HistoryFilter& filter) {
  QueryFilter where;
  addPeriod(where, filter);
  if (filter.connectionId) where.add("h.connection_id = ?", filter.connectionId->value());
  addWord(where, "h.environment = ?", filter.environment);
  addWord(where, "h.source = ?", filter.source);
  addWord(where, "h.action = ?", filter.action);
  addWord(where, "h.status = ?", filter.status);
  // Said as well, so that the index over rows with trouble is seen to apply.
  if (!filter.status.empty() && filter.status != "success") where.add("h.status <> 'success'");
  if (filter.slowOnly) where.add("h.slow = 1");
  return where;
}

}  // namespace

Result<HistoryPage> listHistory(sqlite3& db, const HistoryFilter& filter) {
  QueryFilter where = filterOf(filter);
  const std::size_t limit = pageSize(filter.limit, kMaxPage);
  if (trimAscii(filter.text).empty()) {
    if (filter.before) where.add("h.position < ?", static_cast<std::int64_t>(*filter.before));
    Statement select = where.select(db, columnsFrom(kAll), "ORDER BY h.position DESC", limit + 1);
    return readPage<HistoryPage>(select, limit, &readRow);
  }
  const std::string terms = searchTerms(filter.text);
  if (terms.empty())
    return fail(ErrorCode::validationError, "the text to search for needs a letter or a digit");
  where.add("history_search MATCH ?", terms);
  if (filter.before) where.add("f.rowid < ?", static_cast<std::int64_t>(*filter.before));
  Statement select = where.select(db, columnsFrom(kSearched), "ORDER BY f.rowid DESC", limit + 1);
  return readPage<HistoryPage>(select, limit, &readRow);
}

Result<HistoryRow> historyById(sqlite3& db, Uuid eventId) {
  QueryFilter where;
  where.add("h.id = ?", eventId);
  Statement select = where.select(db, columnsFrom(kAll), "", 1);
  const auto row = select.next();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::notFound, "no row of the timeline came from this event");
  return readRow(select);
}

}  // namespace cachify::views
