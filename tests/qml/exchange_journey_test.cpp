// Profiles taken along as a file.

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

TEST_F(JourneyInTheApp, ProfilesGoOutWithoutSecretsAndComeInAsAPersonChooses) {
  connect("orders");
  auto& studio = app_.studio();
  const QTemporaryDir directory;
  const QString path = directory.filePath("connections.json");
  studio.exchange()->write(QUrl::fromLocalFile(path));
  app_.wait([&] { return QFile::exists(path); }, "the file");
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  EXPECT_EQ(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
            QFileDevice::Permissions());
  QJsonObject document = QJsonDocument::fromJson(file.readAll()).object();
  file.close();
  QJsonArray profiles = document["connections"].toArray();
  ASSERT_EQ(profiles.size(), 1);
  EXPECT_FALSE(profiles[0].toObject().contains("secretRef"));

  QJsonObject another = profiles[0].toObject();
  another["name"] = "carts";
  another["hasSecret"] = true;
  profiles.append(another);
  document["connections"] = profiles;
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(QJsonDocument(document).toJson());
  file.close();

  const auto show = [&] {
    QMetaObject::invokeMethod(&app_.window(), "showImport", Q_ARG(QUrl, QUrl::fromLocalFile(path)));
  };
  auto& exchange = *studio.exchange();
  show();
  app_.wait([&] { return exchange.list()->count() == 2; }, "what the file holds");
  EXPECT_EQ(exchange.chosen(), 1) << "the name that is in use is left out";
  app_.click("take-orders");
  EXPECT_FALSE(app_.find("importChosen")->isEnabled()) << "two of one name";
  app_.type("importAs-orders", "CARTS");
  EXPECT_FALSE(app_.find("importChosen")->isEnabled()) << "the other one has it";
  app_.type("importAs-orders", "orders again");
  app_.click("importChosen");
  app_.wait([&] { return studio.connections()->total() == 3; }, "the profiles");
  EXPECT_EQ(app_.logged("connection.created"), 3);
  EXPECT_FALSE(studio.connections()->idOf("orders again").isEmpty());

  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("{}");
  file.close();
  show();
  app_.wait([&] { return exchange.error().present(); }, "what is wrong");
  EXPECT_EQ(studio.connections()->total(), 3);
}

TEST_F(JourneyInTheApp, AProfileThatIsNotValidIsToldAndTheOthersComeIn) {
  const QTemporaryDir directory;
  const QString path = directory.filePath("connections.json");
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(R"({"format":"cachify-connections/1","connections":[
    {"name":"with a secret","password":"p"}, 7, {"name":"no such port","engine":"redis","host":"h","port":70000}]})");
  file.close();
  auto& exchange = *app_.studio().exchange();
  const auto show = [&](int rows) {
    QMetaObject::invokeMethod(&app_.window(), "showImport", Q_ARG(QUrl, QUrl::fromLocalFile(path)));
    app_.wait([&] { return exchange.list()->count() == rows; }, "what the file holds");
  };
  show(3);
  const auto fault = [&](int row) { return exchange.list()->text(row, "fault").toStdString(); };
  EXPECT_NE(fault(0).find("password"), std::string::npos) << fault(0);
  EXPECT_NE(fault(1).find("no object"), std::string::npos) << fault(1);
  EXPECT_NE(fault(2).find("port"), std::string::npos) << fault(2);
  app_.wait([&] { return app_.find("about-with a secret") != nullptr; }, "the fault at its profile");
  EXPECT_FALSE(app_.find("take-with a secret")->isEnabled());
  exchange.take(0, true);
  EXPECT_EQ(exchange.chosen(), 0);
  EXPECT_FALSE(exchange.ready());
  app_.press(Qt::Key_Escape);
  app_.wait([&] { return app_.find("importSheet") == nullptr && app_.find("importList") == nullptr; },
            "the closed sheet");

  // One that is good among them.
  connect("orders");
  exchange.write(QUrl::fromLocalFile(path));
  app_.wait([&] { return file.size() > 200; }, "the file");
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  QJsonObject document = QJsonDocument::fromJson(file.readAll()).object();
  file.close();
  QJsonArray profiles = document["connections"].toArray();
  QJsonObject good = profiles[0].toObject();
  good["name"] = "good";
  QJsonObject bad = good;
  bad["name"] = "bad";
  bad["timeoutMs"] = 1;
  document["connections"] = QJsonArray{bad, good};
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(QJsonDocument(document).toJson());
  file.close();
  show(2);
  EXPECT_NE(fault(0), "");
  EXPECT_EQ(fault(1), "");
  app_.click("importChosen");
  app_.wait([&] { return app_.studio().connections()->total() == 2; }, "the good one");
  EXPECT_FALSE(app_.studio().connections()->idOf("good").isEmpty());
}

}  // namespace
}  // namespace cachify::test
