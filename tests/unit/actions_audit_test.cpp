// The reading side of the log: timeline lines, finding one event, export with purged events.

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "actions/audit.hpp"
#include "events/operation_events.hpp"
#include "support/child_process.hpp"

namespace cachify::actions {
namespace {

namespace json = boost::json;

class Audit : public ::testing::Test {
 protected:
  Audit() {
    auto opened = log::EventLog::open({.directory = directory_ / "log", .mapSizeBytes = 16UL << 20});
    if (!opened) throw std::runtime_error(opened.error().message);
    log_ = std::move(*opened);
  }

  /// One frame of these payloads; answers its first position.
  log::Position append(std::uint16_t type, std::vector<std::string> payloads) {
    log::AppendRequest request;
    log::FrameDraft frame;
    frame.stream = "test";
    frame.type = type;
    frame.recordedAt = SystemClock().now();
    frame.firstEventId = Uuid::makeV7(frame.recordedAt);
    frame.actor = {.osUser = "ada", .host = "here", .surface = "cli"};
    frame.payloads = std::move(payloads);
    request.frames.push_back(std::move(frame));
    return log_->append(std::move(request)).value().first;
  }
  void purge(log::Position position) {
    log::AppendRequest request;
    request.purge.push_back(position);
    ASSERT_TRUE(log_->append(std::move(request)).has_value());
  }
  TimelineLine lineAt(log::Position position) {
    const FoundEvent found = findEvent(*log_, std::to_string(position)).value();
    return timelineLine(found.frame, found.index);
  }
  std::vector<json::object> exported() {
    std::vector<json::object> lines;
    const auto done = exportLog(*log_, 1, 1000, [&](const json::object& line) -> Result<void> {
      lines.push_back(line);
      return {};
    });
    EXPECT_TRUE(done.has_value());
    return lines;
  }

  cachify::test::TemporaryDirectory directory_;
  std::unique_ptr<log::EventLog> log_;
};

constexpr auto kFailed = static_cast<std::uint16_t>(events::EventType::operationFailed);

std::string failedOperation(const Bytes& key) {
  events::OperationFailed event;
  event.action = "keys.get";
  event.keyOrPattern = key;
  event.duration = std::chrono::microseconds(1500);
  event.attempts = 2;
  event.errorCode = "TIMEOUT";
  return encode(event);
}

TEST_F(Audit, ATimelineLineTellsWhatTheEventKnows) {
  const Bytes key("k\xff", 2);
  const TimelineLine line = lineAt(append(kFailed, {failedOperation(key)}));
  EXPECT_EQ(line.type, "operation.failed");
  EXPECT_EQ(line.status, "error");
  EXPECT_EQ(line.action, "keys.get");
  EXPECT_EQ(line.keyOrPattern, key);
  EXPECT_EQ(line.duration, std::chrono::microseconds(1500));
  EXPECT_EQ(line.attempts, 2U);
  EXPECT_EQ(line.errorCode, "TIMEOUT");
  EXPECT_EQ(line.actor, "ada@here");
}

TEST_F(Audit, EventsOfUnknownTypesAndUnreadablePayloadsStillShow) {
  EXPECT_EQ(lineAt(append(999, {R"({"action":"new","status":"success"})"})).type, "type.999");
  EXPECT_EQ(lineAt(append(kFailed, {"not json"})).type, "operation.failed");
  EXPECT_EQ(lineAt(append(kFailed, {R"({"attempts":-1,"durationUs":"x","keys":[1,{}]})"})).action, "");
}

TEST_F(Audit, EachEventOfAFrameIsFoundByPositionAndById) {
  append(999, {"{}"});
  const log::Position first = append(999, {R"({"action":"a"})", R"({"action":"b"})", R"({"action":"c"})"});
  append(999, {"{}"});
  for (std::size_t i = 0; i < 3; ++i) {
    const TimelineLine byPosition = lineAt(first + i);
    EXPECT_EQ(byPosition.action, std::string(1, static_cast<char>('a' + i)));
    const FoundEvent byId = findEvent(*log_, byPosition.id.toString()).value();
    EXPECT_EQ(byId.frame.firstPosition + byId.index, first + i);
  }
  EXPECT_EQ(findEvent(*log_, Uuid::makeV7(SystemClock().now()).toString()).error().code, ErrorCode::notFound);
}

TEST_F(Audit, AnExportKeepsThePurgedEventsDigestAndTheFramesRoot) {
  const log::Position first = append(kFailed, {failedOperation("keep"), failedOperation("forget")});
  const auto before = exported();
  purge(first + 1);
  const auto after = exported();
  ASSERT_EQ(before.size(), 4U);
  ASSERT_EQ(after.size(), 4U);
  EXPECT_EQ(after[1], before[1]);  // the frame: header, root and chain
  EXPECT_EQ(after[2], before[2]);
  EXPECT_EQ(after[3].at("digest"), before[3].at("digest"));
  EXPECT_EQ(after[3].at("purged"), true);
  EXPECT_TRUE(after[3].at("payload").is_null() && after[3].at("salt").is_null());
  EXPECT_TRUE(lineAt(first + 1).purged);
  EXPECT_EQ(lineAt(first + 1).keyOrPattern, "");
}

}  // namespace
}  // namespace cachify::actions
