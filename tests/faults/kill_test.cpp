// kill -9 at random moments of two processes that write through one data directory.

#include <signal.h>

#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "events/decode.hpp"
#include "events/mutation_events.hpp"
#include "log/log_check.hpp"
#include "support/engine_fixture.hpp"
#include "support/wait_for.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;

int rounds() {
  const char* wanted = std::getenv("CACHIFY_FAULT_ROUNDS");
  return wanted == nullptr ? 60 : std::atoi(wanted);
}

class KilledWriters : public test::EngineFixture {
 protected:
  struct Writer {
    std::string output;
    std::unique_ptr<test::ChildProcess> process;
  };

  Writer startWriter(int number) {
    const std::string output = data_ / ("writer" + std::to_string(number));
    const std::vector<std::string> command{std::string(CACHIFY_BIN_DIR) + "/engine_writer", data_ / "data",
                                           "cache", "w" + std::to_string(number) + ":"};
    return {output, std::make_unique<test::ChildProcess>(command, output)};
  }

  /// Complete lines only: the last one may be cut by the kill.
  static std::vector<std::string> linesOf(const Writer& writer) {
    std::ifstream file(writer.output);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line) && !file.eof();) lines.push_back(line);
    return lines;
  }

  static void waitForAcks(const Writer& writer, std::size_t count) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (linesOf(writer).size() < count + 1) {
      if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("the writer does not write");
      std::this_thread::sleep_for(1ms);
    }
  }

  struct Told {
    std::set<std::string> requestedKeys;
    std::map<MutationId, std::string> streamOf;
    std::set<MutationId> applied;
    std::map<MutationId, std::string> unknown;
    std::map<MutationId, std::string> failed;
  };

  Told readLog() {
    Told told;
    for (const auto& frame : framesOf(events::EventType::mutationRequested)) {
      const auto event = events::decodeAs<events::MutationRequested>(1, frame.payloads[0]);
      told.requestedKeys.insert(event->keys.at(0));
      told.streamOf[MutationId(frame.firstEventId)] = frame.stream;
    }
    for (const auto& frame : framesOf(events::EventType::mutationApplied)) {
      told.applied.insert(events::decodeAs<events::MutationApplied>(1, frame.payloads[0])->mutationId);
    }
    for (const auto& frame : framesOf(events::EventType::mutationUnknown)) {
      const auto event = events::decodeAs<events::MutationUnknown>(1, frame.payloads[0]);
      told.unknown[event->mutationId] = event->reason;
    }
    for (const auto& frame : framesOf(events::EventType::mutationFailed)) {
      const auto event = events::decodeAs<events::MutationFailed>(1, frame.payloads[0]);
      told.failed[event->mutationId] = event->message;
    }
    return told;
  }
};

TEST_F(KilledWriters, LoseNoAcknowledgedEventAndTheLivingAreNeverTakenForDead) {
  const test::RedisServer server;
  add(draft(domain::CacheEngine::redis, server.port()));
  engine_.reset();
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> microseconds(0, 60'000);

  int number = 0;
  std::vector<Writer> finished;
  Writer survivor = startWriter(number++);
  waitForAcks(survivor, 1);
  for (int round = 0; round < rounds(); ++round) {
    Writer victim = startWriter(number++);
    waitForAcks(victim, round % 3 == 0 ? 0 : 1);
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    ASSERT_TRUE(survivor.process->running()) << "the survivor failed: see " << survivor.output;
    // Which of the two dies changes, so that each has been the one that finds the other dead.
    if (round % 2 == 1) std::swap(victim, survivor);
    victim.process->kill();
    finished.push_back(std::move(victim));
  }
  const std::string livingStream = "mutations/" + linesOf(survivor).at(0).substr(8);
  reopen();
  for (const auto& [mutation, reason] : readLog().unknown) {
    EXPECT_NE(readLog().streamOf[mutation], livingStream) << "a living process was taken for dead";
  }
  survivor.process->kill();
  finished.push_back(std::move(survivor));
  reopen();

  const Told told = readLog();
  std::size_t acknowledged = 0;
  for (const auto& writer : finished) {
    for (const auto& line : linesOf(writer)) {
      if (!line.starts_with("ack ")) continue;
      ++acknowledged;
      EXPECT_TRUE(told.applied.contains(*MutationId::parse(line.substr(4, 36)))) << line;
    }
  }
  EXPECT_GT(acknowledged, static_cast<std::size_t>(rounds()));
  for (const auto& [mutation, stream] : told.streamOf) {
    EXPECT_NE(told.applied.contains(mutation), told.unknown.contains(mutation))
        << mutation.toString() << " of " << stream << (stream == livingStream ? ", the survivor" : "")
        << (told.failed.contains(mutation) ? ", failed: " + told.failed.at(mutation) : "");
  }
  test::RedisCli cli(server);
  for (const auto& key : cli.must({"KEYS", "*"}).elements) {
    EXPECT_TRUE(told.requestedKeys.contains(key.text)) << key.text << " has no intent in the log";
  }
  const auto head = engine_->log().head();
  engine_.reset();
  const auto report = log::verifyLog(std::string(CACHIFY_BIN_DIR) + "/cachify-log-check", data_ / "data/log");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->ok) << report->problems.at(0).message;
  EXPECT_EQ(report->lastPosition, head->lastPosition);
  RecordProperty("acknowledged", static_cast<int>(acknowledged));
}

TEST_F(KilledWriters, LeaveNoIntentUntoldWhereReadersDoNotSeeTheLastCommit) {
  const auto profile = add(draft(domain::CacheEngine::redis, 1));
  const SystemClock clock;
  const SessionId dead = SessionId::make(clock.now());
  const MutationId mutation = MutationId::make(clock.now());
  events::MutationRequested intent{.connectionId = profile.id, .keys = {"k"}};
  log::FrameDraft frame{.stream = "mutations/" + dead.toString(),
                        .type = static_cast<std::uint16_t>(events::EventType::mutationRequested),
                        .firstEventId = mutation.value(),
                        .recordedAt = clock.now(),
                        .payloads = {encode(intent)}};
  log::AppendRequest request;
  request.frames.push_back(std::move(frame));
  const auto appended = engine_->log().append(std::move(request));
  ASSERT_TRUE(appended) << appended.error().message;
  engine_.reset();
  std::ofstream(data_ / ("data/sessions/" + dead.toString() + ".lock"));
  const std::string writer = std::string(CACHIFY_BIN_DIR) + "/log_fault_writer";
  const auto start = [&](const std::string& mode, const std::string& answer) {
    const std::vector<std::string> command{writer, mode, data_ / "data/log"};
    Writer started{data_ / mode, std::make_unique<test::ChildProcess>(command, data_ / mode)};
    test::waitFor([&] { return linesOf(started) == std::vector{answer}; }, mode);
    return started;
  };
  // Whoever opens a log that nobody has open reads its last commit from the file.
  const Writer other = start("look", "open");
  const Writer dying = start("die-in-commit", "dying");

  reopen();
  EXPECT_EQ(readLog().unknown.count(mutation), 1U);
}

}  // namespace
}  // namespace cachify
