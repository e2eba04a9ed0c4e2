// The event log as the app lists, filters and exports it.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <boost/json/parse.hpp>

#include "audit_export.hpp"
#include "audit_log.hpp"
#include "engine_host.hpp"
#include "qml/core_application.hpp"
#include "studio/engine.hpp"

namespace cachify::ui {
namespace {

class AuditLogOfTheApp : public testing::Test {
 protected:
  AuditLogOfTheApp() {
    test::application();
    qputenv("CACHIFY_SECRET_STORE", "file");
    auto opened = studio::Engine::open({.dataDirectory = directory_.path().toStdString()});
    if (!opened) throw std::runtime_error(opened.error().message);
    engine_ = std::move(*opened);
  }
  void addProfiles(int count) {
    for (int i = 0; i < count; ++i) {
      domain::ConnectionProfile profile;
      profile.name = "cache " + std::to_string(i);
      profile.host = "127.0.0.1";
      ASSERT_TRUE(engine_->wait(engine_->connections().add(profile, actions::KeepSecret{})));
    }
  }
  [[nodiscard]] std::string path(const char* name) const { return directory_.filePath(name).toStdString(); }

  QTemporaryDir directory_;
  std::unique_ptr<studio::Engine> engine_;
};

TEST_F(AuditLogOfTheApp, IsExportedWholeReadableForTheUserAlone) {
  addProfiles(3);
  const QString file = directory_.filePath("events.jsonl");
  const auto lines = exportLogTo(*engine_, file, {}, [](std::uint64_t) {});
  ASSERT_TRUE(lines) << lines.error().message;
  QFile written(file);
  ASSERT_TRUE(written.open(QIODevice::ReadOnly));
  std::uint64_t events = 0;
  std::uint64_t read = 0;
  for (QByteArray line = written.readLine(); !line.isEmpty(); line = written.readLine(), ++read)
    events += boost::json::parse(line.toStdString()).as_object().contains("payload") ? 1U : 0U;
  EXPECT_EQ(read, *lines);
  EXPECT_EQ(events, engine_->log().head()->lastPosition);
  struct stat status {};
  ASSERT_EQ(stat(path("events.jsonl").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(AuditLogOfTheApp, LeavesNothingOfAnExportThatWasStoppedOrCannotBeWritten) {
  addProfiles(1);
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = exportLogTo(*engine_, directory_.filePath("a.jsonl"), stop.get_token(), {});
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  EXPECT_FALSE(QFile::exists(directory_.filePath("a.jsonl")));
  const auto nowhere = exportLogTo(*engine_, directory_.filePath("no/such/a.jsonl"), {}, {});
  EXPECT_EQ(nowhere.error().code, ErrorCode::validationError);
}

TEST_F(AuditLogOfTheApp, IsListedByWordsInAnyColumnAndWholeWithoutThem) {
  addProfiles(400);  // more than a page of events that do not matter
  engine_.reset();
  EngineHost host(directory_.path().toStdString());
  AuditLog audit(host);
  bool isOpen = false;
  QObject::connect(&host, &EngineHost::opened, [&] { isOpen = true; });
  host.open();
  ASSERT_TRUE(QTest::qWaitFor([&] { return isOpen; }));
  audit.load();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !audit.loading(); }));
  const int all = audit.events()->count();
  EXPECT_EQ(all, 300);
  EXPECT_TRUE(audit.hasOlder());
  audit.setFilter(" CONNECTION.created ");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !audit.loading(); }));
  EXPECT_GE(audit.events()->count(), 300) << "it looks back until there is a page";
  for (int row = 0; row < audit.events()->count(); ++row)
    ASSERT_EQ(audit.events()->value(row, "type"), "connection.created");
  audit.setFilter("nobody wrote this");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !audit.loading(); }));
  EXPECT_EQ(audit.events()->count(), 0);
  EXPECT_FALSE(audit.hasOlder());
  audit.setFilter("");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !audit.loading(); }));
  EXPECT_EQ(audit.events()->count(), all);
}

}  // namespace
}  // namespace cachify::ui
