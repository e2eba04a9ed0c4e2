// A Redis with very many keys, listed through the engine.

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "support/mutation_fixture.hpp"
#include "support/rounds.hpp"

namespace cachify {
namespace {

class ManyKeys : public test::RedisMutation {
 protected:
  actions::KeyPage page(const cache::ScanRequest& request) {
    auto page = engine_->wait(engine_->keys().list(profile_, request, actions::Describe::namesOnly, {}));
    if (!page) throw std::runtime_error(page.error().message);
    return *std::move(page);
  }
  void fill(std::uint64_t count, const std::string& prefix) {
    cli_.must({"DEBUG", "POPULATE", std::to_string(count), prefix, "4"});
  }
};

TEST_F(ManyKeys, APatternThatOneOfThemMatchesFindsItAndEveryPageSaysHowFarItIs) {
  const auto count = test::inGateOrLong<std::uint64_t>(200'000, 1'000'000);
  fill(count - 1, "key");
  cli_.must({"SET", "needle:1", "v"});
  cache::ScanRequest request{.pattern = "needle:*", .maxScanned = count / 20};
  std::vector<Bytes> found;
  std::uint64_t scanned = 0;
  int pages = 0;
  do {
    const auto part = page(request);
    for (const auto& listed : part.keys) found.push_back(listed.key);
    EXPECT_EQ(part.total, count);
    EXPECT_GT(part.scanned, 0U);
    scanned += part.scanned;
    EXPECT_LE(scanned, count);
    request.cursor = part.nextCursor;
    ++pages;
  } while (!request.cursor.empty());
  EXPECT_THAT(found, testing::ElementsAre("needle:1"));
  EXPECT_EQ(scanned, count);
  EXPECT_GE(pages, 18);
}

TEST_F(ManyKeys, PagesOfAHundredThousandMatchesGiveEachOnceWhileNothingChanges) {
  constexpr std::size_t kMatches = 100'000;
  fill(kMatches, "match");
  fill(kMatches, "other");
  cache::ScanRequest request{.pattern = "match:*", .limit = 7'000};
  std::vector<Bytes> found;
  do {
    const auto part = page(request);
    for (const auto& listed : part.keys) found.push_back(listed.key);
    EXPECT_LE(part.keys.size(), 7'000U + 10'000U) << "a page may go on to the end of a batch";
    request.cursor = part.nextCursor;
    EXPECT_TRUE(request.cursor.empty() || part.keys.size() >= 7'000U);
  } while (!request.cursor.empty());
  EXPECT_EQ(found.size(), kMatches);
  EXPECT_EQ(std::set(found.begin(), found.end()).size(), kMatches);
}

}  // namespace
}  // namespace cachify
