#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cache/redis/captured_key.hpp"
#include "cache/redis/collection_page.hpp"
#include "cache/redis/content.hpp"
#include "cache/redis/mutation_script.hpp"
#include "cache/redis/probe.hpp"
#include "cache/redis/scan.hpp"
#include "cache/redis/scan_cursor.hpp"
#include "cache/redis/server_error.hpp"
#include "unit/redis_replies.hpp"

namespace cachify::cache::redis {
namespace {

using namespace std::chrono_literals;
using domain::ValueType;

TEST(RedisErrors, HaveTheCodesThatScriptsRelyOn) {
  struct Case {
    std::string_view text;
    ErrorCode code;
    bool retryable;
  };
  for (const Case& expected : std::initializer_list<Case>{
           {"LOADING Redis is loading the dataset in memory", ErrorCode::connectionFailed, true},
           {"BUSY Redis is busy running a script.", ErrorCode::connectionFailed, true},
           {"TRYAGAIN Multiple keys request during rehashing of slot", ErrorCode::connectionFailed, true},
           {"CLUSTERDOWN Hash slot not served", ErrorCode::connectionFailed, true},
           {"MASTERDOWN Link with MASTER is down", ErrorCode::connectionFailed, true},
           {"ERR max number of clients reached", ErrorCode::connectionFailed, true},
           {"NOPERM User x has no permissions to run the 'get' command", ErrorCode::unauthorized, false},
           {"NOAUTH Authentication required.", ErrorCode::unauthorized, false},
           {"WRONGPASS invalid username-password pair or user is disabled.", ErrorCode::unauthorized, false},
           {"ERR unknown command 'UNLINK', with args beginning with: 'k' ", ErrorCode::notSupported, false},
           {"ERR syntax error", ErrorCode::notSupported, false},
           {"ERR DUMP payload version or checksum are wrong", ErrorCode::notSupported, false},
           {"READONLY You can't write against a read only replica.", ErrorCode::notSupported, false},
           {"WRONGTYPE Operation against a key holding the wrong kind of value", ErrorCode::conflict, false},
           {"BUSYKEY Target key name already exists.", ErrorCode::conflict, false},
           {"OOM command not allowed when used memory > 'maxmemory'.", ErrorCode::conflict, false},
           {"ERR no such key", ErrorCode::notFound, false},
           {"ERR DB index is out of range", ErrorCode::validationError, false},
           {"ERR something new", ErrorCode::internalError, false},
       }) {
    const Error error = classify(expected.text);
    EXPECT_EQ(error.code, expected.code) << expected.text;
    EXPECT_EQ(error.retryable, expected.retryable) << expected.text;
  }
}

TEST(RedisErrors, ShowTheServersTextEscapedAndWithoutTheArgumentsItQuotes) {
  const Error quoted = classify("ERR unknown command 'SETX', with args beginning with: 'key' 's3cret' ");
  EXPECT_EQ(std::get<std::string>(*quoted.detail("serverMessage")), "ERR unknown command 'SETX'");
  const Error hostile = classify("ERR \x1b[2Jboo");
  EXPECT_EQ(hostile.message.find('\x1b'), std::string::npos);
  EXPECT_EQ(std::get<std::string>(*hostile.detail("serverMessage")).find('\x1b'), std::string::npos);
}

TEST(RedisErrors, NameTheCommandThatTheUserMayNotRun) {
  EXPECT_THAT(classify("NOPERM User x has no permissions to run the 'config|get' command").message,
              testing::HasSubstr("CONFIG GET"));
  EXPECT_THAT(classify("NOPERM No permissions to access a key").message, testing::HasSubstr("keys"));
}

TEST(RedisErrors, TellACommandThatIsRefusedFromAKeyThatIs) {
  EXPECT_TRUE(
      refusesCommand("NOPERM this user has no permissions to run the 'dump' command or its subcommand"));
  EXPECT_TRUE(refusesCommand("NOPERM User bob has no permissions to run the 'dump' command"));
  EXPECT_FALSE(
      refusesCommand("NOPERM this user has no permissions to access one of the keys used as arguments"));
}

TEST(ScanCursors, ComeBackAsTheyWere) {
  const ScanCursor cursor{.runId = "0a9f", .position = UINT64_MAX, .scanned = 12'000};
  EXPECT_EQ(cursor.encode(), "r1:0a9f:18446744073709551615:12000");
  EXPECT_EQ(ScanCursor::decode(cursor.encode()).value(), cursor);
  EXPECT_EQ(
      ScanCursor::decode(ScanCursor{.runId = "", .position = 5, .scanned = 0}.encode()).value().position, 5u);
  EXPECT_EQ(ScanCursor::decode("").value(), ScanCursor());
}

TEST(ScanCursors, AreRefusedWhenNoPageGaveThem) {
  for (const auto* text :
       {"0", "17", "r1", "r1:", "r1::", "r1:ab:", "r1:ab:x:0", "r1:ab:1:", "r1:ab:1", "r2:ab:1:0",
        "r1:AB:1:0", "r1:a:b:1:0", "r1:ab:-1:0", "r1:ab:1:0 ", "r1:ab:99999999999999999999:0"}) {
    const auto cursor = ScanCursor::decode(text);
    ASSERT_FALSE(cursor) << text;
    EXPECT_EQ(cursor.error().code, ErrorCode::validationError);
  }
}

TEST(ScanBatches, GrowWhereLittleMatchesAndStayWithinBounds) {
  EXPECT_EQ(nextBatch(100, 0, 0), 100u);
  EXPECT_EQ(nextBatch(50, 50, 100), 99u);       // every second one matched
  EXPECT_EQ(nextBatch(100, 0, 1000), 10'000u);  // nothing matched yet
  EXPECT_EQ(nextBatch(1, 99, 99), 10u);
  EXPECT_EQ(nextBatch(1'000'000, 0, 0), 10'000u);
}

TEST(StreamIds, AreFollowedByTheNextPossibleOne) {
  EXPECT_EQ(streamIdAfter("5-3"), "5-4");
  EXPECT_EQ(streamIdAfter("5-18446744073709551615"), "6-0");
}

TEST(ServerInfoText, GivesItsFields) {
  constexpr std::string_view kInfo =
      "# Server\r\nredis_version:7.0.15\r\nrun_id:abc\r\n\r\n# Replication\r\nrole:slave\r\n";
  EXPECT_EQ(infoField(kInfo, "redis_version"), "7.0.15");
  EXPECT_EQ(infoField(kInfo, "role"), "slave");
  EXPECT_EQ(infoField(kInfo, "run"), "");
}

TEST(Content, IsRefusedWhenTheReplyHasAnotherForm) {
  EXPECT_FALSE(contentIn(ValueType::string, array({})));
  EXPECT_FALSE(contentIn(ValueType::hash, array({bulk("field")})));
  EXPECT_FALSE(contentIn(ValueType::list, array({integer(1)})));
  EXPECT_FALSE(contentIn(ValueType::stream, array({bulk("1-0")})));
  EXPECT_FALSE(contentIn(ValueType::set, bulk("x")));
}

TEST(CapturedKeys, ThatChangedTheirTypeMeanwhileAreNotCaptured) {
  const Dialect dialect;
  const CaptureLimits limits;
  CapturedKey key("k", dialect, limits);
  key.takeSurvey(status("string"), integer(60));
  ASSERT_EQ(key.contentReplies(), 2u);
  std::vector<Reply> replies{integer(-1), bulk(Bytes("\x01\x01\x01x\x0a\x00cksum678", 14))};
  key.takeContent(replies, WallTime());
  const auto capture = std::move(key).take();
  EXPECT_TRUE(capture.existed());
  ASSERT_TRUE(capture.notCaptured);
  EXPECT_EQ(capture.notCaptured->code, ErrorCode::conflict);
  EXPECT_FALSE(capture.dump);
}

TEST(CapturedKeys, ThatWentMeanwhileAreAbsent) {
  const Dialect dialect;
  const CaptureLimits limits;
  for (const bool hasExpiry : {true, false}) {
    CapturedKey key("k", dialect, limits);
    key.takeSurvey(status("hash"), integer(60));
    std::vector<Reply> replies{integer(hasExpiry ? 1'700'000'000'000 : -2), Reply(), array({})};
    key.takeContent(replies, WallTime());
    const auto capture = std::move(key).take();
    EXPECT_FALSE(capture.existed());
    EXPECT_EQ(capture.key, "k");
    EXPECT_FALSE(capture.deadline);
  }
}

/// A hash in `memory` bytes with `length` fields, for a change of "a" and "b"; the reply to HPEXPIRETIME.
CapturedKey largeHash(const Dialect& dialect, const CaptureLimits& limits, std::int64_t memory,
                      std::int64_t length, Reply fieldTtls) {
  CapturedKey key("k", dialect, limits);
  key.takeSurvey(status("hash"), integer(memory));
  if (!key.needsLength()) return key;
  const std::vector<Reply> replies{integer(length), std::move(fieldTtls)};
  key.takeLength(std::span(replies).first(key.lengthReplies()));
  return key;
}

TEST(CapturedKeys, OfLargeHashesAreThePartThatTheChangeNamesUnlessThatIsNotAllOfIt) {
  const Dialect dialect;
  CaptureLimits limits;
  limits.elements = {"a", "b"};
  limits.elementsOf = ValueType::hash;
  constexpr std::int64_t kLarge = 50 << 20;
  const auto unknown = error("ERR unknown command `HPEXPIRETIME`");
  const auto none = array({integer(-1), integer(-2)});
  const auto part = largeHash(dialect, limits, kLarge, 1000, unknown);
  EXPECT_EQ(part.contentReplies(), 3U);
  EXPECT_EQ(largeHash(dialect, limits, kLarge, 1000, none).contentReplies(), 3U);
  constexpr std::size_t kWholePlan = 3;  // the deadline, DUMP, HGETALL
  EXPECT_EQ(largeHash(dialect, limits, kLarge, 1000, none).expectedBytes(), 128U);
  for (const auto& whole :
       {largeHash(dialect, limits, 1 << 20, 1000, none), largeHash(dialect, limits, kLarge, 2, none),
        largeHash(dialect, limits, kLarge, 1000, array({integer(-1), integer(5)})),
        largeHash(dialect, limits, kLarge, 1000, error("NOPERM no"))}) {
    EXPECT_EQ(whole.contentReplies(), kWholePlan);
    EXPECT_GE(whole.expectedBytes(), 1U << 20);
  }
}

TEST(CapturedKeys, InPartHaveWhatWasThereAndADigestOfTheirOwn) {
  const Dialect dialect;
  CaptureLimits limits;
  limits.elements = {"a", "b"};
  limits.elementsOf = ValueType::hash;
  auto key = largeHash(dialect, limits, 50 << 20, 1000, error("ERR unknown command"));
  std::vector<Reply> replies{integer(-1), Reply(), bulk("1")};
  key.takeContent(replies, WallTime());
  const auto capture = std::move(key).take();
  EXPECT_TRUE(capture.isPart());
  EXPECT_EQ(std::get<domain::HashValue>(capture.logical).entries,
            (std::vector<domain::HashEntry>{{"b", "1"}}));
  EXPECT_EQ(capture.digest, domain::partDigest(capture.logical, {"b", "a"}));
  EXPECT_NE(capture.digest, domain::partDigest(capture.logical, {"b"}));
  EXPECT_NE(capture.digest, domain::contentDigest(capture.logical));
  auto changed = largeHash(dialect, limits, 50 << 20, 1000, error("ERR unknown command"));
  replies = {integer(-1), error("WRONGTYPE not a hash"), error("WRONGTYPE not a hash")};
  changed.takeContent(replies, WallTime());
  EXPECT_EQ(std::move(changed).take().notCaptured->code, ErrorCode::conflict);
}

constexpr WallTime kNow{1'700'000'000'000'500us};

Bytes commandsOf(const domain::Mutation& mutation, const Dialect& dialect = {}) {
  return MutationScript::compile(mutation, dialect, kNow).value().commands().bytes();
}

template <class... Words>
Bytes command(const Words&... words) {
  Pipeline pipeline;
  pipeline.add(words...);
  return pipeline.bytes();
}

TEST(MutationScripts, StateTtlsAsMomentsOfTheServersClock) {
  EXPECT_EQ(commandsOf(domain::SetMutation{.key = "k", .value = "v", .ttl = 1500ms}),
            command("SET", "k", "v", "PXAT", 1'700'000'001'500));
  EXPECT_EQ(commandsOf(domain::TtlMutation{.key = "k", .ttl = 1500ms}),
            command("PEXPIREAT", "k", 1'700'000'001'500));
  EXPECT_EQ(commandsOf(domain::SetMutation{.key = "k", .value = "v"}), command("SET", "k", "v", "KEEPTTL"));
  EXPECT_EQ(commandsOf(domain::SetMutation{.key = "k", .value = "v", .ttl = domain::NoTtl{}}),
            command("SET", "k", "v"));
}

TEST(MutationScripts, RestoreADeadlineThatIsOverAsOver) {
  domain::Capture capture{.key = "k", .type = ValueType::string, .deadline = WallTime(0us), .dump = "D"};
  EXPECT_EQ(commandsOf(domain::RestoreMutation{capture}),
            command("RESTORE", "k", 1, "D", "REPLACE", "ABSTTL"));
  capture.deadline.reset();
  EXPECT_EQ(commandsOf(domain::RestoreMutation{capture}),
            command("RESTORE", "k", 0, "D", "REPLACE", "ABSTTL"));
  EXPECT_EQ(commandsOf(domain::RestoreMutation{domain::Capture{.key = "k"}}), command("UNLINK", "k"));
}

TEST(MutationScripts, NeverRestoreFromNothing) {
  const domain::RestoreMutation empty{domain::Capture{.key = "k", .type = ValueType::other}};
  const auto script = MutationScript::compile(empty, {}, kNow);
  ASSERT_FALSE(script);
  EXPECT_EQ(script.error().code, ErrorCode::validationError);
}

ApplyOutcome judged(const domain::Mutation& mutation, std::vector<Reply> replies) {
  return MutationScript::compile(mutation, {}, kNow).value().judge(replies);
}

TEST(MutationOutcomes, FollowFromTheReplies) {
  EXPECT_EQ(judged(domain::RenameMutation{"a", "b", false}, {integer(1)}).status, ApplyStatus::applied);
  const auto taken = judged(domain::RenameMutation{"a", "b", false}, {integer(0)});
  EXPECT_EQ(taken.status, ApplyStatus::refused);
  EXPECT_EQ(taken.error->code, ErrorCode::conflict);
  EXPECT_EQ(judged(domain::RenameMutation{"a", "b", true}, {error("ERR no such key")}).error->code,
            ErrorCode::notFound);
  EXPECT_EQ(judged(domain::TtlMutation{"k", 5ms}, {integer(0)}).error->code, ErrorCode::notFound);
  EXPECT_EQ(judged(domain::TtlMutation{"k", domain::NoTtl{}}, {status("string"), integer(0)}).status,
            ApplyStatus::applied);
  EXPECT_EQ(judged(domain::TtlMutation{"k", domain::NoTtl{}}, {status("none"), integer(0)}).error->code,
            ErrorCode::notFound);
  EXPECT_EQ(judged(domain::DeleteMutation{"k"}, {integer(0)}).status, ApplyStatus::applied);
}

TEST(MutationOutcomes, OfATransaction) {
  const domain::Mutation set = domain::SetMutation{.key = "k", .value = "v"};
  const auto script = MutationScript::compile(set, {}, kNow).value();
  const auto outcome = [&](std::vector<Reply> replies) { return script.judgeTransaction(replies); };
  EXPECT_EQ(outcome({status("OK"), status("QUEUED"), array({status("OK")})}).status, ApplyStatus::applied);
  EXPECT_EQ(outcome({status("OK"), status("QUEUED"), Reply()}).status, ApplyStatus::changed);
  const auto aborted =
      outcome({status("OK"), error("OOM command not allowed"), error("EXECABORT discarded")});
  EXPECT_EQ(aborted.status, ApplyStatus::refused);
  EXPECT_EQ(std::get<std::string>(*aborted.error->detail("serverError")), "OOM");
  EXPECT_EQ(outcome({status("OK"), status("QUEUED"), array({error("WRONGTYPE x")})}).error->code,
            ErrorCode::conflict);
  // MULTI itself was refused: what came after ran unguarded, or was refused as well.
  EXPECT_EQ(outcome({error("NOPERM x"), status("OK"), error("ERR EXEC without MULTI")}).status,
            ApplyStatus::unknown);
  EXPECT_EQ(outcome({error("LOADING x"), error("LOADING x"), error("LOADING x")}).status,
            ApplyStatus::refused);
}

}  // namespace
}  // namespace cachify::cache::redis
