// Huge values through the engine: their pages come soon and little of them lies in memory.

#include <gmock/gmock.h>

#include <random>
#include <set>

#include "support/mutation_fixture.hpp"
#include "support/peak_memory.hpp"
#include "support/rounds.hpp"
#include "support/sanitized.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using domain::ValueType;

constexpr std::uint64_t kBound = (200ULL << 20) * test::kSanitizerFactor;

class HugeValue : public test::RedisMutation {
 protected:
  HugeValue() {
    auto patient = profile_;
    patient.timeout = 60s;
    profile_ = engine_->wait(engine_->connections().edit(patient, actions::KeepSecret())).value();
  }

  cache::ReadValue page(const Bytes& key, cache::ReadRange range) {
    auto value = engine_->wait(engine_->keys().get(profile_, key, std::move(range), {}));
    if (!value) throw std::runtime_error(value.error().message);
    return *std::move(value);
  }

  /// "field:1" … with values, scores or positions that go with them.
  void fill(const std::string& key, ValueType type, std::uint64_t count) {
    constexpr std::uint64_t kAtOnce = 500'000;
    const char* add = "";
    switch (type) {
      case ValueType::hash:
        add = "redis.call('HSET', KEYS[1], 'field:' .. i, 'value:' .. i)";
        break;
      case ValueType::list:
        add = "redis.call('RPUSH', KEYS[1], 'field:' .. i)";
        break;
      case ValueType::set:
        add = "redis.call('SADD', KEYS[1], 'field:' .. i)";
        break;
      default:
        add = "redis.call('ZADD', KEYS[1], i, 'field:' .. i)";
    }
    const std::string script = "for i = ARGV[1], ARGV[2] do " + std::string(add) + " end";
    for (std::uint64_t at = 1; at <= count; at += kAtOnce) {
      cli_.must(
          {"EVAL", script, "1", key, std::to_string(at), std::to_string(std::min(count, at + kAtOnce - 1))});
    }
  }
};

std::size_t countOf(const domain::LogicalValue& value) {
  if (const auto* hash = std::get_if<domain::HashValue>(&value)) return hash->entries.size();
  if (const auto* list = std::get_if<domain::ListValue>(&value)) return list->items.size();
  if (const auto* set = std::get_if<domain::SetValue>(&value)) return set->members.size();
  return std::get<domain::ZSetValue>(value).members.size();
}

TEST_F(HugeValue, CollectionsShowTheirFirstPageSoonAndAllPagesInBoundedMemory) {
  const auto count = test::inGateOrLong<std::uint64_t>(1'000'000, 10'000'000);
  for (const auto type : {ValueType::hash, ValueType::list, ValueType::set, ValueType::zset}) {
    SCOPED_TRACE(domain::wireName(type));
    cli_.must({"FLUSHALL"});
    fill("huge", type, count);
    static_cast<void>(page("absent", {}));
    const test::PeakMemory memory;
    const auto start = std::chrono::steady_clock::now();
    const auto first = page("huge", {});
    EXPECT_LT(std::chrono::steady_clock::now() - start, 1s * test::kSanitizerFactor);
    EXPECT_GE(countOf(first.value), 1'000U);
    cache::ReadRange range{.maxItems = 10'000};
    std::uint64_t seen = 0;
    do {
      const auto part = page("huge", range);
      seen += countOf(part.value);
      range.cursor = part.nextCursor;
    } while (!range.cursor.empty());
    EXPECT_EQ(seen, count) << "on a quiet server every element comes once";
    EXPECT_LT(memory.grownBytes(), kBound);
    RecordProperty("grownMiB", static_cast<int>(memory.grownBytes() >> 20));
  }
}

TEST_F(HugeValue, CollectionsInOrderAreReadFromAnyPlace) {
  constexpr std::uint64_t kCount = 1'000'000;
  fill("list", ValueType::list, kCount);
  fill("zset", ValueType::zset, kCount);
  const test::PeakMemory memory;
  const auto middle = page("list", {.maxItems = 1, .from = "654320"});
  EXPECT_THAT(std::get<domain::ListValue>(middle.value).items, testing::ElementsAre("field:654321"));
  const auto end = page("list", {.from = "-2"});
  EXPECT_THAT(std::get<domain::ListValue>(end.value).items,
              testing::ElementsAre("field:999999", "field:1000000"));
  const auto deep = page("zset", {.maxItems = 1, .from = "999998"});
  EXPECT_EQ(std::get<domain::ZSetValue>(deep.value).members.at(0).member, "field:999999");
  const auto top = page("zset", {.maxItems = 1, .backwards = true});
  EXPECT_EQ(std::get<domain::ZSetValue>(top.value).members.at(0).member, "field:1000000");
  const auto scored = page("zset", {.scores = cache::ScoreRange{"(500000", "500002"}});
  EXPECT_EQ(countOf(scored.value), 2U);
  EXPECT_LT(memory.grownBytes(), kBound);
}

TEST_F(HugeValue, AStringOfHalfAGibibyteIsPreviewedSoonFromAnyPlace) {
  constexpr std::uint64_t kBytes = 512ULL << 20;
  cli_.must({"SETRANGE", "huge", std::to_string(kBytes - 3), "end"});
  static_cast<void>(page("absent", {}));
  const test::PeakMemory memory;
  const auto start = std::chrono::steady_clock::now();
  const auto first = page("huge", {.maxBytes = 1 << 20});
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s * test::kSanitizerFactor);
  EXPECT_EQ(first.sizeBytes, kBytes);
  EXPECT_EQ(first.nextCursor, std::to_string(1 << 20));
  const auto end = page("huge", {.maxBytes = 1 << 20, .cursor = std::to_string(kBytes - 3)});
  EXPECT_EQ(std::get<Bytes>(end.value), "end");
  EXPECT_TRUE(end.nextCursor.empty());
  EXPECT_LT(memory.grownBytes(), kBound);
}

TEST_F(HugeValue, AKeyWhoseNameIsTooLongToBeRecordedIsReadAndNotChanged) {
  const Bytes key(test::inGateOrLong<std::size_t>(65, 512) << 20, 'k');
  cli_.must({"SET", key, "v"});
  const auto value = page(key, {});
  EXPECT_EQ(std::get<Bytes>(value.value), "v");
  const auto listed = engine_->wait(engine_->keys().list(profile_, {}, actions::Describe::all, {}));
  ASSERT_TRUE(listed) << listed.error().message;
  EXPECT_TRUE(listed->keys.at(0).key == key);
  const auto changed = set(profile_, key, "w");
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::validationError) << changed.error().message;
  EXPECT_EQ(cli_.must({"GET", key}).text, "v");
}

}  // namespace
}  // namespace cachify
