// Changes of parts of values through an Engine: guarded, recorded, undone byte-exact; real redis-server and
// memcached.

#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "events/decode.hpp"
#include "events/mutation_events.hpp"
#include "support/mutation_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using namespace domain;
using actions::Consent;
using actions::OnChanged;
using test::Mutation;
using test::RedisCli;
using test::RedisMutation;

const Bytes kOdd = "odd\0\xff\r\n"s;

class RedisEdit : public RedisMutation {
 protected:
  Result<actions::MutationReport> edit(const Bytes& key, ValueChange change, Consent consent = {}) {
    return editOf(profile_, key, std::move(change), std::move(consent));
  }
  Result<actions::MutationReport> editOf(const ConnectionProfile& profile, const Bytes& key,
                                         ValueChange change, Consent consent = {}) {
    return engine_->wait(engine_->keys().edit(profile, key, std::move(change), std::move(consent), {}));
  }
  ConnectionProfile changed(ConnectionProfile profile) {
    return engine_->wait(engine_->connections().edit(std::move(profile), actions::KeepSecret{})).value();
  }
};

struct EditSample {
  std::vector<std::string> make;
  ValueChange change;
};

std::vector<EditSample> editSamples() {
  const std::vector<std::string> hash{"HSET", kOdd, "f", "1", kOdd, "\xff"};
  const std::vector<std::string> list{"RPUSH", kOdd, "a", kOdd, "a"};
  const std::vector<std::string> set{"SADD", kOdd, "a", kOdd};
  const std::vector<std::string> zset{"ZADD", kOdd, "0.1", "a", "inf", kOdd};
  const std::vector<std::string> stream{"XADD", kOdd, "5-5", kOdd, "v"};
  return {
      {hash, SetFields{{{kOdd, "new"}, {"g\0"s, kOdd}}}},
      {hash, RemoveFields{{kOdd}}},
      {hash, RemoveFields{{kOdd, "f"}}},
      {{}, SetFields{{{kOdd, kOdd}}, true}},
      {list, PushItems{End::left, {kOdd, "b"}}},
      {{}, PushItems{End::right, {kOdd}}},
      {list, InsertItem{End::left, kOdd, "\0"s}},
      {list, ReplaceItem{-1, "a", kOdd}},
      {list, RemoveItem{1, kOdd}},
      {set, AddMembers{{"a", "b", "\0\0"s}}},
      {set, RemoveMembers{{kOdd}}},
      {zset, AddScored{{{"a", "0.3"}, {"n", "-inf"}}}},
      {zset, IncrementScore{"a", "0.2"}},
      {zset, RemoveScored{{kOdd}}},
      {stream, AddEntry{"*", {{kOdd, kOdd}}}},
      {stream, AddEntry{"7", {{"f", "v"}}}},
      {stream, RemoveEntries{{"5-5"}}},
      {stream, TrimEntries{0}},
      {{"SET", kOdd, "t\0"s}, ExtendText{End::right, kOdd}},
      {{"SET", kOdd, "t\0"s}, ExtendText{End::left, kOdd}},
      {{"SET", kOdd, "41"}, IncrementNumber{-50}},
      {{}, IncrementNumber{7}},
  };
}

TEST_F(RedisEdit, OfEveryKindKeepsTheTtlAndIsUndoneByteExact) {
  for (const auto& sample : editSamples()) {
    SCOPED_TRACE(nameOf(sample.change));
    cli_.must({"DEL", kOdd});
    if (!sample.make.empty()) {
      cli_.must(sample.make);
      cli_.must({"PEXPIRE", kOdd, "600000"});
    }
    const auto before = digestOf(kOdd);
    const auto report = edit(kOdd, sample.change);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->undoable);
    EXPECT_NE(digestOf(kOdd), before);
    if (!sample.make.empty() && cli_.must({"EXISTS", kOdd}).integer == 1) {
      EXPECT_NEAR(static_cast<double>(pttl(kOdd)), 600'000, 1000);
    }
    // Without force: the state after the change is known exactly, the id a server gave included.
    const auto restored = restoreLatest(profile_, kOdd);
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(digestOf(kOdd), before);
    // The undo is undone as well.
    ASSERT_TRUE(restoreLatest(profile_, kOdd));
    EXPECT_NE(digestOf(kOdd), before);
  }
}

TEST_F(RedisEdit, IsRecordedAsWhatItIsAndWithoutAnyValue) {
  ASSERT_TRUE(edit("h", SetFields{{{"field", "secret-value"}}}));
  ASSERT_TRUE(edit("h", RemoveFields{{"field"}}));
  const auto requested = framesOf(events::EventType::mutationRequested);
  ASSERT_EQ(requested.size(), 2U);
  EXPECT_EQ(events::decodeAs<events::MutationRequested>(1, requested[0].payloads[0])->action, Action::set);
  const auto removal = events::decodeAs<events::MutationRequested>(1, requested[1].payloads[0]);
  EXPECT_EQ(removal->action, Action::remove);
  EXPECT_FALSE(removal->intended.at(0).existed()) << "the key goes with its last field";
  const auto completed = framesOf(events::EventType::operationCompleted);
  std::string all;
  for (const auto& frame : completed) all += frame.payloads[0];
  for (const auto& frame : requested) all += frame.payloads[0];
  EXPECT_THAT(all, testing::HasSubstr("hash.set"));
  EXPECT_THAT(all, testing::HasSubstr("hash.remove"));
  EXPECT_THAT(all, testing::Not(testing::HasSubstr("secret-value")));
}

TEST_F(RedisEdit, ThatCannotBeLeavesNoIntentAndNoChange) {
  cli_.must({"RPUSH", "l", "a"});
  const std::vector<std::pair<ValueChange, ErrorCode>> refused{
      {ReplaceItem{0, "b", "c"}, ErrorCode::conflict}, {RemoveItem{1, "a"}, ErrorCode::notFound},
      {AddMembers{{"m"}}, ErrorCode::conflict},        {InsertItem{End::left, "x", "y"}, ErrorCode::notFound},
      {PushItems{}, ErrorCode::validationError},       {SetJson{"$", "{}"}, ErrorCode::conflict}};
  for (const auto& [change, code] : refused) {
    const auto report = edit("l", change);
    ASSERT_FALSE(report) << nameOf(change);
    EXPECT_EQ(report.error().code, code) << nameOf(change);
  }
  EXPECT_TRUE(framesOf(events::EventType::mutationRequested).empty());
  EXPECT_EQ(cli_.must({"LRANGE", "l", "0", "-1"}).elements.size(), 1U);
}

TEST_F(RedisEdit, WhatTheServerLacksIsNotSupportedAndSaysWhy) {
  cli_.must({"HSET", "h", "f", "v"});
  const auto ttl = edit("h", ExpireFields{{"f"}, 5000ms});
  ASSERT_FALSE(ttl);
  EXPECT_EQ(ttl.error().code, ErrorCode::notSupported);
  EXPECT_THAT(ttl.error().message, testing::HasSubstr("7.4"));
  const auto json = edit("doc", SetJson{"$", "{}"});
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().code, ErrorCode::notSupported);
  EXPECT_THAT(json.error().message, testing::HasSubstr("RedisJSON"));
}

TEST_F(RedisEdit, GuardsHoldForEveryChange) {
  auto prod = profile_;
  prod.environment = Environment::prod;
  prod = changed(prod);
  cli_.must({"SADD", "s", "a", "b"});
  const auto unconfirmed = editOf(prod, "s", RemoveMembers{{"a"}});
  ASSERT_FALSE(unconfirmed);
  EXPECT_EQ(detail(unconfirmed.error(), "policy"), "prodGuardrail");
  EXPECT_EQ(cli_.must({"SCARD", "s"}).integer, 2);
  EXPECT_TRUE(editOf(prod, "s", RemoveMembers{{"a"}}, {.confirmation = "cache"}));
  EXPECT_TRUE(editOf(prod, "s", AddMembers{{"c"}})) << "adding takes nothing away";
  prod.readOnly = true;
  prod = changed(prod);
  for (const ValueChange& change : {ValueChange(AddMembers{{"d"}}), ValueChange(RemoveMembers{{"b"}})}) {
    const auto blocked = editOf(prod, "s", change, {.confirmation = "cache"});
    ASSERT_FALSE(blocked);
    EXPECT_EQ(detail(blocked.error(), "policy"), "readOnly");
  }
  EXPECT_EQ(cli_.must({"SCARD", "s"}).integer, 2);
}

TEST_F(RedisEdit, UnderAnIdempotencyKeyIsMadeOnceAndOtherContentIsConflict) {
  const Consent consent{.idempotencyKey = "click"};
  const auto first = edit("n", IncrementNumber{5}, consent);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->result, "5");
  const auto again = edit("n", IncrementNumber{5}, consent);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->result, "") << "the new number is the value, and that is not in the log";
  EXPECT_EQ(cli_.must({"GET", "n"}).text, "5");
  EXPECT_EQ(edit("n", IncrementNumber{6}, consent).error().code, ErrorCode::conflict);
  EXPECT_EQ(edit("n", ExtendText{End::right, "5"}, consent).error().code, ErrorCode::conflict);
}

TEST_F(RedisEdit, RepeatedUnderAnIdempotencyKeyTellsItsResultAgain) {
  const std::vector<std::pair<Bytes, ValueChange>> changes{{"s", AddEntry{"*", {{"f", "v"}}}},
                                                           {"l", PushItems{.items = {"a", "b"}}},
                                                           {"h", SetFields{{{"f", "v"}}}}};
  for (const auto& [key, change] : changes) {
    const Consent consent{.idempotencyKey = "click on " + key};
    const auto first = edit(key, change, consent);
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_NE(first->result, "") << key;
    const auto again = edit(key, change, consent);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(again->result, first->result) << key;
  }
  EXPECT_EQ(cli_.must({"XLEN", "s"}).integer, 1);
}

TEST_F(RedisEdit, OfAListByIndexAndValueLosesNothingUnderAnIntruder) {
  constexpr int kItems = 40;
  for (int i = 0; i < kItems; ++i) cli_.must({"RPUSH", "l", "mine" + std::to_string(i)});
  std::jthread intruder([&](const std::stop_token& stop) {
    RedisCli other(server_);
    for (int i = 0; !stop.stop_requested(); ++i) {
      other.must({"LPUSH", "l", "theirs" + std::to_string(i)});
      std::this_thread::sleep_for(1ms * (i % 30));  // at times too fast for anybody, at times not
    }
  });
  std::set<std::string> removed;
  int conflicts = 0;
  for (int i = 0; i < kItems; ++i) {
    const std::string item = "mine" + std::to_string(i);
    // Seen from the front its place moves all the time, seen from the end it does not.
    const auto place = cli_.must({"LLEN", "l"}).integer - (kItems - i);
    for (const std::int64_t index : {std::int64_t{place}, std::int64_t{i - kItems}}) {
      if (removed.contains(item)) continue;
      const auto report = edit("l", RemoveItem{index, item});
      if (report) {
        removed.insert(item);
      } else {
        ++conflicts;
        EXPECT_EQ(report.error().code, ErrorCode::conflict) << report.error().message;
      }
    }
  }
  intruder.request_stop();
  intruder.join();
  std::set<std::string> left;
  int theirs = 0;
  for (const auto& item : cli_.must({"LRANGE", "l", "0", "-1"}).elements) {
    item.text.starts_with("mine") ? void(left.insert(item.text)) : void(++theirs);
  }
  EXPECT_FALSE(removed.empty());
  EXPECT_GT(conflicts, 0) << "the intruder was never in between";
  EXPECT_EQ(left.size() + removed.size(), std::size_t{kItems});
  for (const auto& item : removed) EXPECT_FALSE(left.contains(item)) << item;
  EXPECT_EQ(cli_.must({"LINDEX", "l", "0"}).text, "theirs" + std::to_string(theirs - 1))
      << "none of theirs is lost";
}

TEST_F(RedisEdit, OfAValueAboveOneMebibyteIsUndoneWithoutForce) {
  std::vector<std::string> fill{"HSET", "big"};
  for (int i = 0; i < 40; ++i) {
    fill.push_back("f" + std::to_string(i));
    fill.emplace_back(50'000, static_cast<char>('a' + i % 26));
  }
  cli_.must(fill);
  const auto before = digestOf("big");
  ASSERT_TRUE(edit("big", SetFields{{{"f1", "x"}}}));
  const auto restored = restoreLatest(profile_, "big");
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(digestOf("big"), before);
}

TEST_F(RedisEdit, WhoeverChangedTheKeySinceMakesTheUndoAConflict) {
  cli_.must({"RPUSH", "l", "a"});
  ASSERT_TRUE(edit("l", PushItems{End::right, {"b"}}));
  cli_.must({"LSET", "l", "1", "c"});
  const auto refused = restoreLatest(profile_, "l");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_TRUE(restoreLatest(profile_, "l", OnChanged::overwrite));
}

TEST_F(RedisEdit, ASaveThatConflictsShowsBothVersionsAndForceOverrulesIt) {
  cli_.must({"SET", "k", "theirs"});
  actions::SetOptions options;
  options.ifDigest = toHex(sha256("read before"));
  const auto refused = set(profile_, "k", "ours", options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(detail(refused.error(), "type"), "string");
  EXPECT_EQ(std::get<std::int64_t>(*refused.error().detail("sizeBytes")), 6);
  EXPECT_EQ(detail(refused.error(), "actualDigest"), toHex(sha256("theirs")));
  EXPECT_EQ(std::get<std::int64_t>(*refused.error().detail("newSizeBytes")), 4);
  EXPECT_EQ(detail(refused.error(), "newDigest"), toHex(sha256("ours")));
  options.force = true;
  EXPECT_TRUE(set(profile_, "k", "ours", options));
  cli_.must({"DEL", "k"});
  cli_.must({"RPUSH", "k", "item"});
  EXPECT_FALSE(set(profile_, "k", "ours"));
  ASSERT_TRUE(set(profile_, "k", "ours", {.force = true}));
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "ours");
  ASSERT_TRUE(restoreLatest(profile_, "k"));
  EXPECT_EQ(cli_.must({"LLEN", "k"}).integer, 1);
}

class MemcachedEdit : public Mutation {
 protected:
  std::optional<Bytes> valueOf(const Bytes& key) {
    const auto read = engine_->wait(engine_->keys().get(profile_, key, {}, {}));
    const auto* text = read ? std::get_if<Bytes>(&read->value) : nullptr;
    return text == nullptr ? std::nullopt : std::optional(*text);
  }
  Result<actions::MutationReport> edit(const Bytes& key, ValueChange change) {
    return engine_->wait(engine_->keys().edit(profile_, key, std::move(change), {}, {}));
  }

  test::MemcachedServer server_;
  ConnectionProfile profile_ = add(draft(CacheEngine::memcached, server_.port()));
};

TEST_F(MemcachedEdit, ExtendsCountsAndIsUndoneByteExact) {
  const auto rules = StringRules::memcached;
  ASSERT_TRUE(set(profile_, "k", "a\0b"s, {.ttl = 600s, .flags = 7}));
  const std::vector<std::pair<ValueChange, Bytes>> changes{
      {ExtendText{End::right, kOdd, rules}, "a\0b"s + kOdd},
      {ExtendText{End::left, kOdd, rules}, kOdd + "a\0b"s}};
  for (const auto& [change, expected] : changes) {
    const auto report = edit("k", change);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(valueOf("k"), expected);
    const auto restored = restoreLatest(profile_, "k");
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(valueOf("k"), "a\0b"s);
    const auto read = engine_->wait(engine_->keys().get(profile_, "k", {}, {}));
    EXPECT_EQ(read->flags, 7U);
    EXPECT_GT(*read->ttl, 590s);
  }
  ASSERT_TRUE(set(profile_, "n", "10"));
  const auto counted = edit("n", IncrementNumber{-1, rules});
  ASSERT_TRUE(counted) << counted.error().message;
  EXPECT_EQ(counted->result, "9");
  ASSERT_TRUE(restoreLatest(profile_, "n")) << "the blank that memcached fills up with is expected";
  EXPECT_EQ(valueOf("n"), "10");
  EXPECT_EQ(edit("absent", IncrementNumber{1, rules}).error().code, ErrorCode::notFound);
  EXPECT_EQ(edit("k", IncrementNumber{1, rules}).error().code, ErrorCode::conflict);
  EXPECT_EQ(edit("k", AddMembers{{"m"}}).error().code, ErrorCode::conflict);
}

TEST_F(MemcachedEdit, AddAndReplaceLookWhetherTheKeyIsThere) {
  EXPECT_EQ(set(profile_, "k", "v", {.mode = SetMode::replace}).error().code, ErrorCode::notFound);
  EXPECT_TRUE(set(profile_, "k", "v", {.mode = SetMode::add}));
  EXPECT_EQ(set(profile_, "k", "w", {.mode = SetMode::add}).error().code, ErrorCode::conflict);
  EXPECT_TRUE(set(profile_, "k", "w", {.mode = SetMode::replace}));
  EXPECT_EQ(valueOf("k"), "w");
}

}  // namespace
}  // namespace cachify
