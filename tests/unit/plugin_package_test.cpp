// Manifest and library as they lie in a folder: what may be read, and what nobody should trust.

#include "plugin_host/plugin_package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "plugin_host/plugin_search.hpp"
#include "support/child_process.hpp"

namespace cachify::plugin_host {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

void write(const fs::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

json::object goodManifest(std::string_view library) {
  return {{"manifestVersion", 1},  {"id", "org.example.thing"},
          {"name", "Thing"},       {"version", "1.0.0"},
          {"abi", "1.0"},          {"kind", "workflow"},
          {"provides", "thing"},   {"capabilities", json::array{"files"}},
          {"library", "thing.so"}, {"librarySha256", toHex(sha256(library))}};
}

bool fitsSchema(const json::value& manifest) {
  std::ifstream file(std::string(CACHIFY_SOURCE_DIR) + "/schemas/plugins/manifest.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const json::value schemaText = json::parse(text);
  valijson::Schema schema;
  valijson::SchemaParser().populateSchema(valijson::adapters::BoostJsonAdapter(schemaText), schema);
  return valijson::Validator(valijson::Validator::kStrongTypes)
      .validate(schema, valijson::adapters::BoostJsonAdapter(manifest), nullptr);
}

std::string reasonOf(const Error& error) {
  const auto* reason = error.detail("reason");
  return reason == nullptr ? std::string() : std::get<std::string>(*reason);
}

/// A folder `thing` with a manifest and something that stands for a library.
class Package : public ::testing::Test {
 protected:
  Package() {
    fs::create_directory(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
    write(folder_ / "thing.so", "library");
    writeManifest(goodManifest("library"));
  }
  void writeManifest(const json::object& manifest) {
    write(folder_ / "plugin.json", json::serialize(manifest));
  }

  test::TemporaryDirectory directory_;
  fs::path folder_ = fs::path(directory_.path()) / "thing";
};

TEST_F(Package, IsReadWholeWithItsDigest) {
  const auto package = readPackage(folder_);
  ASSERT_TRUE(package) << package.error().message;
  EXPECT_EQ(package->manifest.id, "org.example.thing");
  EXPECT_TRUE(package->manifest.asksFor(Capability::files));
  EXPECT_EQ(package->library, "library");
  const std::string manifest = json::serialize(goodManifest("library"));
  EXPECT_EQ(package->digest, packageDigest(manifest, "library"));
  EXPECT_EQ(toHex(package->digest), toHex(sha256("cachify-plugin-1\n" + toHex(sha256(manifest)) + "\n" +
                                                 toHex(sha256("library")) + "\n")));
}

TEST_F(Package, OneByteOfTheLibraryMakesItAnother) {
  write(folder_ / "thing.so", "librarY");
  const auto package = readPackage(folder_);
  ASSERT_FALSE(package);
  EXPECT_EQ(package.error().code, ErrorCode::unauthorized);
  EXPECT_EQ(reasonOf(package.error()), "changed");
}

TEST_F(Package, OneByteOfTheManifestMakesAnotherDigest) {
  const auto before = readPackage(folder_);
  auto manifest = goodManifest("library");
  manifest["description"] = "x";
  writeManifest(manifest);
  const auto after = readPackage(folder_);
  ASSERT_TRUE(before);
  ASSERT_TRUE(after);
  EXPECT_NE(before->digest, after->digest);
}

TEST_F(Package, WhatAnybodyMayWriteIsRefused) {
  for (const auto& path : {folder_, folder_ / "plugin.json", folder_ / "thing.so"}) {
    fs::permissions(path, fs::perms::others_write, fs::perm_options::add);
    const auto package = readPackage(folder_);
    ASSERT_FALSE(package) << path;
    EXPECT_EQ(reasonOf(package.error()), "worldWritable") << path;
    fs::permissions(path, fs::perms::others_write, fs::perm_options::remove);
  }
  EXPECT_TRUE(readPackage(folder_));
}

TEST_F(Package, TheFolderItLiesInCountsToo) {
  fs::permissions(directory_.path(), fs::perms::others_write, fs::perm_options::add);
  const auto package = readPackage(folder_);
  ASSERT_FALSE(package);
  EXPECT_EQ(reasonOf(package.error()), "worldWritable");
  fs::permissions(directory_.path(), fs::perms::sticky_bit, fs::perm_options::add);
  EXPECT_TRUE(readPackage(folder_)) << "as in /tmp nobody can take another's files away";
}

TEST_F(Package, LinksThatLeadElsewhereAreRefused) {
  fs::rename(folder_ / "thing.so", fs::path(directory_.path()) / "outside.so");
  fs::create_symlink("../outside.so", folder_ / "thing.so");
  EXPECT_EQ(reasonOf(readPackage(folder_).error()), "symlink");
  fs::remove(folder_ / "thing.so");
  fs::rename(fs::path(directory_.path()) / "outside.so", folder_ / "thing.so");
  fs::create_directory_symlink(folder_, fs::path(directory_.path()) / "alias");
  EXPECT_EQ(reasonOf(readPackage(fs::path(directory_.path()) / "alias").error()), "symlink");
}

TEST_F(Package, WhatIsNoFileIsNotWaitedFor) {
  fs::remove(folder_ / "thing.so");
  ASSERT_EQ(mkfifo((folder_ / "thing.so").c_str(), 0600), 0);
  EXPECT_EQ(reasonOf(readPackage(folder_).error()), "notAFile");
}

TEST_F(Package, AnotherUsersIsRefused) {
  if (geteuid() != 0) return SUCCEED() << "only root can give files away";
  ASSERT_EQ(chown((folder_ / "thing.so").c_str(), 12'345, 12'345), 0);
  EXPECT_EQ(reasonOf(readPackage(folder_).error()), "otherOwner");
}

TEST_F(Package, AnotherAbiIsRefusedAndAHigherMinorIsNot) {
  auto manifest = goodManifest("library");
  manifest["abi"] = "2.0";
  writeManifest(manifest);
  EXPECT_EQ(readPackage(folder_).error().code, ErrorCode::notSupported);
  EXPECT_TRUE(readManifest(folder_)) << "it can still be shown";
  manifest["abi"] = "1.9";
  writeManifest(manifest);
  EXPECT_TRUE(readPackage(folder_));
}

TEST_F(Package, MissingFilesAreNamed) {
  fs::remove(folder_ / "thing.so");
  EXPECT_EQ(readPackage(folder_).error().code, ErrorCode::notFound);
  fs::remove(folder_ / "plugin.json");
  EXPECT_EQ(readPackage(folder_).error().code, ErrorCode::notFound);
}

struct BrokenField {
  std::string name;
  json::value value;
};
void PrintTo(const BrokenField& one, std::ostream* out) {
  *out << one.name << " " << one.value;
}

class BrokenManifest : public ::testing::TestWithParam<BrokenField> {};

TEST_P(BrokenManifest, IsRefusedNamingTheFieldByParserAndSchema) {
  auto manifest = goodManifest("library");
  ASSERT_TRUE(parseManifest(json::serialize(manifest)));
  ASSERT_TRUE(fitsSchema(manifest));
  manifest[GetParam().name] = GetParam().value;
  const auto parsed = parseManifest(json::serialize(manifest));
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, ErrorCode::validationError);
  EXPECT_EQ(std::get<std::string>(*parsed.error().detail("field")), GetParam().name);
  EXPECT_FALSE(fitsSchema(manifest));
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenManifest,
    ::testing::Values(
        BrokenField{"manifestVersion", 2}, BrokenField{"manifestVersion", "1"}, BrokenField{"id", ""},
        BrokenField{"id", "Has Blanks"}, BrokenField{"id", "../up"}, BrokenField{"id", "1digit"},
        BrokenField{"id", json::string(101, 'a')}, BrokenField{"id", 7}, BrokenField{"name", ""},
        BrokenField{"name", json::string(81, 'n')}, BrokenField{"version", ""},
        BrokenField{"version", "1.0 beta"}, BrokenField{"abi", "1"}, BrokenField{"abi", "1.x"},
        BrokenField{"abi", 1.0}, BrokenField{"kind", "other"}, BrokenField{"provides", "two words"},
        BrokenField{"provides", ""}, BrokenField{"capabilities", "network"},
        BrokenField{"capabilities", json::array{"root"}}, BrokenField{"library", "../thing.so"},
        BrokenField{"library", "/etc/passwd"}, BrokenField{"library", ".hidden"},
        BrokenField{"librarySha256", "AB"}, BrokenField{"librarySha256", json::string(64, 'G')}));

TEST(Manifest, WhatIsNoJsonObjectIsRefused) {
  for (const auto* text : {"", "[]", "null", "{\"id\":", "\xff"}) EXPECT_FALSE(parseManifest(text)) << text;
}

class EmptyLedger final : public TrustLedger {
 public:
  Result<TrustRecord> record(const std::string& id, const Digest& digest) override {
    TrustRecord record;
    if (trusted.contains(id)) record.trusted = digest;
    return record;
  }
  void faulted(const FaultReport&) override {}
  void worked(const std::string&, const Digest&) override {}
  std::set<std::string> trusted;
};

class Search : public Package {
 protected:
  std::vector<FoundPlugin> search(std::vector<SearchFolder> path) {
    auto found = searchPlugins(path, ledger_, [](const Digest&) { return false; });
    EXPECT_TRUE(found);
    return found ? std::move(*found) : std::vector<FoundPlugin>();
  }
  /// A copy of the plugin in `parent` under another id or name.
  void copyTo(const fs::path& parent, const char* id, const char* provides) {
    fs::create_directories(parent);
    fs::permissions(parent, fs::perms::owner_all);
    fs::copy(folder_, parent / "copy");
    auto manifest = goodManifest("library");
    manifest["id"] = id;
    manifest["provides"] = provides;
    write(parent / "copy" / "plugin.json", json::serialize(manifest));
  }
  EmptyLedger ledger_;
};

TEST_F(Search, FindsFoldersWithAManifestAndSaysHowTheyStand) {
  fs::create_directory(fs::path(directory_.path()) / "empty");
  const auto found = search({{directory_.path(), Origin::user}, {"/does/not/exist", Origin::system}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].status(), "untrusted");
  EXPECT_FALSE(found[0].usable());
  ledger_.trusted = {"org.example.thing"};
  EXPECT_TRUE(search({{directory_.path(), Origin::user}})[0].usable());
}

TEST_F(Search, TheFirstThatMayBeUsedWinsAnIdOrAName) {
  const test::TemporaryDirectory more;
  copyTo(more / "sameId", "org.example.thing", "other");
  copyTo(more / "sameName", "org.example.other", "thing");
  const std::vector<SearchFolder> path{{directory_.path(), Origin::bundled},
                                       {more / "sameId", Origin::user},
                                       {more / "sameName", Origin::user}};
  ledger_.trusted = {"org.example.thing", "org.example.other"};
  auto found = search(path);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_TRUE(found[0].usable());
  EXPECT_EQ(found[1].status(), "refused");
  EXPECT_EQ(found[2].status(), "refused");
  ledger_.trusted = {"org.example.other"};
  found = search(path);
  EXPECT_TRUE(found[2].usable()) << "one that is not trusted takes no name away";
}

TEST_F(Search, AFolderIsLookedAtOnce) {
  EXPECT_EQ(
      search({{directory_.path(), Origin::user}, {directory_.path() + "/.", Origin::environment}}).size(),
      1U);
}

TEST(SearchPath, GoesFromTheProgramsOwnToTheUsers) {
  setenv("XDG_DATA_HOME", "/home/ada/data", 1);
  setenv("CACHIFY_PLUGIN_PATH", "/one:relative:/two:", 1);
  std::vector<std::string> path;
  for (const auto& folder : defaultSearchPath("/opt/cachify/bin", "/data")) path.push_back(folder.path);
  unsetenv("CACHIFY_PLUGIN_PATH");
  unsetenv("XDG_DATA_HOME");
  EXPECT_THAT(
      path, ::testing::ElementsAre("/opt/cachify/bin/plugins", "/opt/cachify/lib/cachify/plugins",
                                   "/usr/lib/cachify/plugins", "/usr/local/lib/cachify/plugins",
                                   "/home/ada/data/cachify-studio/plugins", "/data/plugins", "/one", "/two"));
}

}  // namespace
}  // namespace cachify::plugin_host
