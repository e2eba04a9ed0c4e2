#include "views/memcached_key_index.hpp"

#include <array>
#include <unordered_map>

#include "views/query_filter.hpp"
#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

constexpr std::array kIndexTables{ViewTable{"memcached_key_index", "connection_id, cache_key"},
                                  ViewTable{"memcached_key_count", "connection_id"}};
constexpr std::size_t kMostKeysAPage = 10'000;

constexpr std::string_view kPutKey = R"sql(
  INSERT INTO memcached_key_index (connection_id, cache_key, position, updated_at) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET position = excluded.position, updated_at = excluded.updated_at)sql";

constexpr std::string_view kAddToCount = R"sql(
  INSERT INTO memcached_key_count (connection_id, keys) VALUES (?, ?)
  ON CONFLICT DO UPDATE SET keys = keys + excluded.keys)sql";

constexpr std::string_view kForgetOldest = R"sql(
  DELETE FROM memcached_key_index WHERE connection_id = ?1 AND cache_key = (
    SELECT cache_key FROM memcached_key_index WHERE connection_id = ?1 ORDER BY position, cache_key LIMIT 1))sql";

class MemcachedKeyIndex final : public ReadModel {
 public:
  explicit MemcachedKeyIndex(sqlite3& db)
      : engine_(db, "SELECT engine FROM connection_profiles WHERE id = ?"),
        isKnown_(db, "SELECT 1 FROM memcached_key_index WHERE connection_id = ? AND cache_key = ?"),
        count_(db, "SELECT keys FROM memcached_key_count WHERE connection_id = ?"),
        put_(db, kPutKey),
        addToCount_(db, kAddToCount),
        forget_(db, "DELETE FROM memcached_key_index WHERE connection_id = ? AND cache_key = ?"),
        forgetOldest_(db, kForgetOldest),
        forgetAll_(db, "DELETE FROM memcached_key_index WHERE connection_id = ?"),
        forgetCount_(db, "DELETE FROM memcached_key_count WHERE connection_id = ?") {}

  Result<void> apply(const EventRecord& record) override {
    return std::visit(
        Overloaded{
            [&](const events::OperationCompleted& e) { return read(record, e); },
            [&](const events::MutationApplied& e) { return changed(record, e.connectionId, e.after); },
            [&](const events::MutationFailed& e) { return changed(record, e.connectionId, e.after); },
            [&](const events::ConnectionRemoved& e) { return removed(e.connectionId); },
            [&](const events::ConnectionCreated& e) { return forgetEngine(e.profile.id); },
            [&](const events::ConnectionUpdated& e) { return forgetEngine(e.profile.id); },
            [](const auto&) { return Result<void>(); },
        },
        record.event);
  }

  /// Another process may feed the next batch and change a profile.
  Result<void> flush() override {
    isMemcached_.clear();
    return {};
  }

 private:
  Result<void> read(const EventRecord& record, const events::OperationCompleted& e) {
    if (e.action != "keys.get" || e.keyOrPattern.empty()) return {};
    const auto wanted = isMemcached(e.connectionId);
    if (!wanted) return std::unexpected(wanted.error());
    return *wanted ? see(record, e.connectionId, e.keyOrPattern) : Result<void>();
  }

  Result<void> changed(const EventRecord& record, ConnectionId connection,
                       const std::vector<events::KeyState>& after) {
    if (after.empty()) return {};
    const auto wanted = isMemcached(connection);
    if (!wanted || !*wanted) return wanted ? Result<void>() : std::unexpected(wanted.error());
    for (const auto& state : after) {
      auto ok = state.existed() ? see(record, connection, state.key) : forget(connection, state.key);
      if (!ok) return ok;
    }
    return {};
  }

  Result<void> removed(ConnectionId connection) {
    isMemcached_.erase(connection);
    if (auto ok = forgetAll_.run(connection); !ok) return ok;
    return forgetCount_.run(connection);
  }

  Result<void> forgetEngine(ConnectionId connection) {
    isMemcached_.erase(connection);
    return {};
  }

  Result<void> see(const EventRecord& record, ConnectionId connection, const Bytes& key) {
    const auto known = isKnown(connection, key);
    if (!known) return std::unexpected(known.error());
    if (auto ok = put_.run(connection, Blob{key}, record.position, record.recordedAt); !ok) return ok;
    if (*known) return {};
    if (auto ok = addToCount_.run(connection, std::int64_t{1}); !ok) return ok;
    const auto count = countOf(connection);
    if (!count) return std::unexpected(count.error());
    if (*count <= kMostIndexedKeys) return {};
    if (auto ok = forgetOldest_.run(connection); !ok) return ok;
    return addToCount_.run(connection, std::int64_t{-1});
  }

  Result<void> forget(ConnectionId connection, const Bytes& key) {
    const auto known = isKnown(connection, key);
    if (!known || !*known) return known ? Result<void>() : std::unexpected(known.error());
    if (auto ok = forget_.run(connection, Blob{key}); !ok) return ok;
    return addToCount_.run(connection, std::int64_t{-1});
  }

  Result<bool> isKnown(ConnectionId connection, const Bytes& key) {
    isKnown_.open(connection, Blob{key});
    const auto row = isKnown_.next();
    if (row && *row) isKnown_.close();
    return row;
  }

  Result<std::int64_t> countOf(ConnectionId connection) {
    count_.open(connection);
    const auto row = count_.next();
    if (!row) return std::unexpected(row.error());
    const std::int64_t count = *row ? count_.integer(0) : 0;
    count_.close();
    return count;
  }

  /// By the profile as it is at this position of the log.
  Result<bool> isMemcached(ConnectionId connection) {
    if (const auto known = isMemcached_.find(connection); known != isMemcached_.end()) return known->second;
    engine_.open(connection);
    const auto row = engine_.next();
    if (!row) return std::unexpected(row.error());
    const bool answer = *row && engine_.view(0) == domain::wireName(domain::CacheEngine::memcached);
    engine_.close();
    isMemcached_.emplace(connection, answer);
    return answer;
  }

  Statement engine_;
  Statement isKnown_;
  Statement count_;
  Statement put_;
  Statement addToCount_;
  Statement forget_;
  Statement forgetOldest_;
  Statement forgetAll_;
  Statement forgetCount_;
  std::unordered_map<ConnectionId, bool> isMemcached_;
};

}  // namespace

ReadModelSpec memcachedKeyIndexModel() {
  return {"memcached_key_index", 1, kIndexTables, &makeReadModel<MemcachedKeyIndex>};
}

Result<std::vector<Bytes>> listIndexedKeys(sqlite3& db, const IndexedKeyFilter& filter) {
  QueryFilter where;
  where.add("connection_id = ?", filter.connectionId.value());
  if (filter.after) where.add("cache_key > ?", QueryFilter::BytesValue{*filter.after});
  Statement select = where.select(db, "SELECT cache_key FROM memcached_key_index", "ORDER BY cache_key",
                                  pageSize(filter.limit, kMostKeysAPage));
  std::vector<Bytes> keys;
  while (true) {
    const auto row = select.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return keys;
    keys.push_back(select.bytes(0));
  }
}

}  // namespace cachify::views
