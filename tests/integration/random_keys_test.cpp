// Keys and values of any bytes, through set, get, rename, snapshot and restore of a real server. Prints its
// seed; takes 10 000 keys where CACHIFY_FAULT_ROUNDS is set, and CACHIFY_FAULT_SEED to repeat a run.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>
#include <thread>

#include "support/memcached_fixture.hpp"

namespace cachify {
namespace {

using domain::CacheEngine;
using domain::ConnectionProfile;
using test::MemcachedMutation;
using test::MemcachedServer;
using test::RedisServer;

// Where it needs base64 memcached takes no more.
constexpr std::size_t kLongestKeyBytes = 186;
constexpr std::size_t kLongestValueBytes = 2000;
// Whoever waits for the disk waits together with the others.
constexpr int kAtOnce = 24;

struct Trip {
  Bytes key, other, first, second;
};

class RandomKeys : public MemcachedMutation {
 protected:
  RandomKeys() {
    const char* given = std::getenv("CACHIFY_FAULT_SEED");
    seed_ = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
    random_.seed(seed_);
    std::cout << "CACHIFY_FAULT_SEED=" << seed_ << std::endl;
    engine_.reset();
    auto opened = studio::Engine::open({.dataDirectory = data_ / "data", .logMapSizeBytes = 8ULL << 30});
    if (!opened) throw std::runtime_error(opened.error().message);
    engine_ = std::move(*opened);
  }
  static int keyCount() { return std::getenv("CACHIFY_FAULT_ROUNDS") == nullptr ? 500 : 10'000; }

  std::size_t upTo(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most)(random_); }
  Bytes bytes(std::size_t size) {
    Bytes text(size, '\0');
    for (char& c : text) c = static_cast<char>(upTo(255));
    return text;
  }
  /// One that was not used before: half of them plain text, some as long as they may be.
  Bytes freshKey() {
    for (;;) {
      const std::size_t size = upTo(9) == 0 ? kLongestKeyBytes : 1 + upTo(40);
      Bytes key = bytes(size);
      if (upTo(1) == 0) {
        for (char& c : key) c = static_cast<char>('!' + static_cast<unsigned char>(c) % 94);
      }
      if (used_.insert(key).second) return key;
    }
  }

  void expectValue(const ConnectionProfile& profile, const Bytes& key, const Bytes& value) {
    const auto read = get(profile, key);
    ASSERT_EQ(read.type, domain::ValueType::string);
    ASSERT_TRUE(std::get<Bytes>(read.value) == value);
  }
  void expectAbsent(const ConnectionProfile& profile, const Bytes& key) {
    ASSERT_EQ(get(profile, key).type, domain::ValueType::none);
  }

  Trip nextTrip() {
    return {.key = freshKey(),
            .other = freshKey(),
            .first = bytes(upTo(kLongestValueBytes)),
            .second = bytes(upTo(kLongestValueBytes))};
  }

  void roundTrip(const ConnectionProfile& profile, const Trip& trip) {
    const auto& [key, other, first, second] = trip;
    SCOPED_TRACE("key " + toHex(key) + ", renamed to " + toHex(other));
    ASSERT_TRUE(set(profile, key, first));
    expectValue(profile, key, first);
    ASSERT_TRUE(set(profile, key, second));
    const auto renamed = rename(profile, key, other);
    ASSERT_TRUE(renamed) << renamed.error().message;
    expectAbsent(profile, key);
    expectValue(profile, other, second);

    const auto snapshot = engine_->wait(engine_->rollback().latest(profile.id, key));
    ASSERT_TRUE(snapshot);
    const auto shown = engine_->wait(engine_->rollback().show(*snapshot));
    ASSERT_TRUE(shown) << shown.error().message;
    ASSERT_TRUE(shown->capture.key == key);
    ASSERT_TRUE(std::get<Bytes>(shown->capture.logical) == second);
    const auto restored = restoreLatest(profile, key);
    ASSERT_TRUE(restored) << restored.error().message;
    expectValue(profile, key, second);
    const auto undone = restoreLatest(profile, other);
    ASSERT_TRUE(undone) << undone.error().message;
    expectAbsent(profile, other);
  }

  void roundTrips(const ConnectionProfile& profile) {
    std::vector<Trip> trips;
    for (int i = 0; i < keyCount(); ++i) trips.push_back(nextTrip());
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> travellers;
    for (int i = 0; i < kAtOnce; ++i) {
      travellers.emplace_back([&] {
        for (std::size_t at = next++; at < trips.size() && !HasFatalFailure(); at = next++) {
          SCOPED_TRACE("round " + std::to_string(at));
          roundTrip(profile, trips[at]);
        }
      });
    }
  }

 private:
  std::uint64_t seed_ = 0;
  std::mt19937_64 random_;
  std::set<Bytes> used_;
};

TEST_F(RandomKeys, ComeBackFromRedis) {
  const RedisServer server;
  roundTrips(add(draft(CacheEngine::redis, server.port())));
}

TEST_F(RandomKeys, ComeBackFromMemcached) {
  const MemcachedServer server({"-m", "256"});
  roundTrips(add(draft(CacheEngine::memcached, server.port())));
}

}  // namespace
}  // namespace cachify
