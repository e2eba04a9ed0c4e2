// Listing keys, and the values only some servers have.

#include <algorithm>
#include <set>

#include "contract/cache_session_contract.hpp"

namespace cachify::test {
namespace {

using cache::ScanRequest;
using domain::NoTtl;
using domain::SetMutation;
using domain::ValueType;

class CacheSessionScanContract : public CacheSessionContract {
 protected:
  /// "even:0", "odd:1", "even:2" …
  std::set<Bytes> fill(int count) {
    std::set<Bytes> keys;
    std::vector<domain::Mutation> mutations;
    for (int i = 0; i < count; ++i) {
      const Bytes key = (i % 2 == 0 ? "even:" : "odd:") + std::to_string(i);
      keys.insert(key);
      mutations.push_back(SetMutation{.key = key, .value = "v", .ttl = NoTtl{}});
      if (mutations.size() == 1000 || i + 1 == count) applyAll(std::exchange(mutations, {}));
    }
    return keys;
  }
};

std::set<Bytes> unique(const std::vector<Bytes>& keys) {
  return {keys.begin(), keys.end()};
}

TEST_P(CacheSessionScanContract, PagesThroughAllKeysAndMissesNone) {
  const auto keys = fill(5000);
  for (const std::uint32_t limit : {1000U, 77U}) {
    EXPECT_TRUE(unique(scanAll({.pattern = "*", .cursor = {}, .limit = limit})) == keys) << limit;
  }
}

TEST_P(CacheSessionScanContract, GivesAllKeysToWhoTakesThemAll) {
  const auto keys = fill(5000);
  ScanRequest request{.pattern = "*", .cursor = {}, .limit = 300};
  request.whole = true;
  EXPECT_TRUE(unique(scanAll(request)) == keys);
  request.pattern = "odd:*";
  EXPECT_EQ(unique(scanAll(request)).size(), 2500U);
  request.pattern = "nothing*";
  EXPECT_TRUE(scanAll(request).empty());
}

TEST_P(CacheSessionScanContract, TwoWhoTakeAllKeysTakeNothingFromEachOther) {
  const auto keys = fill(3000);
  ScanRequest first{.pattern = "*", .cursor = {}, .limit = 100};
  first.whole = true;
  ScanRequest second = first;
  std::set<Bytes> seen[2];
  bool isOver[2] = {false, false};
  while (!isOver[0] || !isOver[1]) {
    for (const int who : {0, 1}) {
      ScanRequest& request = who == 0 ? first : second;
      if (isOver[who]) continue;
      const auto page = await(session_->scan(request, soon()));
      ASSERT_TRUE(page) << page.error().message;
      seen[who].insert(page->keys.begin(), page->keys.end());
      request.cursor = page->nextCursor;
      isOver[who] = request.cursor.empty();
    }
  }
  EXPECT_TRUE(seen[0] == keys);
  EXPECT_TRUE(seen[1] == keys);
}

TEST_P(CacheSessionScanContract, StartsOverForAnotherSessionThatGoesOnWithAllKeys) {
  const auto keys = fill(2000);
  ScanRequest request{.pattern = "*", .cursor = {}, .limit = 100};
  request.whole = true;
  const auto page = await(session_->scan(request, soon()));
  ASSERT_TRUE(page) << page.error().message;
  std::set<Bytes> seen(page->keys.begin(), page->keys.end());
  session_ = cache_->session(io_.get_executor(), connection_);
  request.cursor = page->nextCursor;
  if (!request.cursor.empty()) seen.merge(unique(scanAll(request)));
  EXPECT_TRUE(seen == keys);
}

TEST_P(CacheSessionScanContract, FindsNothingInAnEmptyCache) {
  EXPECT_TRUE(scanAll({}).empty());
}

TEST_P(CacheSessionScanContract, FiltersByGlobAsRedisDoes) {
  const Bytes odd = cache_->takesAnyKey() ? "a b" : "a-b";
  for (const Bytes& key : {Bytes("user:1"), Bytes("user:2"), Bytes("user:10"), Bytes("users"), Bytes("a*b"),
                           odd, Bytes("axb")}) {
    set(key, "v");
  }
  const auto matches = [&](const Bytes& pattern) { return unique(scanAll({.pattern = pattern})); };
  EXPECT_EQ(matches("user:*"), (std::set<Bytes>{"user:1", "user:2", "user:10"}));
  EXPECT_EQ(matches("user:?"), (std::set<Bytes>{"user:1", "user:2"}));
  EXPECT_EQ(matches("user:[^2]*"), (std::set<Bytes>{"user:1", "user:10"}));
  EXPECT_EQ(matches("a\\*b"), (std::set<Bytes>{"a*b"}));
  EXPECT_EQ(matches("a?b"), (std::set<Bytes>{"a*b", odd, "axb"}));
  EXPECT_EQ(matches("axb"), (std::set<Bytes>{"axb"}));
  EXPECT_TRUE(matches("axc").empty());
}

TEST_P(CacheSessionScanContract, PagesThroughTheMatchesOfAPattern) {
  const auto keys = fill(2000);
  std::set<Bytes> even;
  std::ranges::copy_if(keys, std::inserter(even, even.end()),
                       [](const Bytes& key) { return key.starts_with("even:"); });
  EXPECT_TRUE(unique(scanAll({.pattern = "even:*", .cursor = {}, .limit = 50})) == even);
}

TEST_P(CacheSessionScanContract, SaysHowMuchWasScannedOfHowMuch) {
  fill(3000);
  ScanRequest request{.pattern = "even:*", .cursor = {}, .limit = 100};
  std::uint64_t scanned = 0;
  do {
    const auto page = await(session_->scan(request, soon()));
    ASSERT_TRUE(page);
    scanned += page->scanned;
    EXPECT_EQ(page->total, 3000u);
    request.cursor = page->nextCursor;
  } while (!request.cursor.empty());
  EXPECT_GE(scanned, 3000u);
}

TEST_P(CacheSessionScanContract, EndsAPageAfterSoManyScannedKeysAlsoWithoutAMatch) {
  fill(3000);
  ScanRequest request{.pattern = "nothing*", .cursor = {}, .limit = 100, .type = {}, .maxScanned = 500};
  int pages = 0;
  do {
    const auto page = await(session_->scan(request, soon()));
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->keys.empty());
    request.cursor = page->nextCursor;
    ASSERT_LT(++pages, 100);
    // Whoever looks at the page lets a listing come to its end meanwhile.
    io_.restart();
    io_.run_for(20ms);
  } while (!request.cursor.empty());
}

TEST_P(CacheSessionScanContract, GoesOnFromTheCursorOfASessionThatIsGone) {
  const auto keys = fill(1000);
  std::set<Bytes> seen;
  ScanRequest request{.pattern = "*", .cursor = {}, .limit = 150};
  do {
    const auto page = await(session_->scan(request, soon()));
    ASSERT_TRUE(page);
    seen.insert(page->keys.begin(), page->keys.end());
    request.cursor = page->nextCursor;
    session_ = cache_->session(io_.get_executor(), connection_);
  } while (!request.cursor.empty());
  EXPECT_TRUE(seen == keys);
}

TEST_P(CacheSessionScanContract, MissesNoKeyThatStaysWhileOthersComeAndGo) {
  const auto keys = fill(1000);
  std::set<Bytes> seen;
  ScanRequest request{.pattern = "*", .cursor = {}, .limit = 100};
  int round = 0;
  do {
    const auto page = await(session_->scan(request, soon()));
    ASSERT_TRUE(page);
    seen.insert(page->keys.begin(), page->keys.end());
    request.cursor = page->nextCursor;
    setElsewhere("new:" + std::to_string(round++), "v");
    mustApply(domain::DeleteMutation{.key = "odd:" + std::to_string(2 * round + 1)});
  } while (!request.cursor.empty());
  for (const auto& key : keys) {
    EXPECT_TRUE(seen.contains(key) || !key.starts_with("even:")) << key;
  }
}

TEST_P(CacheSessionScanContract, FiltersByType) {
  set("key", "v");
  EXPECT_EQ(scanAll({.pattern = "*", .cursor = {}, .limit = 100, .type = ValueType::string}).size(), 1u);
  EXPECT_TRUE(scanAll({.pattern = "*", .cursor = {}, .limit = 100, .type = ValueType::hash}).empty());
}

TEST_P(CacheSessionScanContract, RefusesACursorThatNoPageGave) {
  const ScanRequest request{.pattern = "*", .cursor = "not a cursor"};
  const auto page = await(session_->scan(request, soon()));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::validationError);
}

domain::Capture captureOf(const Bytes& key, ValueType type, domain::LogicalValue value) {
  domain::Capture capture{.key = key, .type = type};
  capture.sizeBytes = domain::contentBytes(value);
  capture.digest = domain::contentDigest(value);
  capture.logical = std::move(value);
  return capture;
}

TEST_P(CacheSessionScanContract, RestoresAndReadsEveryTypeTheServerHas) {
  using namespace domain;
  const std::vector<Capture> captures{
      captureOf("hash", ValueType::hash, HashValue{{{"a", "1"}, {Bytes("\0", 1), "\xFF"}}}),
      captureOf("list", ValueType::list, ListValue{{"x", "", "x"}}),
      captureOf("set", ValueType::set, SetValue{{"m", "n"}}),
      captureOf("zset", ValueType::zset, ZSetValue{{{"one", "1"}, {"two", "2.5"}}}),
      captureOf("stream", ValueType::stream, StreamValue{{{"1-1", {{"f", "v"}}}, {"2-1", {{"g", "w"}}}}})};
  const bool typed = has(cache::Capability::typedValues);
  for (const auto& wanted : captures) {
    const auto outcome = apply(RestoreMutation{.capture = wanted});
    if (!typed) {
      EXPECT_EQ(outcome.status, cache::ApplyStatus::refused);
      continue;
    }
    ASSERT_EQ(outcome.status, cache::ApplyStatus::applied) << outcome.error->message;
    const auto got = read(wanted.key);
    EXPECT_EQ(got.type, wanted.type) << wanted.key;
    EXPECT_EQ(contentDigest(got.value), wanted.digest) << wanted.key;
    EXPECT_EQ(capture(wanted.key).digest, wanted.digest) << wanted.key;
    const ScanRequest request{.pattern = "*", .cursor = {}, .limit = 100, .type = wanted.type};
    EXPECT_EQ(scanAll(request), std::vector{wanted.key});
  }
}

INSTANTIATE_TEST_SUITE_P(Every, CacheSessionContract, testing::ValuesIn(everyCache()), nameOfCache);
INSTANTIATE_TEST_SUITE_P(Every, CacheSessionScanContract, testing::ValuesIn(everyCache()), nameOfCache);

}  // namespace
}  // namespace cachify::test
