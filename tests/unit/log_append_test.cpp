#include <sys/stat.h>

#include <future>
#include <thread>

#include "log/check/raw_tables.hpp"
#include "log/check/snapshot.hpp"
#include "log/frame_codec.hpp"
#include "unit/log_support.hpp"

namespace cachify::log::test {
namespace {

using namespace std::chrono_literals;

class EventLogTest : public ::testing::Test {
 protected:
  TempFolder folder_;
  std::filesystem::path directory_ = folder_ / "log";
  std::unique_ptr<EventLog> log_ = openLog(directory_);

  void reopen() {
    log_.reset();
    log_ = openLog(directory_);
  }
};

TEST_F(EventLogTest, GivesBackExactlyWhatWasAppended) {
  FrameDraft original = draft("connection/1", {R"({"a":1})", "", std::string(100'000, 'x')});
  original.correlationId = Uuid::makeV7(someTime());
  original.causationId = Uuid::makeV7(someTime());
  AppendRequest appended;
  appended.frames.push_back(original);
  const auto receipt = require(log_->append(std::move(appended)));
  EXPECT_EQ(receipt.first, 1U);
  EXPECT_EQ(receipt.last, 3U);
  reopen();
  const auto frames = require(log_->framesFrom(1, 1 << 20));
  ASSERT_EQ(frames.size(), 1U);
  const Frame& frame = frames.front();
  EXPECT_EQ(frame.firstPosition, 1U);
  EXPECT_EQ(frame.stream, original.stream);
  EXPECT_EQ(frame.firstStreamVersion, 1U);
  EXPECT_EQ(frame.type, original.type);
  EXPECT_EQ(frame.schemaVersion, original.schemaVersion);
  EXPECT_EQ(frame.firstEventId, original.firstEventId);
  EXPECT_EQ(frame.correlationId, original.correlationId);
  EXPECT_EQ(frame.causationId, original.causationId);
  EXPECT_EQ(frame.recordedAt, original.recordedAt);
  EXPECT_EQ(frame.actor, original.actor);
  EXPECT_EQ(frame.payloads, original.payloads);
  EXPECT_NE(frame.digest(0), frame.digest(2));
}

TEST_F(EventLogTest, NumbersPositionsOverAllStreamsAndVersionsWithinEach) {
  require(log_->append(request("a", {"1", "2"})));
  require(log_->append(request("b", {"3"})));
  AppendRequest both;
  both.frames.push_back(draft("a", {"4"}));
  both.frames.push_back(draft("b", {"5", "6"}));
  const auto receipt = require(log_->append(std::move(both)));
  EXPECT_EQ(receipt.first, 4U);
  EXPECT_EQ(receipt.last, 6U);
  EXPECT_EQ(require(log_->streamVersion("a")), 3U);
  EXPECT_EQ(require(log_->streamVersion("b")), 3U);
  EXPECT_EQ(require(log_->streamVersion("c")), 0U);
  EXPECT_EQ(require(log_->head()).lastPosition, 6U);
}

TEST_F(EventLogTest, ReadingStartsWithTheFrameThatHoldsThePosition) {
  require(log_->append(request("a", {"1", "2", "3"})));
  require(log_->append(request("b", {"4", "5"})));
  EXPECT_EQ(require(log_->framesFrom(2, 1 << 20)).front().firstPosition, 1U);
  EXPECT_EQ(require(log_->framesFrom(4, 1 << 20)).front().firstPosition, 4U);
  EXPECT_EQ(require(log_->framesFrom(5, 1 << 20)).front().firstPosition, 4U);
  EXPECT_TRUE(require(log_->framesFrom(6, 1 << 20)).empty());
  EXPECT_EQ(require(log_->framesFrom(0, 1 << 20)).size(), 2U);
  EXPECT_EQ(require(log_->framesFrom(0, 1)).size(), 1U);
}

TEST_F(EventLogTest, AStreamIsReadFromAnyOfItsVersions) {
  for (int i = 0; i < 5; ++i) {
    require(log_->append(request("a", {"x", "y"})));
    require(log_->append(request("b", {"z"})));
  }
  const auto fromFour = require(log_->streamFrom("a", 4, 100));
  ASSERT_EQ(fromFour.size(), 4U);
  EXPECT_EQ(fromFour.front().firstStreamVersion, 3U);
  EXPECT_EQ(fromFour.back().firstStreamVersion, 9U);
  EXPECT_EQ(require(log_->streamFrom("a", 0, 2)).size(), 2U);
  EXPECT_TRUE(require(log_->streamFrom("a", 11, 100)).empty());
  EXPECT_EQ(require(log_->streamFrom("b", 5, 100)).size(), 1U);
  EXPECT_TRUE(require(log_->streamFrom("nobody", 1, 100)).empty());
}

TEST_F(EventLogTest, AConditionThatFailsWritesNothingAndTellsBothVersions) {
  require(log_->append(request("profile", {"1", "2"})));
  AppendRequest stale = request("other", {"x"});
  stale.conditions = {{.stream = "profile", .kind = StreamCondition::Kind::exactVersion, .version = 1}};
  const auto refused = log_->append(std::move(stale));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(detailOr<std::string>(refused.error(), "stream", ""), "profile");
  EXPECT_EQ(detailOr<std::int64_t>(refused.error(), "expectedVersion", -1), 1);
  EXPECT_EQ(detailOr<std::int64_t>(refused.error(), "actualVersion", -1), 2);
  AppendRequest again = request("profile", {"x"});
  again.conditions = {{.stream = "profile", .kind = StreamCondition::Kind::noStream}};
  EXPECT_FALSE(log_->append(std::move(again)));
  EXPECT_EQ(require(log_->head()).lastPosition, 2U);
  EXPECT_EQ(require(log_->streamVersion("other")), 0U);
}

TEST_F(EventLogTest, ConditionsOnSeveralStreamsHoldTogether) {
  require(log_->append(request("a", {"1"})));
  AppendRequest good = request("b", {"2"});
  good.conditions = {{.stream = "a", .kind = StreamCondition::Kind::exactVersion, .version = 1},
                     {.stream = "b", .kind = StreamCondition::Kind::noStream}};
  EXPECT_TRUE(log_->append(good));
  EXPECT_FALSE(log_->append(good));
}

TEST_F(EventLogTest, ARepeatUnderTheSameIdempotencyKeyGivesTheFirstReceipt) {
  AppendRequest first = request("a", {"1", "2"});
  first.idempotency = Idempotency{.key = "key-1", .content = sha256("command")};
  const auto receipt = require(log_->append(first));
  EXPECT_FALSE(receipt.repeated);
  const auto repeat = require(log_->append(first));
  EXPECT_TRUE(repeat.repeated);
  EXPECT_EQ(repeat.first, receipt.first);
  EXPECT_EQ(repeat.last, receipt.last);
  EXPECT_EQ(require(log_->head()).lastPosition, 2U);
  const auto found = require(log_->findIdempotent(*first.idempotency));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->last, 2U);
  EXPECT_FALSE(require(log_->findIdempotent({.key = "key-2", .content = sha256("command")})));
}

TEST_F(EventLogTest, RefusesSecondContentUnderSameIdempotencyKey) {
  AppendRequest first = request("a", {"1"});
  first.idempotency = Idempotency{.key = "key-1", .content = sha256("command")};
  require(log_->append(first));
  first.idempotency->content = sha256("another command");
  const auto refused = log_->append(first);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_FALSE(log_->findIdempotent(*first.idempotency));
}

TEST(EventLogTime, IdempotencyKeysExpireAfterADayAndAreSwept) {
  const TempFolder folder;
  const auto clock = std::make_shared<SetClock>();
  auto log =
      require(EventLog::open({.directory = folder / "log", .mapSizeBytes = kTestMapBytes, .clock = clock}));
  const auto keyed = [](int i) {
    AppendRequest appended = request("a", {"1"});
    appended.idempotency = Idempotency{.key = "key-" + std::to_string(i), .content = sha256("command")};
    return appended;
  };
  for (int i = 0; i < 50; ++i) require(log->append(keyed(i)));
  clock->advance(23h);
  EXPECT_TRUE(require(log->append(keyed(3))).repeated);
  clock->advance(2h);
  EXPECT_FALSE(require(log->findIdempotent(*keyed(3).idempotency)));
  EXPECT_FALSE(require(log->append(keyed(3))).repeated);
  EXPECT_EQ(require(log->head()).lastPosition, 51U);
  for (int i = 100; i < 120; ++i) require(log->append(keyed(i)));
  log.reset();
  const auto snapshot = takeSnapshot(folder / "log");
  ASSERT_TRUE(snapshot);
  RawTables tables(snapshot->file.bytes(), snapshot->meta);
  int rows = 0;
  tables.each(Table::idempotency, [&](BytesView, BytesView) { ++rows; });
  EXPECT_EQ(rows, 21) << "the 49 that expired are gone";
}

TEST_F(EventLogTest, TheChainIsWhatTheFormatSays) {
  require(log_->append(request("a", {"one", "two"})));
  require(log_->append(request("b", {"three"})));
  const auto head = require(log_->head());
  const Digest origin = require(log_->chainAt(0));
  Bytes seed = "cachify-log-1";
  for (const std::uint8_t byte : head.logId.bytes()) seed += static_cast<char>(byte);
  EXPECT_EQ(origin, sha256(seed));
  EXPECT_EQ(require(log_->chainAt(3)), head.chain);
  EXPECT_EQ(require(log_->chainAt(2)), require(log_->framesFrom(1, 1)).front().chain);
  const auto inside = log_->chainAt(1);
  ASSERT_FALSE(inside);
  EXPECT_EQ(inside.error().code, ErrorCode::notFound);
  EXPECT_FALSE(log_->chainAt(4));
}

TEST_F(EventLogTest, SaltsMakeEqualPayloadsHaveUnequalDigests) {
  require(log_->append(request("a", {"same", "same"})));
  const auto frame = require(log_->framesFrom(1, 1)).front();
  EXPECT_NE(frame.digest(0), frame.digest(1));
}

TEST_F(EventLogTest, PurgedEventsLoseTheirPayloadButNotTheirDigestOrTheChain) {
  require(log_->append(request("a", {"keep", "forget", "keep too"})));
  require(log_->append(request("a", {"after"})));
  const auto before = require(log_->framesFrom(1, 1 << 20));
  AppendRequest erase = request("log", {"erased"});
  erase.purge = {2};
  require(log_->append(std::move(erase)));
  const auto after = require(log_->framesFrom(1, 1 << 20));
  ASSERT_EQ(after.size(), 3U);
  EXPECT_EQ(after[0].payloads, (std::vector<std::string>{"keep", "", "keep too"}));
  for (std::size_t i = 0; i < before[0].payloads.size(); ++i)
    EXPECT_EQ(after[0].digest(i), before[0].digest(i)) << i;
  EXPECT_EQ(after[0].chain, before[0].chain);
  EXPECT_EQ(after[1].payloads, before[1].payloads);
  AppendRequest beyond;
  beyond.purge = {99};
  const auto refused = log_->append(std::move(beyond));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::notFound);
}

TEST_F(EventLogTest, SoonIsWrittenWithin200MsWithoutAnyOneAsking) {
  AppendRequest soon = request("telemetry", {"1"});
  soon.durability = Durability::soon;
  std::promise<Result<AppendReceipt>> done;
  const auto started = std::chrono::steady_clock::now();
  log_->appendAsync(std::move(soon),
                    [&](Result<AppendReceipt> receipt) { done.set_value(std::move(receipt)); });
  auto answer = done.get_future();
  ASSERT_EQ(answer.wait_for(20s), std::future_status::ready);
  EXPECT_GE(std::chrono::steady_clock::now() - started, 150ms);
  EXPECT_EQ(require(answer.get()).last, 1U);
}

TEST_F(EventLogTest, SoonJoinsTheNextDurableCommit) {
  AppendRequest soon = request("telemetry", {"1"});
  soon.durability = Durability::soon;
  require(log_->append(std::move(soon)));
  EXPECT_EQ(require(log_->append(request("a", {"2"}))).first, 2U);
}

TEST_F(EventLogTest, FlushAndClosingWriteWhatIsQueued) {
  for (int i = 0; i < 10; ++i) {
    AppendRequest soon = request("telemetry", {"x"});
    soon.durability = Durability::soon;
    require(log_->append(soon));
    if (i == 4) {
      ASSERT_TRUE(log_->flush());
      EXPECT_EQ(require(log_->head()).lastPosition, 5U);
    }
  }
  reopen();
  EXPECT_EQ(require(log_->head()).lastPosition, 10U);
}

TEST_F(EventLogTest, ManyAppendersShareCommits) {
  constexpr int kThreads = 16;
  constexpr int kEach = 30;
  const std::uint64_t before = log_->lastTransaction();
  std::vector<std::jthread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([this, t] {
      for (int i = 0; i < kEach; ++i) {
        AppendRequest appended = request("stream-" + std::to_string(t), {std::to_string(i)});
        appended.conditions = {{.stream = "stream-" + std::to_string(t),
                                .kind = StreamCondition::Kind::exactVersion,
                                .version = static_cast<std::uint64_t>(i)}};
        require(log_->append(std::move(appended)));
      }
    });
  }
  threads.clear();
  EXPECT_LT(log_->lastTransaction() - before, kThreads * kEach / 2U);
  Position next = 1;
  for (const Frame& frame : require(log_->framesFrom(1, 1 << 24))) {
    EXPECT_EQ(frame.firstPosition, next);
    next = frame.lastPosition() + 1;
  }
  EXPECT_EQ(next, kThreads * kEach + 1U);
}

TEST_F(EventLogTest, OneRefusedRequestOfABatchDoesNotKeepTheOthers) {
  std::vector<std::future<Result<AppendReceipt>>> answers;
  for (int i = 0; i < 40; ++i) {
    auto promise = std::make_shared<std::promise<Result<AppendReceipt>>>();
    answers.push_back(promise->get_future());
    AppendRequest appended = request("a" + std::to_string(i), {"x"});
    if (i % 2 == 1) {
      appended.conditions = {{.stream = "never", .kind = StreamCondition::Kind::exactVersion, .version = 5}};
    }
    log_->appendAsync(std::move(appended),
                      [promise](Result<AppendReceipt> r) { promise->set_value(std::move(r)); });
  }
  for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(answers[i].get().has_value(), i % 2 == 0);
  EXPECT_EQ(require(log_->head()).lastPosition, 20U);
}

TEST_F(EventLogTest, RefusesDraftsThatBreakALimit) {
  EXPECT_FALSE(log_->append(request("", {"x"})));
  EXPECT_FALSE(log_->append(request(std::string(256, 's'), {"x"})));
  EXPECT_FALSE(log_->append(request("a", {})));
  AppendRequest longKey = request("a", {"x"});
  longKey.idempotency = Idempotency{.key = std::string(256, 'k'), .content = {}};
  EXPECT_FALSE(log_->append(std::move(longKey)));
  EXPECT_EQ(require(log_->head()).lastPosition, 0U);
}

TEST_F(EventLogTest, IsForTheUserOnlyAndOpensOncePerProcess) {
  require(log_->append(request("a", {"x"})));
  struct stat status {};
  ASSERT_EQ(::stat(directory_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
  for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U) << entry.path();
  }
  const auto second = EventLog::open({.directory = directory_, .mapSizeBytes = kTestMapBytes});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
}

TEST_F(EventLogTest, ReadOnlyReadsAndRefusesToAppend) {
  EXPECT_EQ(EventLog::open({.directory = folder_ / "nowhere", .readOnly = true}).error().code,
            ErrorCode::notFound);
  require(log_->append(request("a", {"x"})));
  log_.reset();
  const auto readOnly =
      require(EventLog::open({.directory = directory_, .mapSizeBytes = kTestMapBytes, .readOnly = true}));
  EXPECT_EQ(require(readOnly->framesFrom(1, 1)).front().payloads.front(), "x");
  EXPECT_EQ(readOnly->append(request("a", {"y"})).error().code, ErrorCode::notSupported);
}

TEST_F(EventLogTest, TheDataKeyIsNamedOnceForAll) {
  EXPECT_TRUE(require(log_->dataKeyId()).isNil());
  const Uuid key = Uuid::makeV7(someTime());
  EXPECT_TRUE(log_->setDataKeyId(key));
  EXPECT_TRUE(log_->setDataKeyId(key));
  const auto other = log_->setDataKeyId(Uuid::makeV7(someTime()));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::conflict);
  reopen();
  EXPECT_EQ(require(log_->dataKeyId()), key);
}

TEST_F(EventLogTest, StatusCountsWhatIsThere) {
  const auto empty = require(log_->status());
  EXPECT_EQ(empty.events, 0U);
  EXPECT_EQ(empty.formatVersion, kFormatVersion);
  require(log_->append(request("a", {std::string(50'000, 'x'), "y"})));
  const auto status = require(log_->status());
  EXPECT_EQ(status.events, 2U);
  EXPECT_EQ(status.lastPosition, 2U);
  EXPECT_EQ(status.durablePosition, 2U);
  EXPECT_GT(status.sizeBytes, 50'000U);
  EXPECT_EQ(status.chain, require(log_->head()).chain);
}

}  // namespace
}  // namespace cachify::log::test
