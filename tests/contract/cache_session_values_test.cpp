// Values, TTLs, names: what one mutation does and what is read back.

#include <algorithm>

#include "contract/cache_session_contract.hpp"

namespace cachify::test {
namespace {

using cache::ApplyStatus;
using domain::DeleteMutation;
using domain::KeepTtl;
using domain::NoTtl;
using domain::RenameMutation;
using domain::RestoreMutation;
using domain::SetMutation;
using domain::TtlMutation;
using domain::ValueType;

Bytes everyByte(std::size_t size) {
  Bytes bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 256);
  return bytes;
}

TEST_P(CacheSessionContract, GivesBackWhateverBytesWereSet) {
  const std::vector<Bytes> values{
      "",         "hello",           Bytes("a\0b\r\nEND\r\n", 10), "\xFF\xFE invalid \x80",
      "\r\n\r\n", "$5\r\nhello\r\n", everyByte(1'000'000)};
  for (const auto& content : values) {
    set("key", content);
    const auto got = read("key");
    EXPECT_EQ(got.type, ValueType::string);
    EXPECT_EQ(got.sizeBytes, content.size());
    EXPECT_TRUE(std::get<Bytes>(got.value) == content) << "of " << content.size() << " bytes";
    expectNoTtl("key");
  }
}

TEST_P(CacheSessionContract, TakesKeysOfAnyBytes) {
  for (const Bytes& key : {Bytes("plain:key"), Bytes("with blank"), Bytes("\0\x01\x02", 3),
                           Bytes("new\r\nline"), Bytes("\xC3\xA4\xFF"), Bytes("%41*?[x]")}) {
    const bool isOdd = std::ranges::any_of(key, [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
    if (isOdd && !cache_->takesAnyKey()) {
      expectRefused(key);
      continue;
    }
    set(key, "value of it");
    EXPECT_EQ(value(key), "value of it");
    EXPECT_EQ(scanAll({}), std::vector{key});
    mustApply(DeleteMutation{.key = key});
    EXPECT_EQ(value(key), std::nullopt);
  }
}

TEST_P(CacheSessionContract, ReadsABigValueInParts) {
  const auto content = everyByte(10'000);
  set("key", content);
  Bytes together;
  cache::ReadRange range{.maxItems = 1000, .maxBytes = 4096, .cursor = {}};
  for (int parts = 0; parts < 4; ++parts) {
    const auto got = await(session_->read("key", range, soon()));
    ASSERT_TRUE(got);
    EXPECT_EQ(got->sizeBytes, content.size());
    together += std::get<Bytes>(got->value);
    range.cursor = got->nextCursor;
    if (range.cursor.empty()) break;
  }
  EXPECT_TRUE(together == content);
}

TEST_P(CacheSessionContract, SaysThatAnAbsentKeyIsAbsent) {
  EXPECT_EQ(read("absent").type, ValueType::none);
  set("there", "12345", 60s);
  const auto described = await(session_->describe({"absent", "there", "absent:too"}, soon()));
  ASSERT_TRUE(described);
  ASSERT_EQ(described->size(), 3u);
  EXPECT_EQ(described->at(0).type, ValueType::none);
  EXPECT_EQ(described->at(1).type, ValueType::string);
  expectTtl("there", 60s);
  if (described->at(1).ttlKnown) {
    expectTtl(described->at(1).ttl, 60s);
  }
  EXPECT_TRUE(described->at(1).sizeBytes.has_value());
  EXPECT_EQ(described->at(2).type, ValueType::none);
}

TEST_P(CacheSessionContract, SetsKeepsAndClearsTheTtl) {
  set("key", "1", 100s);
  expectTtl("key", 100s);
  set("key", "2", KeepTtl{});
  EXPECT_EQ(value("key"), "2");
  expectTtl("key", 100s);
  set("key", "3", 40 * 24h);
  expectTtl("key", 40 * 24h);
  set("key", "4", NoTtl{});
  expectNoTtl("key");
  set("key", "5", KeepTtl{});
  expectNoTtl("key");
  set("fresh", "6", KeepTtl{});
  EXPECT_EQ(value("fresh"), "6");
  expectNoTtl("fresh");
}

TEST_P(CacheSessionContract, ChangesTheTtlAndLeavesTheValue) {
  set("key", "value");
  mustApply(TtlMutation{.key = "key", .ttl = 50s});
  expectTtl("key", 50s);
  mustApply(TtlMutation{.key = "key", .ttl = 35 * 24h});
  expectTtl("key", 35 * 24h);
  mustApply(TtlMutation{.key = "key", .ttl = NoTtl{}});
  expectNoTtl("key");
  EXPECT_EQ(value("key"), "value");
}

TEST_P(CacheSessionContract, RefusesATtlForAnAbsentKey) {
  const auto outcome = apply(TtlMutation{.key = "absent", .ttl = 50s});
  EXPECT_EQ(outcome.status, ApplyStatus::refused);
  EXPECT_EQ(outcome.error->code, ErrorCode::notFound);
}

TEST_P(CacheSessionContract, RefusesATtlOfNothingAndAKeptOne) {
  set("key", "value");
  for (const domain::TtlChange ttl :
       {domain::TtlChange(0ms), domain::TtlChange(-1s), domain::TtlChange(KeepTtl{})}) {
    const auto outcome = apply(TtlMutation{.key = "key", .ttl = ttl});
    EXPECT_EQ(outcome.status, ApplyStatus::refused);
    EXPECT_EQ(outcome.error->code, ErrorCode::validationError);
  }
  EXPECT_EQ(value("key"), "value");
}

TEST_P(CacheSessionContract, LetsAShortTtlRunOut) {
  set("key", "value", 10ms);
  const auto deadline = std::chrono::steady_clock::now() + 5s;
  while (value("key") && std::chrono::steady_clock::now() < deadline) {
  }
  EXPECT_EQ(value("key"), std::nullopt);
  EXPECT_FALSE(capture("key").existed());
}

TEST_P(CacheSessionContract, DeletesAndTakesAnAbsentKeyForDeleted) {
  set("key", "value");
  EXPECT_EQ(apply(DeleteMutation{.key = "key"}).status, ApplyStatus::applied);
  EXPECT_EQ(value("key"), std::nullopt);
  EXPECT_EQ(apply(DeleteMutation{.key = "key"}).status, ApplyStatus::applied);
}

TEST_P(CacheSessionContract, AnswersOneOutcomePerMutationInOrder) {
  std::vector<domain::Mutation> sets;
  for (int i = 0; i < 100; ++i) {
    sets.push_back(SetMutation{.key = "k" + std::to_string(i), .value = std::to_string(i), .ttl = NoTtl{}});
  }
  const auto set = applyAll(std::move(sets));
  ASSERT_EQ(set.size(), 100u);
  for (const auto& outcome : set) EXPECT_EQ(outcome.status, ApplyStatus::applied);
  const auto touched =
      applyAll({TtlMutation{.key = "k1", .ttl = 50s}, TtlMutation{.key = "absent", .ttl = 50s},
                TtlMutation{.key = "k2", .ttl = 50s}});
  EXPECT_EQ(touched.at(0).status, ApplyStatus::applied);
  EXPECT_EQ(touched.at(1).status, ApplyStatus::refused);
  EXPECT_EQ(touched.at(2).status, ApplyStatus::applied);
  EXPECT_EQ(value("k99"), "99");
}

TEST_P(CacheSessionContract, RenamesWithValueAndTtl) {
  set("old", "value", 100s);
  mustApply(RenameMutation{.from = "old", .to = "{old}new"});
  EXPECT_EQ(value("old"), std::nullopt);
  EXPECT_EQ(value("{old}new"), "value");
  expectTtl("{old}new", 100s);
}

TEST_P(CacheSessionContract, RefusesToRenameOntoAnExistingKeyUnlessToldTo) {
  set("old", "value");
  set("{old}taken", "precious");
  const auto refused = apply(RenameMutation{.from = "old", .to = "{old}taken"});
  EXPECT_EQ(refused.status, ApplyStatus::refused);
  EXPECT_EQ(refused.error->code, ErrorCode::conflict);
  EXPECT_EQ(value("old"), "value");
  EXPECT_EQ(value("{old}taken"), "precious");
  mustApply(RenameMutation{.from = "old", .to = "{old}taken", .replace = true});
  EXPECT_EQ(value("old"), std::nullopt);
  EXPECT_EQ(value("{old}taken"), "value");
}

TEST_P(CacheSessionContract, RefusesToRenameAnAbsentKey) {
  set("{old}taken", "precious");
  const auto refused = apply(RenameMutation{.from = "{old}absent", .to = "{old}taken", .replace = true});
  EXPECT_EQ(refused.status, ApplyStatus::refused);
  EXPECT_EQ(refused.error->code, ErrorCode::notFound);
  EXPECT_EQ(value("{old}taken"), "precious");
}

TEST_P(CacheSessionContract, CapturesAllThatIsNeededToBringAKeyBack) {
  for (const Bytes& content : {Bytes(), Bytes("a\0\r\n\xFF", 5), everyByte(900'000)}) {
    set("key", content, 100s);
    const auto before = now();
    const auto captured = capture("key");
    EXPECT_EQ(captured.key, "key");
    EXPECT_EQ(captured.type, ValueType::string);
    EXPECT_EQ(captured.sizeBytes, content.size());
    EXPECT_FALSE(captured.notCaptured);
    ASSERT_TRUE(captured.deadline);
    EXPECT_LE(*captured.deadline, now() + 101s);
    EXPECT_GE(*captured.deadline, before + 95s);
    set("key", "something else");
    mustApply(RestoreMutation{.capture = captured});
    EXPECT_TRUE(value("key") == content);
    expectTtl("key", 100s);
    mustApply(DeleteMutation{.key = "key"});
    mustApply(RestoreMutation{.capture = captured});
    EXPECT_TRUE(value("key") == content);
  }
}

TEST_P(CacheSessionContract, RestoresAKeyWithoutExpiryWithoutExpiry) {
  set("key", "value");
  const auto captured = capture("key");
  EXPECT_FALSE(captured.deadline);
  set("key", "other", 100s);
  mustApply(RestoreMutation{.capture = captured});
  EXPECT_EQ(value("key"), "value");
  expectNoTtl("key");
}

TEST_P(CacheSessionContract, CapturesAnAbsentKeyAsAbsentAndRestoresIt) {
  const auto captured = capture("key");
  EXPECT_FALSE(captured.existed());
  set("key", "value");
  mustApply(RestoreMutation{.capture = captured});
  EXPECT_EQ(value("key"), std::nullopt);
  mustApply(RestoreMutation{.capture = captured});
  EXPECT_EQ(value("key"), std::nullopt);
}

TEST_P(CacheSessionContract, RestoresAKeyWhoseTimeIsOverAsAbsent) {
  set("key", "value", 100s);
  auto captured = capture("key");
  captured.deadline = now() - 10s;
  mustApply(RestoreMutation{.capture = captured});
  EXPECT_EQ(value("key"), std::nullopt);
}

TEST_P(CacheSessionContract, DoesNotCaptureAValueAboveTheLimitAndDoesNotRestoreIt) {
  set("key", everyByte(2000));
  const cache::CaptureLimits limits{.maxBytes = 1000, .maxLogicalBytes = 1000};
  const auto captures = await(session_->capture({"key"}, limits, soon()));
  ASSERT_TRUE(captures);
  EXPECT_EQ(captures->at(0).type, ValueType::string);
  EXPECT_EQ(captures->at(0).sizeBytes, 2000u);
  EXPECT_TRUE(captures->at(0).notCaptured.has_value());
  EXPECT_EQ(apply(RestoreMutation{.capture = captures->at(0)}).status, ApplyStatus::refused);
  EXPECT_EQ(value("key")->size(), 2000u);
}

TEST_P(CacheSessionContract, TakesManyValuesOfAllSizesInOneGo) {
  std::vector<domain::Mutation> mutations;
  std::vector<Bytes> keys;
  for (std::size_t i = 0; i < 60; ++i) {
    keys.push_back("key:" + std::to_string(i));
    mutations.push_back(
        SetMutation{.key = keys.back(), .value = everyByte(i * i * 97 % 40'000), .ttl = NoTtl{}});
  }
  for (const auto& outcome : applyAll(std::move(mutations))) EXPECT_EQ(outcome.status, ApplyStatus::applied);
  const auto captures = await(session_->capture(keys, {}, soon()));
  ASSERT_TRUE(captures) << captures.error().message;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    EXPECT_EQ(captures->at(i).key, keys[i]);
    EXPECT_EQ(captures->at(i).sizeBytes, i * i * 97 % 40'000);
  }
}

TEST_P(CacheSessionContract, CapturesManyKeysInTheirOrder) {
  set("b", "2");
  set("d", "4");
  const auto captures = await(session_->capture({"a", "b", "c", "d"}, {}, soon()));
  ASSERT_TRUE(captures);
  ASSERT_EQ(captures->size(), 4u);
  EXPECT_EQ(captures->at(1).key, "b");
  EXPECT_EQ(captures->at(1).sizeBytes, 1u);
  EXPECT_TRUE(captures->at(3).existed());
  EXPECT_FALSE(captures->at(2).existed());
}

}  // namespace
}  // namespace cachify::test
