// Changes of parts of values as bytes on the wire, and what the replies to them mean.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cache/redis/content.hpp"
#include "cache/redis/mutation_script.hpp"
#include "unit/redis_replies.hpp"

namespace cachify::cache::redis {
namespace {

using namespace std::string_literals;
using domain::End;
using domain::ValueChange;

MutationScript compiled(ValueChange change) {
  return MutationScript::compile(domain::EditMutation{"k", std::move(change)}, Dialect(), {}).value();
}

/// Words of the one command, without the framing.
std::vector<Bytes> wordsOf(const ValueChange& change) {
  const auto script = compiled(change);
  EXPECT_EQ(script.commands().count(), 1U);
  EXPECT_FALSE(script.needsTransaction());
  std::vector<Bytes> words;
  BytesView rest = script.commands().bytes();
  rest.remove_prefix(rest.find("\r\n") + 2);
  while (!rest.empty()) {
    const auto size = static_cast<std::size_t>(std::stoul(Bytes(rest.substr(1, rest.find('\r')))));
    rest.remove_prefix(rest.find('\n') + 1);
    words.emplace_back(rest.substr(0, size));
    rest.remove_prefix(size + 2);
  }
  return words;
}

ApplyOutcome outcomeOf(const ValueChange& change, const Reply& reply) {
  return compiled(change).judge(std::span(&reply, 1));
}

ErrorCode refusal(const ValueChange& change, const Reply& reply) {
  const auto outcome = outcomeOf(change, reply);
  EXPECT_EQ(outcome.status, ApplyStatus::refused) << domain::nameOf(change);
  return outcome.error.value_or(Error()).code;
}

TEST(RedisEdit, IsOneCommandThatNamesElementsAsTheyAre) {
  using Words = std::vector<Bytes>;
  EXPECT_EQ(wordsOf(domain::SetFields{{{"f\0"s, "\xff"}, {"g", ""}}}),
            (Words{"HSET", "k", "f\0"s, "\xff", "g", ""}));
  EXPECT_EQ(wordsOf(domain::RemoveFields{{"f", "g"}}), (Words{"HDEL", "k", "f", "g"}));
  EXPECT_EQ(wordsOf(domain::PushItems{End::left, {"a", "b"}}), (Words{"LPUSH", "k", "a", "b"}));
  EXPECT_EQ(wordsOf(domain::PushItems{End::right, {"a"}}), (Words{"RPUSH", "k", "a"}));
  EXPECT_EQ(wordsOf(domain::InsertItem{End::right, "p", "i"}), (Words{"LINSERT", "k", "AFTER", "p", "i"}));
  EXPECT_EQ(wordsOf(domain::AddMembers{{"m"}}), (Words{"SADD", "k", "m"}));
  EXPECT_EQ(wordsOf(domain::RemoveMembers{{"m"}}), (Words{"SREM", "k", "m"}));
  EXPECT_EQ(wordsOf(domain::AddScored{{{"m", "-inf"}}, domain::ScoreRule::onlyGreater}),
            (Words{"ZADD", "k", "GT", "CH", "-inf", "m"}));
  EXPECT_EQ(wordsOf(domain::AddScored{{{"m", "1.5"}}}), (Words{"ZADD", "k", "CH", "1.5", "m"}));
  EXPECT_EQ(wordsOf(domain::IncrementScore{"m", "2"}), (Words{"ZINCRBY", "k", "2", "m"}));
  EXPECT_EQ(wordsOf(domain::RemoveScored{{"m"}}), (Words{"ZREM", "k", "m"}));
  EXPECT_EQ(wordsOf(domain::AddEntry{"*", {{"f", "v"}}}), (Words{"XADD", "k", "*", "f", "v"}));
  EXPECT_EQ(wordsOf(domain::RemoveEntries{{"1-1"}}), (Words{"XDEL", "k", "1-1"}));
  EXPECT_EQ(wordsOf(domain::TrimEntries{7}), (Words{"XTRIM", "k", "MAXLEN", "=", "7"}));
  EXPECT_EQ(wordsOf(domain::ExtendText{End::right, "t"}), (Words{"APPEND", "k", "t"}));
  EXPECT_EQ(wordsOf(domain::IncrementNumber{-4}), (Words{"INCRBY", "k", "-4"}));
  EXPECT_EQ(wordsOf(domain::ExpireFields{{"f", "g"}, std::chrono::milliseconds(9)}),
            (Words{"HPEXPIRE", "k", "9", "FIELDS", "2", "f", "g"}));
  EXPECT_EQ(wordsOf(domain::ExpireFields{{"f"}}), (Words{"HPERSIST", "k", "FIELDS", "1", "f"}));
  EXPECT_EQ(wordsOf(domain::SetJson{"$.a", "1"}), (Words{"JSON.SET", "k", "$.a", "1"}));
  EXPECT_EQ(wordsOf(domain::RemoveJson{"$.a"}), (Words{"JSON.DEL", "k", "$.a"}));
}

TEST(RedisEdit, LooksAtTheItemInTheSameStepThatChangesIt) {
  const auto replace = wordsOf(domain::ReplaceItem{-1, "old", "new"});
  EXPECT_EQ(replace.at(0), "EVAL");
  EXPECT_EQ((std::vector(replace.begin() + 2, replace.end())),
            (std::vector<Bytes>{"1", "k", "-1", "old", "new"}));
  const auto remove = wordsOf(domain::RemoveItem{3, "old"});
  EXPECT_EQ(remove.at(0), "EVAL");
  EXPECT_EQ((std::vector(remove.begin() + 2, remove.begin() + 6)),
            (std::vector<Bytes>{"1", "k", "3", "old"}));
  EXPECT_NE(remove.at(6), wordsOf(domain::RemoveItem{3, "other"}).at(6));
}

TEST(RedisEdit, ZeroOrNilMeansThatNothingWasThereOrThatAConditionWasNotMet) {
  EXPECT_EQ(refusal(domain::RemoveFields{{"f"}}, integer(0)), ErrorCode::notFound);
  EXPECT_EQ(refusal(domain::RemoveMembers{{"f"}}, integer(0)), ErrorCode::notFound);
  EXPECT_EQ(refusal(domain::RemoveEntries{{"1-1"}}, integer(0)), ErrorCode::notFound);
  EXPECT_EQ(refusal(domain::InsertItem{End::left, "p", "i"}, integer(-1)), ErrorCode::notFound);
  EXPECT_EQ(refusal(domain::InsertItem{End::left, "p", "i"}, integer(0)), ErrorCode::notFound);
  EXPECT_EQ(refusal(domain::ReplaceItem{0, "o", "n"}, status("NOTFOUND")), ErrorCode::notFound);
  EXPECT_EQ(refusal(domain::ReplaceItem{0, "o", "n"}, status("CONFLICT")), ErrorCode::conflict);
  EXPECT_EQ(refusal(domain::AddScored{{{"m", "1"}}, domain::ScoreRule::onlyNew}, integer(0)),
            ErrorCode::conflict);
  EXPECT_EQ(refusal(domain::AddScored{{{"m", "1"}}, domain::ScoreRule::onlyExisting}, integer(0)),
            ErrorCode::notFound);
  EXPECT_EQ(refusal(domain::SetJson{"$.x", "1"}, Reply()), ErrorCode::conflict);
  EXPECT_EQ(refusal(domain::RemoveJson{"$.x"}, integer(0)), ErrorCode::notFound);
  const Reply noFields{.kind = Reply::Kind::array, .elements = {integer(-2), integer(-2)}};
  EXPECT_EQ(refusal(domain::ExpireFields{{"f", "g"}}, noFields), ErrorCode::notFound);
}

TEST(RedisEdit, SaysWhatTheServerSaid) {
  EXPECT_EQ(outcomeOf(domain::PushItems{End::left, {"a"}}, integer(4)).result, "4");
  EXPECT_EQ(outcomeOf(domain::AddMembers{{"a"}}, integer(0)).result, "0");
  EXPECT_EQ(outcomeOf(domain::AddEntry{"*", {{"f", "v"}}}, bulk("17-0")).result, "17-0");
  EXPECT_EQ(outcomeOf(domain::IncrementScore{"m", "1"}, bulk("inf")).result, "inf");
  EXPECT_EQ(outcomeOf(domain::IncrementNumber{1}, integer(-5)).result, "-5");
  EXPECT_EQ(outcomeOf(domain::ReplaceItem{0, "o", "n"}, status("OK")).result, "");
  EXPECT_EQ(outcomeOf(domain::SetJson{"$", "1"}, status("OK")).status, ApplyStatus::applied);
  const Reply oneField{.kind = Reply::Kind::array, .elements = {integer(1), integer(-2)}};
  EXPECT_EQ(outcomeOf(domain::ExpireFields{{"f", "g"}}, oneField).result, "1");
}

TEST(RedisEdit, TellsRefusalsApart) {
  EXPECT_EQ(refusal(domain::IncrementNumber{1}, error("ERR value is not an integer or out of range")),
            ErrorCode::conflict);
  EXPECT_EQ(refusal(domain::IncrementNumber{1}, error("ERR increment or decrement would overflow")),
            ErrorCode::conflict);
  EXPECT_EQ(
      refusal(domain::AddEntry{"1-1", {{"f", "v"}}},
              error("ERR The ID specified in XADD is equal or smaller than the target stream top item")),
      ErrorCode::conflict);
  EXPECT_EQ(refusal(domain::AddMembers{{"m"}}, error("WRONGTYPE Operation against a key")),
            ErrorCode::conflict);
  const auto noModule =
      outcomeOf(domain::SetJson{"$", "1"}, error("ERR unknown command 'JSON.SET', with args"));
  EXPECT_EQ(noModule.error->code, ErrorCode::notSupported);
  EXPECT_THAT(noModule.error->message, testing::HasSubstr("RedisJSON"));
  const auto tooOld =
      outcomeOf(domain::ExpireFields{{"f"}}, error("ERR unknown command `HPERSIST`, with args"));
  EXPECT_EQ(tooOld.error->code, ErrorCode::notSupported);
  EXPECT_THAT(tooOld.error->message, testing::HasSubstr("7.4"));
}

TEST(RedisLook, AtOneElementIsOneCommandOfItsType) {
  const auto wire = [](domain::ValueType type, const ElementName& element) {
    Pipeline pipeline;
    EXPECT_TRUE(addElementRead(pipeline, type, "k", element));
    return pipeline.bytes();
  };
  using domain::ValueType;
  EXPECT_EQ(wire(ValueType::hash, ElementNamed{"f\0"s}), "*3\r\n$4\r\nHGET\r\n$1\r\nk\r\n$2\r\nf\0\r\n"s);
  EXPECT_EQ(wire(ValueType::list, ElementAt{-1}), "*3\r\n$6\r\nLINDEX\r\n$1\r\nk\r\n$2\r\n-1\r\n");
  EXPECT_EQ(wire(ValueType::set, ElementNamed{"m"}), "*3\r\n$9\r\nSISMEMBER\r\n$1\r\nk\r\n$1\r\nm\r\n");
  EXPECT_EQ(wire(ValueType::zset, ElementNamed{"m"}), "*3\r\n$6\r\nZSCORE\r\n$1\r\nk\r\n$1\r\nm\r\n");
  Pipeline none;
  EXPECT_EQ(addElementRead(none, ValueType::list, "k", ElementNamed{"m"}).error().code, ErrorCode::conflict);
  EXPECT_EQ(addElementRead(none, ValueType::string, "k", ElementAt{0}).error().code, ErrorCode::conflict);
  Pipeline json;
  ASSERT_TRUE(addJsonRead(json, "k", ElementName(ElementNamed{"$.a"})));
  EXPECT_EQ(json.bytes(), "*3\r\n$8\r\nJSON.GET\r\n$1\r\nk\r\n$3\r\n$.a\r\n");
}

TEST(RedisLook, GivesTheElementAloneOrNone) {
  using domain::ValueType;
  const ElementName named = ElementNamed{"m"};
  EXPECT_EQ(std::get<domain::HashValue>(elementIn(ValueType::hash, named, bulk("v"))).entries,
            (std::vector<domain::HashEntry>{{"m", "v"}}));
  EXPECT_TRUE(std::get<domain::HashValue>(elementIn(ValueType::hash, named, Reply())).entries.empty());
  EXPECT_EQ(std::get<domain::SetValue>(elementIn(ValueType::set, named, integer(1))).members.size(), 1U);
  EXPECT_TRUE(std::get<domain::SetValue>(elementIn(ValueType::set, named, integer(0))).members.empty());
  EXPECT_EQ(std::get<domain::ZSetValue>(elementIn(ValueType::zset, named, bulk("inf"))).members.front().score,
            "inf");
  EXPECT_EQ(std::get<domain::ListValue>(elementIn(ValueType::list, ElementAt{0}, bulk(""))).items.size(), 1U);
}

TEST(RedisSet, WithAModeIsOneCommandOnEveryRelease) {
  const auto wire = [](domain::SetMode mode, domain::TtlChange ttl, const Dialect& dialect, WallTime now) {
    const domain::SetMutation set{.key = "k", .value = "v", .ttl = ttl, .mode = mode};
    const auto script = MutationScript::compile(set, dialect, now).value();
    EXPECT_EQ(script.commands().count(), 1U);
    EXPECT_FALSE(script.needsTransaction());
    return script.commands().bytes();
  };
  using namespace std::chrono_literals;
  const WallTime now{1000s};
  Dialect old;
  old.setKeepTtl = old.setPxAt = false;
  EXPECT_THAT(wire(domain::SetMode::add, domain::KeepTtl{}, {}, now), testing::HasSubstr("NX"));
  EXPECT_THAT(wire(domain::SetMode::add, 5s, old, now), testing::HasSubstr("PX\r\n$4\r\n5000"));
  EXPECT_THAT(wire(domain::SetMode::replace, domain::KeepTtl{}, old, now), testing::HasSubstr("EVAL"));
  EXPECT_THAT(wire(domain::SetMode::replace, 5s, {}, now), testing::HasSubstr("1005000"));
  const auto judged = [](domain::SetMode mode, const Reply& reply) {
    const domain::SetMutation set{.key = "k", .value = "v", .mode = mode};
    return MutationScript::compile(set, Dialect(), {}).value().judge(std::span(&reply, 1));
  };
  EXPECT_EQ(judged(domain::SetMode::add, Reply()).error->code, ErrorCode::conflict);
  EXPECT_EQ(judged(domain::SetMode::replace, Reply()).error->code, ErrorCode::notFound);
  EXPECT_EQ(judged(domain::SetMode::replace, integer(0)).error->code, ErrorCode::notFound);
  EXPECT_EQ(judged(domain::SetMode::replace, status("OK")).status, ApplyStatus::applied);
}

}  // namespace
}  // namespace cachify::cache::redis
