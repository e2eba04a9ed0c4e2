// Keys of Memcached connections that were seen, for servers that do not list theirs.

#include "unit/views_log.hpp"
#include "views/memcached_key_index.hpp"

namespace cachify::views {
namespace {

using namespace std::chrono_literals;
using namespace test;

class KeyIndexView : public ::testing::Test {
 protected:
  KeyIndexView() {
    auto memcached = profileOf(1, "memcached");
    memcached.engine = domain::CacheEngine::memcached;
    log_.append(events::ConnectionCreated{memcached});
    log_.append(events::ConnectionCreated{profileOf(2, "redis")});
  }

  void read(std::uint64_t connection, const Bytes& key, const std::string& action = "keys.get") {
    log_.append(operationOf<events::OperationCompleted>(connection, action, key, 1ms));
  }
  void change(std::uint64_t connection, std::vector<events::KeyState> after) {
    log_.append(events::MutationApplied{.mutationId = MutationId(idOf(9)),
                                        .connectionId = connectionOf(connection),
                                        .after = std::move(after)});
  }
  std::vector<Bytes> keys(std::uint64_t connection, std::optional<Bytes> after = {},
                          std::size_t limit = 10'000) {
    if (models_ == nullptr) models_ = openViews(folder_ / "views", log_);
    EXPECT_TRUE(holds(models_->catchUp(kAll)));
    const IndexedKeyFilter filter{
        .connectionId = connectionOf(connection), .after = std::move(after), .limit = limit};
    return ask(*models_, &listIndexedKeys, filter);
  }

  TempFolder folder_;
  MemoryLog log_;
  std::unique_ptr<ReadModels> models_;
};

TEST_F(KeyIndexView, HasKeysThatWereReadOrChangedAndForgetsThoseThatWereRemoved) {
  read(1, "b");
  change(1, {stringState("a", 1), stringState("c", 1)});
  change(1, {{.key = "c"}});
  read(1, "user:*", "keys.list");
  EXPECT_EQ(keys(1), (std::vector<Bytes>{"a", "b"}));
}

TEST_F(KeyIndexView, ForgetsAKeyThatWasDroppedByAFailedChange) {
  read(1, "a");
  log_.append(events::MutationFailed{
      .mutationId = MutationId(idOf(9)), .connectionId = connectionOf(1), .after = {{.key = "a"}}});
  EXPECT_TRUE(keys(1).empty());
}

TEST_F(KeyIndexView, IsOfMemcachedAlone) {
  read(2, "a");
  change(2, {stringState("b", 1)});
  read(77, "of nobody");
  EXPECT_TRUE(keys(2).empty());
  EXPECT_TRUE(keys(77).empty());
}

TEST_F(KeyIndexView, IsPagedInTheOrderOfBytes) {
  const std::vector<Bytes> all{Bytes("\0a", 2), "a", "b", "\xff"};
  for (const auto& key : {all[2], all[0], all[3], all[1]}) read(1, key);
  EXPECT_EQ(keys(1), all);
  EXPECT_EQ(keys(1, std::nullopt, 2), (std::vector<Bytes>{all[0], all[1]}));
  EXPECT_EQ(keys(1, all[1], 2), (std::vector<Bytes>{all[2], all[3]}));
}

TEST_F(KeyIndexView, GoesWithItsConnection) {
  read(1, "a");
  EXPECT_EQ(keys(1).size(), 1U);
  log_.append(events::ConnectionRemoved{connectionOf(1), "memcached"});
  EXPECT_TRUE(keys(1).empty());
}

TEST_F(KeyIndexView, KeepsABoundedNumberAndLosesTheKeyNotSeenForLongest) {
  std::vector<events::KeyState> states;
  const auto name = [](std::int64_t i) { return "key:" + std::to_string(1'000'000 + i); };
  for (std::int64_t i = 0; i < kMostIndexedKeys; ++i) states.push_back(stringState(name(i), 1));
  change(1, std::move(states));
  read(1, name(0));
  read(1, "newest");
  const auto firstPage = keys(1, std::nullopt, 3);
  EXPECT_EQ(firstPage, (std::vector<Bytes>{name(0), name(2), name(3)})) << "key 1 was the one to go";
  std::size_t count = 0;
  for (std::optional<Bytes> after;;) {
    const auto page = keys(1, after, 10'000);
    if (page.empty()) break;
    count += page.size();
    after = page.back();
  }
  EXPECT_EQ(count, static_cast<std::size_t>(kMostIndexedKeys));
}

TEST_F(KeyIndexView, IsTheSameHoweverTheLogIsCutIntoBatches) {
  for (int i = 0; i < 50; ++i) {
    read(1, "key " + std::to_string(i % 20));
    change(1, {i % 3 == 0 ? events::KeyState{.key = "key " + std::to_string(i % 7)}
                          : stringState("key " + std::to_string(i), 1)});
  }
  static_cast<void>(keys(1));
  const auto digest = digestOf(*models_);
  models_.reset();
  log_.framesPerBatch = 1;
  TempFolder other;
  auto again = openViews(other / "views", log_);
  EXPECT_TRUE(holds(again->catchUp(kAll)));
  EXPECT_EQ(digestOf(*again), digest);
}

}  // namespace
}  // namespace cachify::views
