// Profiles as a document to take along.

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "events/profile_export.hpp"
#include "unit/domain_errors.hpp"

namespace cachify::events {
namespace {

using domain::ConnectionProfile;

std::string documentOf(const std::string& connections) {
  return R"({"format":"cachify-connections/1","connections":[)" + connections + "]}";
}

std::string refusalOf(const std::string& document) {
  const auto read = readExportedProfiles(document);
  EXPECT_FALSE(read) << document;
  if (read) return {};
  EXPECT_EQ(read.error().code, ErrorCode::validationError);
  return read.error().message;
}

TEST(ProfileExport, NamesNoSecretNoIdAndNoTimeAndSaysThatThereAreSecrets) {
  ConnectionProfile profile;
  profile.id = ConnectionId(*Uuid::parse("0192f000-0000-7000-8000-0000000000ab"));
  profile.name = "cache";
  profile.port = 6379;
  profile.secretRef = "connection/1";
  profile.tls.keySecretRef = "connection/1/key";
  const auto document = exportProfiles(std::vector{profile});
  EXPECT_EQ(boost::json::serialize(document).find("connection/1"), std::string::npos);
  const auto read = readExportedProfiles(boost::json::serialize(document));
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 1U);
  EXPECT_TRUE(read->front().hadPassword);
  EXPECT_TRUE(read->front().hadKeyPassphrase);
  profile.id = {};
  profile.secretRef.clear();
  profile.tls.keySecretRef.clear();
  EXPECT_EQ(read->front().profile, profile);
}

TEST(ProfileExport, NamesOfSecretsInADocumentAreNotTakenOver) {
  const auto read = readExportedProfiles(documentOf(
      R"({"name":"a","engine":"redis","secretRef":"connection/other","tls":{"keySecretRef":"x"},"id":"y"})"));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->front().profile.secretRef, "");
  EXPECT_EQ(read->front().profile.tls.keySecretRef, "");
  EXPECT_FALSE(read->front().hadPassword);
}

TEST(ProfileExport, IsReadWholeOrNotAtAllAndSaysWhichConnectionIsWrong) {
  const std::string good = R"({"name":"a","engine":"redis"})";
  EXPECT_TRUE(readExportedProfiles(documentOf(good)));
  EXPECT_NE(
      refusalOf(documentOf(good + R"(,{"name":"b","engine":"redis","timeoutMs":1})")).find("connection 2"),
      std::string::npos);
  EXPECT_NE(refusalOf(documentOf(good + R"(,{"name":"A ","engine":"redis"})")).find("twice"),
            std::string::npos);
  EXPECT_NE(refusalOf(documentOf(R"({"name":"a","engine":"redis","password":"s3cret"})")).find("'password'"),
            std::string::npos);
  EXPECT_EQ(refusalOf(documentOf(R"({"name":"a","engine":"redis","password":"s3cret"})")).find("s3cret"),
            std::string::npos);
  EXPECT_NE(refusalOf(documentOf(R"({"name":"a","engine":"redis","hasSecret":"yes"})")).find("hasSecret"),
            std::string::npos);
  for (const auto* document :
       {"", "[]", "{}", R"({"format":"cachify-connections/2","connections":[]})",
        R"({"format":"cachify-connections/1"})", R"({"format":"cachify-connections/1","connections":[7]})"})
    EXPECT_NE(refusalOf(document), "");
}

}  // namespace
}  // namespace cachify::events
