#pragma once
// Guarded changes through an Engine, with a Redis connection where one is wanted.

#include "support/engine_fixture.hpp"

namespace cachify::test {

class Mutation : public EngineFixture {
 protected:
  Result<actions::MutationReport> set(const domain::ConnectionProfile& profile, Bytes key, Bytes value,
                                      actions::SetOptions options = {}, actions::Consent consent = {}) {
    return engine_->wait(
        engine_->keys().set(profile, std::move(key), std::move(value), options, std::move(consent), {}));
  }
  Result<actions::MutationReport> remove(const domain::ConnectionProfile& profile, Bytes key,
                                         actions::Consent consent = {}) {
    return engine_->wait(engine_->keys().remove(profile, std::move(key), std::move(consent), {}));
  }
  Result<actions::MutationReport> restoreLatest(const domain::ConnectionProfile& profile, const Bytes& key,
                                                actions::OnChanged onChanged = actions::OnChanged::conflict,
                                                actions::Consent consent = {}) {
    auto id = engine_->wait(engine_->rollback().latest(profile.id, key));
    if (!id) return std::unexpected(id.error());
    return engine_->wait(engine_->rollback().restore(profile, *id, onChanged, std::move(consent), {}));
  }
  static std::string detail(const Error& error, std::string_view name) {
    const auto* value = error.detail(name);
    return value == nullptr ? "" : std::get<std::string>(*value);
  }
};

class RedisMutation : public Mutation {
 protected:
  RedisMutation() : profile_(add(draft(domain::CacheEngine::redis, server_.port()))) {}

  std::string digestOf(const Bytes& key) {
    return cli_.must({"DEBUG", "DIGEST-VALUE", key}).elements.at(0).text;
  }
  std::string dumpOf(const Bytes& key) { return cli_.must({"DUMP", key}).text; }
  long long pttl(const Bytes& key) { return cli_.must({"PTTL", key}).integer; }

  RedisServer server_;
  RedisCli cli_{server_};
  domain::ConnectionProfile profile_;
};

}  // namespace cachify::test
