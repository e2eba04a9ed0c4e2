#pragma once
// A session with a real redis-server.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "cache/mutation_rules.hpp"
#include "cache/open_session.hpp"
#include "support/await.hpp"
#include "support/raw_connection.hpp"
#include "support/server.hpp"
#include "support/test_gate.hpp"

namespace cachify::test {

class RedisFixture : public testing::Test {
 protected:
  explicit RedisFixture(std::vector<std::string> options = {}) : server_(std::move(options)), cli_(server_) {}

  [[nodiscard]] domain::ConnectionProfile profile() const {
    domain::ConnectionProfile profile;
    profile.id = id_;
    profile.name = "test";
    profile.host = kLoopback;
    profile.port = server_.port();
    return profile;
  }
  [[nodiscard]] std::unique_ptr<cache::CacheSession> open(const domain::ConnectionProfile& profile,
                                                          const std::string& password = {}) {
    return cache::openSession(io_.get_executor(), profile, SecretText(password));
  }
  /// A user with just these rights, and a session of theirs.
  [[nodiscard]] std::unique_ptr<cache::CacheSession> openAs(const std::string& user,
                                                            const std::vector<std::string>& rights) {
    std::vector<std::string> command{"ACL", "SETUSER", user, "reset", "on", ">pw"};
    command.insert(command.end(), rights.begin(), rights.end());
    cli_.must(command);
    auto theirs = profile();
    theirs.username = user;
    return open(theirs, "pw");
  }

  [[nodiscard]] static CallContext soon() { return CallContext::within(std::chrono::seconds(10)); }

  template <class T>
  T run(boost::asio::awaitable<T> task) {
    return await(io_, std::move(task));
  }

  /// With a permit for exactly this.
  [[nodiscard]] std::vector<cache::ApplyOutcome> apply(cache::CacheSession& session,
                                                       std::vector<domain::Mutation> mutations,
                                                       std::unique_ptr<cache::Hold> hold = nullptr,
                                                       CallContext context = soon()) {
    std::vector<Bytes> keys;
    for (const auto& mutation : mutations) {
      for (const auto key : domain::keysOf(mutation)) keys.emplace_back(key);
    }
    auto permit = actions::Gate::permitFor(id_, cache::actionOf(mutations.front()), std::move(keys));
    return run(session.apply(std::move(permit), std::move(mutations), std::move(hold), std::move(context)));
  }
  [[nodiscard]] cache::ApplyOutcome applyOne(cache::CacheSession& session, domain::Mutation mutation,
                                             std::unique_ptr<cache::Hold> hold = nullptr,
                                             CallContext context = soon()) {
    std::vector<domain::Mutation> mutations;
    mutations.push_back(std::move(mutation));
    return apply(session, std::move(mutations), std::move(hold), std::move(context)).front();
  }

  ConnectionId id_ = ConnectionId::make(SystemClock().now());
  RedisServer server_;
  RedisCli cli_;
  boost::asio::io_context io_{1};
};

}  // namespace cachify::test
