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
  file.write(R"({"format":"cachify-connections/1","connections":[{"name":"x","password":"p"}]})");
  file.close();
  show();
  app_.wait([&] { return exchange.error().present(); }, "what is wrong");
  EXPECT_TRUE(exchange.error().message.contains("password")) << exchange.error().message.toStdString();
  EXPECT_EQ(studio.connections()->total(), 3);
}

}  // namespace
}  // namespace cachify::test
