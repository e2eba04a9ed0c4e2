// The form of a connection: what it takes, what it says of a field, and what never leaves it.

#include <QTemporaryDir>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "qml/journey.hpp"
#include "support/certificates.hpp"

namespace cachify::test {
namespace {

/// Names of files below `directory` that hold `text`.
std::vector<std::string> filesWith(const std::filesystem::path& directory, const std::string& text) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (content.find(text) != std::string::npos) found.push_back(entry.path().filename());
  }
  return found;
}

TEST_F(JourneyInTheApp, AStoredPasswordIsForgottenWhereThatIsWanted) {
  app_.click("welcomeAdd");
  app_.type("field-name", "local");
  app_.type("field-port", QString::number(server_.port()));
  app_.type("field-password", "not asked for");
  app_.click("saveConnection");
  auto& studio = app_.studio();
  auto& form = *studio.form();
  app_.wait([&] { return studio.connections()->total() == 1; }, "the saved profile");
  EXPECT_EQ(filesWith(studio.dataDirectory().toStdString(), "not asked for"), std::vector<std::string>());

  const QString id = studio.connections()->idOf("local");
  QMetaObject::invokeMethod(&app_.window(), "editConnection", Q_ARG(QString, id));
  app_.wait([&] { return form.hasSecret(); }, "the stored password");
  const auto isRefused = [&] {
    form.test();
    app_.wait([&] { return !form.busy(); }, "the test");
    return form.error().present();
  };
  EXPECT_TRUE(isRefused()) << "the server knows no password";
  app_.click("forget-password");
  EXPECT_FALSE(isRefused()) << form.error().message.toStdString();
  app_.click("forget-password");  // after all
  EXPECT_TRUE(isRefused());
  app_.click("forget-password");
  app_.click("saveConnection");
  app_.wait([&] { return app_.find("saveConnection") == nullptr; }, "the end of the form");
  app_.wait(
      [&] {
        form.startEdit(id);
        return !form.hasSecret();
      },
      "the profile without a password");
  EXPECT_FALSE(isRefused());
}

TEST_F(JourneyInTheApp, TheKeysPassphraseOpensItAndIsInTheSecretStoreAlone) {
  const std::string passphrase = "open sesame for the key";
  CertificateAuthority authority;
  const auto issued = authority.issue();
  const auto client = authority.issue({.keyPassphrase = passphrase});
  RedisServer server({}, ServerTls{issued.certFile, issued.keyFile, authority.caFile()});
  auto& form = *app_.studio().form();
  app_.click("welcomeAdd");
  app_.type("field-name", "locked");
  app_.type("field-port", QString::number(server.tlsPort()));
  form.set("tls.enabled", true);
  form.set("tls.caFile", QString::fromStdString(authority.caFile()));
  form.set("tls.keyFile", QString::fromStdString(client.keyFile));
  app_.click("saveConnection");
  app_.wait([&] { return form.error().field == "tls.keyFile"; }, "that a key needs its certificate");
  form.set("tls.certFile", QString::fromStdString(client.certFile));
  form.set("tls.keyPassphrase", "no such passphrase");
  form.test();
  app_.wait([&] { return !form.busy(); }, "the test");
  EXPECT_TRUE(form.error().present());
  EXPECT_EQ(form.verdict(), "");
  form.set("tls.keyPassphrase", QString::fromStdString(passphrase));
  form.test();
  app_.wait([&] { return !form.busy(); }, "the test");
  EXPECT_NE(form.verdict(), "") << form.error().message.toStdString();
  app_.click("saveConnection");
  auto& studio = app_.studio();
  app_.wait([&] { return studio.connections()->total() == 1; }, "the saved profile");
  app_.wait([&] { return form.values().value("tls.keyPassphrase").toString().isEmpty(); },
            "the form without what was typed");

  const QString id = studio.connections()->idOf("locked");
  form.startEdit(id);
  EXPECT_TRUE(form.hasKeyPassphrase());
  EXPECT_EQ(form.values().value("tls.keyPassphrase"), "");
  form.set("tags", "kept");
  form.save();
  app_.wait([&] { return !form.busy(); }, "the edit, which keeps the passphrase");
  studio.workspace()->open(id);
  app_.wait([&] { return !studio.workspace()->latency().isEmpty(); }, "the open connection");
  EXPECT_EQ(filesWith(studio.dataDirectory().toStdString(), passphrase), std::vector<std::string>());
}

TEST_F(JourneyInTheApp, ATunnelIsDescribedWholeAndItsErrorsStandAtTheirFields) {
  auto& form = *app_.studio().form();
  app_.click("welcomeAdd");
  app_.type("field-name", "behind");
  form.set("ssh.destination", "-oProxyCommand=x");
  app_.click("saveConnection");
  app_.wait([&] { return form.error().field == "ssh.destination"; }, "the error at its field");
  form.set("ssh.destination", "me@bastion");
  form.set("ssh.port", "70000");
  app_.click("saveConnection");
  app_.wait([&] { return form.error().field == "ssh.port"; }, "the error at its field");
  form.set("ssh.port", "2222");
  form.set("ssh.configFile", "/etc/cachify/ssh_config");
  app_.click("saveConnection");
  auto& connections = *app_.studio().connections();
  app_.wait([&] { return connections.total() == 1; }, "the saved profile");
  const auto& ssh = connections.find(connections.idOf("behind"))->ssh;
  EXPECT_EQ(ssh.destination, "me@bastion");
  EXPECT_EQ(ssh.port, 2222);
  EXPECT_EQ(ssh.configFile, "/etc/cachify/ssh_config");
}

TEST_F(JourneyInTheApp, NewConnectionsBeginAsAPersonWantsThem) {
  auto& studio = app_.studio();
  app_.press(Qt::Key_Comma, Qt::ControlModifier);
  app_.type("newTimeout", "1500");
  app_.press(Qt::Key_Return);
  app_.click("newProdReadOnly");
  EXPECT_EQ(studio.preferences()->newTimeoutMs(), 1500);
  app_.wait([&] { return studio.secretStore() == "keyFile"; }, "the secret store");
  EXPECT_TRUE(studio.secretFile().startsWith(studio.dataDirectory())) << studio.secretFile().toStdString();

  auto& form = *studio.form();
  form.startNew();
  EXPECT_EQ(form.values().value("timeoutMs"), "1500");
  EXPECT_EQ(form.values().value("readOnly"), false);
  form.set("environment", "prod");
  EXPECT_EQ(form.values().value("readOnly"), true);
  form.set("environment", "dev");
  EXPECT_EQ(form.values().value("readOnly"), false);
  ASSERT_TRUE(form.paste("redis://127.0.0.1:6379"));
  EXPECT_EQ(form.values().value("timeoutMs"), "1500");
}

}  // namespace
}  // namespace cachify::test
