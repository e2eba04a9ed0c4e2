#pragma once
// Guarded changes of a real memcached through an Engine, and a look at the server past it.

#include "events/decode.hpp"
#include "events/mutation_events.hpp"
#include "support/mutation_fixture.hpp"
#include "support/old_memcached.hpp"

namespace cachify::test {

/// Speaks meta commands to the server itself.
class RawMemcached {
 public:
  explicit RawMemcached(const MemcachedServer& server) : connection_({server.port(), {}}) {}

  /// The answer's first line.
  std::string operator()(const std::string& command) {
    connection_.send(command + "\r\n");
    auto line = connection_.receiveUntil("\r\n");
    line.resize(line.size() - 2);
    return line;
  }
  void set(const std::string& key, const std::string& value, const std::string& flags = {}) {
    const auto said =
        (*this)("ms " + key + " " + std::to_string(value.size()) + " " + flags + "\r\n" + value);
    EXPECT_EQ(said, "HD");
  }
  /// Nothing where the key is absent.
  std::optional<std::string> get(const std::string& key) {
    connection_.send("mg " + key + " v\r\nmn\r\n");
    const auto all = connection_.receiveUntil("MN\r\n");
    if (all.starts_with("EN")) return std::nullopt;
    const auto begin = all.find("\r\n") + 2;
    return all.substr(begin, all.size() - begin - std::string_view("\r\nMN\r\n").size());
  }
  /// Seconds; -1: never. -2 for an absent key.
  int ttl(const std::string& key) {
    const auto said = (*this)("mg " + key + " t");
    return said.starts_with("HD t") ? std::stoi(said.substr(4)) : -2;
  }

 private:
  RawConnection connection_;
};

class MemcachedMutation : public Mutation {
 protected:
  domain::ConnectionProfile profileOf(std::uint16_t port,
                                      domain::Environment environment = domain::Environment::dev) {
    auto profile = draft(domain::CacheEngine::memcached, port);
    profile.environment = environment;
    return add(std::move(profile));
  }

  template <class Event>
  std::vector<Event> eventsOf() {
    std::vector<Event> found;
    for (const auto& frame : framesOf(Event::kType)) {
      for (const auto& payload : frame.payloads)
        found.push_back(*events::decodeAs<Event>(frame.schemaVersion, payload));
    }
    return found;
  }
  Result<actions::MutationReport> edit(const domain::ConnectionProfile& profile, const Bytes& key,
                                       domain::ValueChange change) {
    return engine_->wait(engine_->keys().edit(profile, key, std::move(change), {}, {}));
  }
  Result<actions::MutationReport> rename(const domain::ConnectionProfile& profile, const Bytes& from,
                                         const Bytes& to) {
    return engine_->wait(engine_->keys().rename(profile, from, to, false, {}, {}));
  }
  Result<actions::MutationReport> restoreWith(const domain::ConnectionProfile& profile, const Bytes& key,
                                              domain::TtlChange ttl) {
    const auto id = engine_->wait(engine_->rollback().latest(profile.id, key));
    if (!id) return std::unexpected(id.error());
    return engine_->wait(
        engine_->rollback().restore(profile, *id, actions::OnChanged::conflict, {}, {}, ttl));
  }
  cache::ReadValue get(const domain::ConnectionProfile& profile, const Bytes& key) {
    auto value = engine_->wait(engine_->keys().get(profile, key, {}, {}));
    EXPECT_TRUE(value) << value.error().message;
    return value.value_or(cache::ReadValue{});
  }
  /// The change was recorded as wanted and as failed, and nothing else came of it.
  void expectIntentAndFailure(std::size_t count = 1) {
    EXPECT_EQ(eventsOf<events::MutationRequested>().size(), count);
    EXPECT_EQ(eventsOf<events::MutationFailed>().size(), count);
    EXPECT_TRUE(eventsOf<events::MutationApplied>().empty());
    EXPECT_TRUE(eventsOf<events::MutationUnknown>().empty());
  }
};

}  // namespace cachify::test
